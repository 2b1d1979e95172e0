package dev.millrace.engine.care;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whom an erasure is about: those whose row has this value in one of these columns.
///
/// Its text form does not hold the value, which must not end up in logs.
public record Subject(Set<String> columns, String value) {

  public Subject {
    columns = Set.copyOf(columns);
    if (columns.isEmpty() || value.isBlank()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "It is not said whom to erase",
          "say --entity ID, or --where column=value");
    }
  }

  /// The entity of the pipeline's feeds that has this id.
  ///
  /// @throws MillraceException `USAGE` when no feed says which of its columns is the entity
  public static Subject entity(Pipeline pipeline, String id) {
    Set<String> columns =
        pipeline.feeds().stream()
            .map(Feed::roles)
            .flatMap(roles -> roles.entity().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    if (columns.isEmpty()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "No feed of " + pipeline.name() + " has the role entity",
          "name the column with --where column=value");
    }
    return new Subject(columns, id);
  }

  /// Whether a text holds the value as a word; one too short to tell anything must be the text.
  public boolean isNamedIn(String text) {
    return new Traces(this).in(text);
  }

  /// The table's column that may hold the value, as a condition in SQL; empty when it has none.
  Optional<String> condition(Schema schema) {
    return schema.columns().stream()
        .filter(column -> columns.contains(column.name()))
        .flatMap(column -> condition(column).stream())
        .reduce((a, b) -> a + " OR " + b);
  }

  private Optional<String> condition(Column column) {
    String name = Sql.name(column.name());
    return switch (column.type()) {
      case STRING -> Optional.of(name + " = " + Sql.text(value));
      case INT, BIGINT ->
          value.matches("-?\\d{1,18}") ? Optional.of(name + " = " + value) : Optional.empty();
      case BINARY, BOOLEAN, DOUBLE, TIMESTAMP, DATE ->
          Optional.of("CAST(" + name + " AS VARCHAR) = " + Sql.text(value));
    };
  }

  /// For people: the columns, and not the value.
  @Override
  public String toString() {
    return "the value withheld here of " + String.join(", ", new TreeSet<>(columns));
  }
}
