package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.Schema;

/// Row conditions as SQL, for who narrows rows beside the expectations.
public final class RowConditions {

  private RowConditions() {}

  /// The predicate, never null in SQL.
  ///
  /// @throws WrongArgument when the condition cannot be read
  public static String sql(String condition, Schema schema) {
    return RowCondition.ofText(condition, schema);
  }
}
