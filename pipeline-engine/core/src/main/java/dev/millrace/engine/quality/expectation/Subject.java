package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.util.Map;
import java.util.Optional;

/// What an expectation is about: rows of a view, as far as its row condition lets them through.
///
/// @param condition SQL predicate of the row condition, never null in SQL; `TRUE` without one
/// @param otherTables rows of other tables by name, with a dot or `_`
/// @param detail how much the result tells
/// @param order SQL expressions the rows stand in the order of; empty when they have none
public record Subject(
    String view,
    Schema schema,
    String condition,
    Map<String, Long> otherTables,
    ResultDetail detail,
    Optional<String> order) {

  public Subject {
    otherTables = Map.copyOf(otherTables);
  }

  Column column(String name) {
    return schema
        .column(name)
        .orElseThrow(
            () ->
                new WrongArgument(
                    "The column \""
                        + name
                        + "\" does not exist; there are "
                        + String.join(", ", schema.columns().stream().map(Column::name).toList())));
  }

  ColumnType type(String column) {
    return column(column).type();
  }

  /// @param why is said when the column holds no texts
  void requireText(String column, String why) {
    if (type(column) != ColumnType.STRING) {
      throw new WrongArgument(column + " holds " + type(column).sqlName() + ", and " + why);
    }
  }

  /// The column's value in rows that the condition lets through, null in the others.
  String within(String expression) {
    return condition.equals("TRUE")
        ? expression
        : "CASE WHEN " + condition + " THEN " + expression + " END";
  }

  ResultFormat format() {
    return detail.format();
  }

  Subject under(String newCondition, ResultDetail newDetail) {
    return new Subject(view, schema, newCondition, otherTables, newDetail, order);
  }
}
