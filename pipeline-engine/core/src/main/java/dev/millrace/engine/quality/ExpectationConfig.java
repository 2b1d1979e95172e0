package dev.millrace.engine.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One expectation as a suite states it.
///
/// @param type for example `expect_column_values_to_not_be_null`
/// @param kwargs its arguments: String, Number, Boolean, List, Map or null
/// @param line in the suite's file, from 1; 0 when it came from no file
public record ExpectationConfig(
    String type,
    Map<String, @Nullable Object> kwargs,
    Map<String, @Nullable Object> meta,
    Severity severity,
    int line) {

  public ExpectationConfig {
    kwargs = Collections.unmodifiableMap(new LinkedHashMap<>(kwargs));
    meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
  }

  /// The type with its columns, for people.
  public String title() {
    Object column = kwargs.get("column");
    if (column == null && kwargs.get("column_A") != null) {
      column = kwargs.get("column_A") + ", " + kwargs.get("column_B");
    }
    if (column == null) {
      column = kwargs.get("column_list");
    }
    Object condition = kwargs.get("row_condition");
    return type
        + (column == null ? "" : " (" + column + ")")
        + (condition == null ? "" : " where " + condition);
  }
}
