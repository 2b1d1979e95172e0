package dev.millrace.engine.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One expectation as a suite states it.
///
/// @param type for example `expect_column_values_to_not_be_null`
/// @param kwargs its arguments: String, Number, Boolean, List, Map or null
/// @param more its further fields as they stood, for example `id`, `description` and `notes`; they
///   are written again with it
/// @param line in the suite's file, from 1; 0 when it came from no file
public record ExpectationConfig(
    String type,
    Map<String, @Nullable Object> kwargs,
    Map<String, @Nullable Object> meta,
    Severity severity,
    Map<String, @Nullable Object> more,
    int line) {

  public ExpectationConfig {
    kwargs = Collections.unmodifiableMap(new LinkedHashMap<>(kwargs));
    meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
  }

  /// Of no further fields.
  public ExpectationConfig(
      String type,
      Map<String, @Nullable Object> kwargs,
      Map<String, @Nullable Object> meta,
      Severity severity,
      int line) {
    this(type, kwargs, meta, severity, Map.of(), line);
  }

  /// The same with other arguments.
  public ExpectationConfig withKwargs(Map<String, @Nullable Object> others) {
    return new ExpectationConfig(type, others, meta, severity, more, line);
  }

  /// The same with another severity.
  public ExpectationConfig withSeverity(Severity other) {
    return new ExpectationConfig(type, kwargs, meta, other, more, line);
  }

  /// What stops when it is not met.
  public Consequence consequence() {
    return Consequence.of(this);
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

  /// What it is for, as its author noted it; the title when nothing is noted.
  public String purpose() {
    for (Object told : new Object[] {more.get("description"), meta.get("notes")}) {
      if (told instanceof String text && !text.isBlank()) {
        return text;
      }
      if (told instanceof Map<?, ?> map && map.get("content") instanceof String text) {
        return text;
      }
    }
    return title();
  }
}
