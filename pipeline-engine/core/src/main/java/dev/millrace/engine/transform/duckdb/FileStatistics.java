package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Column statistics of a file as `COPY … RETURN_STATS` tells them: a map of texts per column.
///
/// What is not exact or not understood is left out: a missing bound costs a reader a little time, a
/// wrong one costs it rows.
final class FileStatistics {

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  private FileStatistics() {}

  static Map<String, ColumnStatistics> of(Schema schema, Object told) {
    Map<String, ColumnStatistics> statistics = new HashMap<>();
    if (told instanceof Map<?, ?> byColumn) {
      for (Column column : schema.columns()) {
        if (byColumn.get(DuckDbTypes.name(column.name())) instanceof Map<?, ?> texts) {
          statistics.put(column.name(), of(column.type(), texts));
        }
      }
    }
    return statistics;
  }

  private static ColumnStatistics of(ColumnType type, Map<?, ?> texts) {
    long nulls = Long.parseLong(String.valueOf(texts.get("null_count")));
    boolean bounded = !"true".equals(texts.get("has_nan"));
    return new ColumnStatistics(
        bounded ? bound(type, texts.get("min"), texts.get("min_is_exact")) : Optional.empty(),
        bounded ? bound(type, texts.get("max"), texts.get("max_is_exact")) : Optional.empty(),
        nulls);
  }

  private static Optional<Object> bound(
      ColumnType type, @Nullable Object value, @Nullable Object exact) {
    if (value == null || !"true".equals(exact)) {
      return Optional.empty();
    }
    String text = value.toString();
    try {
      return switch (type) {
        case STRING -> Optional.of(text);
        case BOOLEAN -> Optional.of(text.equals("1") || text.equals("true"));
        case INT -> Optional.of(Integer.valueOf(text));
        case BIGINT -> Optional.of(Long.valueOf(text));
        case DOUBLE -> finite(Double.parseDouble(text));
        case TIMESTAMP -> Optional.of(micros(text));
        case DATE -> Optional.of((int) LocalDate.parse(text).toEpochDay());
        case BINARY -> Optional.empty();
      };
    } catch (NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> finite(double value) {
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  private static long micros(String text) {
    String local = text.endsWith("+00") ? text.substring(0, text.length() - 3) : text;
    Instant instant = LocalDateTime.parse(local, TIMESTAMP).toInstant(ZoneOffset.UTC);
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
