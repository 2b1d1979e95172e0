package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.statistics.DataFileStatistics;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Statistics of a data file in the precision the Delta log keeps.
///
/// Delta cuts strings to a prefix and timestamps to milliseconds, and keeps no bounds of booleans
/// and bytes. Bounds stay bounds: what is cut from a maximum is made up for by widening it.
final class FileStatistics {

  static final int STRING_PREFIX = 32;
  private static final long MICROS_PER_MILLI = 1000;
  private static final int NO_CODE_POINT_ABOVE = Character.MAX_CODE_POINT;

  private FileStatistics() {}

  /// The statistics as a reader of the log will see them.
  ///
  /// @param partition column the files are partitioned by; its value is exact and its statistics
  ///   follow from it
  static Map<String, ColumnStatistics> kept(
      Map<String, ColumnStatistics> all,
      Schema schema,
      Optional<String> partition,
      Optional<LocalDate> partitionValue) {
    Map<String, ColumnStatistics> kept = new HashMap<>();
    all.forEach(
        (name, statistics) ->
            schema
                .column(name)
                .ifPresent(column -> kept.put(column.name(), kept(statistics, column.type()))));
    partition.ifPresent(
        name ->
            partitionValue.ifPresent(
                date -> {
                  Optional<Object> day = Optional.of((int) date.toEpochDay());
                  kept.put(name, new ColumnStatistics(day, day, 0));
                }));
    return kept;
  }

  /// As Kernel takes them, without the partition column.
  static DataFileStatistics kernel(
      long rows,
      Map<String, ColumnStatistics> statistics,
      Schema schema,
      Optional<String> partition) {
    Map<Column, Literal> min = new HashMap<>();
    Map<Column, Literal> max = new HashMap<>();
    Map<Column, Long> nulls = new HashMap<>();
    for (var column : schema.columns()) {
      ColumnStatistics of = statistics.get(column.name());
      if (of == null || partition.filter(column.name()::equals).isPresent()) {
        continue;
      }
      Column key = new Column(column.name());
      of.min().ifPresent(value -> min.put(key, literal(column.type(), value)));
      of.max().ifPresent(value -> max.put(key, literal(column.type(), value)));
      nulls.put(key, of.nulls());
    }
    return new DataFileStatistics(rows, min, max, nulls, Optional.empty());
  }

  /// From the log, before {@link #kept} has widened what was cut.
  static Map<String, ColumnStatistics> ours(DataFileStatistics statistics, Schema schema) {
    Map<String, ColumnStatistics> ours = new HashMap<>();
    for (var column : schema.columns()) {
      Column key = new Column(column.name());
      Optional<Object> min = value(statistics.getMinValues().get(key));
      Optional<Object> max = value(statistics.getMaxValues().get(key));
      Long nulls = statistics.getNullCount().get(key);
      if (nulls != null) {
        ours.put(column.name(), new ColumnStatistics(min, max, nulls));
      }
    }
    return ours;
  }

  private static ColumnStatistics kept(ColumnStatistics of, ColumnType type) {
    return switch (type) {
      case STRING ->
          new ColumnStatistics(
              of.min().map(min -> prefix((String) min)),
              of.max().map(max -> prefixAbove((String) max)),
              of.nulls());
      case TIMESTAMP ->
          new ColumnStatistics(
              of.min().map(min -> wholeMillis((Long) min)),
              of.max().map(max -> wholeMillis((Long) max) + MICROS_PER_MILLI - 1),
              of.nulls());
      case DOUBLE ->
          new ColumnStatistics(
              of.min().filter(FileStatistics::isFinite),
              of.max().filter(FileStatistics::isFinite),
              of.nulls());
      case BOOLEAN, BINARY -> new ColumnStatistics(Optional.empty(), Optional.empty(), of.nulls());
      case INT, BIGINT, DATE -> of;
    };
  }

  /// The longest prefix that is kept; no larger than the text.
  static String prefix(String text) {
    return text.codePointCount(0, text.length()) <= STRING_PREFIX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, STRING_PREFIX));
  }

  /// A short text no smaller than the given one: its prefix and the largest code point there is.
  static String prefixAbove(String text) {
    if (text.codePointCount(0, text.length()) <= STRING_PREFIX) {
      return text;
    }
    int end = text.offsetByCodePoints(0, STRING_PREFIX);
    while (end < text.length() && text.codePointAt(end) == NO_CODE_POINT_ABOVE) {
      end = text.offsetByCodePoints(end, 1);
    }
    return end == text.length()
        ? text
        : text.substring(0, end) + Character.toString(NO_CODE_POINT_ABOVE);
  }

  private static long wholeMillis(long micros) {
    return Math.floorDiv(micros, MICROS_PER_MILLI) * MICROS_PER_MILLI;
  }

  private static boolean isFinite(Object value) {
    return value instanceof Double number && Double.isFinite(number);
  }

  /// Whether the bounds are of the type that a column has.
  static boolean fits(ColumnStatistics statistics, ColumnType type) {
    Class<?> wanted =
        switch (type) {
          case STRING -> String.class;
          case BOOLEAN -> Boolean.class;
          case INT, DATE -> Integer.class;
          case BIGINT, TIMESTAMP -> Long.class;
          case DOUBLE -> Double.class;
          case BINARY -> byte[].class;
        };
    return statistics.min().stream().allMatch(wanted::isInstance)
        && statistics.max().stream().allMatch(wanted::isInstance);
  }

  private static Literal literal(ColumnType type, Object value) {
    return switch (type) {
      case STRING -> Literal.ofString((String) value);
      case BOOLEAN -> Literal.ofBoolean((Boolean) value);
      case INT -> Literal.ofInt((Integer) value);
      case BIGINT -> Literal.ofLong((Long) value);
      case DOUBLE -> Literal.ofDouble((Double) value);
      case TIMESTAMP -> Literal.ofTimestamp((Long) value);
      case DATE -> Literal.ofDate((Integer) value);
      case BINARY -> Literal.ofBinary((byte[]) value);
    };
  }

  private static Optional<Object> value(@Nullable Literal literal) {
    return literal == null ? Optional.empty() : Optional.ofNullable(literal.getValue());
  }
}
