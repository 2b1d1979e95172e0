package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.util.Map;

/// What an expectation is about: rows of a view, as far as its row condition lets them through.
///
/// @param condition SQL predicate of the row condition, never null in SQL; `TRUE` without one
/// @param otherTables rows of other tables by name, with a dot or `_`
/// @param format how much the result tells
public record Subject(
    String view,
    Schema schema,
    String condition,
    Map<String, Long> otherTables,
    ResultFormat format) {

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

  /// The column's value in rows that the condition lets through, null in the others.
  String within(String expression) {
    return condition.equals("TRUE")
        ? expression
        : "CASE WHEN " + condition + " THEN " + expression + " END";
  }

  Subject under(String newCondition, ResultFormat newFormat) {
    return new Subject(view, schema, newCondition, otherTables, newFormat);
  }
}
