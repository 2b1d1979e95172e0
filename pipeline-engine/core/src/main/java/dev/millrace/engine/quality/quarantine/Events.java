package dev.millrace.engine.quality.quarantine;

import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What rows of a pipeline's tables have to do with the events they were made of. Any thread may
/// call.
record Events(Pipeline pipeline) {

  /// Columns that tell which event a row was made of.
  static final List<String> COORDINATES =
      Stream.of(Feed.KAFKA_TOPIC, Feed.KAFKA_PARTITION, Feed.KAFKA_OFFSET)
          .map(Column::name)
          .toList();

  /// Whether rows of the schema tell their events.
  static boolean tells(Schema schema) {
    return COORDINATES.stream().allMatch(name -> schema.column(name).isPresent());
  }

  /// Whether one row of a table stands for all copies of a reading: there is one per key, and the
  /// key is none of the event's own coordinates.
  boolean standForCopies(TableName table) {
    List<String> key = key(table);
    return !key.isEmpty() && key.stream().noneMatch(COORDINATES::contains);
  }

  /// Columns by which a row is known again when its table is built anew: of a reading its key and
  /// what its event says, so that what is computed of it may change; empty when every column says
  /// what the row is, as where the table has not all that an event says under its own names.
  Set<String> said(LakeTable table) {
    if (!tells(table.schema()) || !standForCopies(table.name())) {
      return Set.of();
    }
    Set<String> said = new TreeSet<>();
    for (Feed feed : pipeline.feeds()) {
      List<String> columns = feed.schema().columns().stream().map(Column::name).toList();
      if (columns.stream().allMatch(name -> table.schema().column(name).isPresent())) {
        said.addAll(columns);
      }
    }
    if (!said.isEmpty()) {
      said.addAll(key(table.name()));
    }
    return said;
  }

  private List<String> key(TableName table) {
    return pipeline.table(table).map(DerivedTable::key).orElse(List.of());
  }
}
