package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Values as a suite writes them beside values as a column holds them.
final class Values {

  private static final List<DateTimeFormatter> TIMES =
      List.of(
          DateTimeFormatter.ISO_OFFSET_DATE_TIME,
          DateTimeFormatter.ISO_LOCAL_DATE_TIME,
          forgiving("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS][XXX][XX]"),
          forgiving("yyyy-MM-dd HH:mm"),
          forgiving("MMM dd yyyy HH:mm:ss"),
          DateTimeFormatter.ISO_LOCAL_DATE);

  private Values() {}

  static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal d -> d;
      case BigInteger i -> new BigDecimal(i);
      case Integer i -> BigDecimal.valueOf(i);
      case Long l -> BigDecimal.valueOf(l);
      default -> {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
          throw new WrongArgument(value + " is no finite number");
        }
        yield BigDecimal.valueOf(value);
      }
    };
  }

  static boolean numeric(ColumnType type) {
    return switch (type) {
      case INT, BIGINT, DOUBLE -> true;
      case STRING, BOOLEAN, TIMESTAMP, DATE, BINARY -> false;
    };
  }

  /// The value a suite wrote, as the column would hold it.
  ///
  /// @param name of the argument, for the reason when it does not fit
  static Comparable<?> fit(Object told, ColumnType type, String name) {
    return switch (type) {
      case STRING -> told instanceof String text ? text : misfit(told, "texts", name);
      case BOOLEAN -> told instanceof Boolean flag ? flag : misfit(told, "true and false", name);
      case INT, BIGINT, DOUBLE ->
          told instanceof Number number ? decimal(number) : misfit(told, "numbers", name);
      case TIMESTAMP ->
          told instanceof String text ? time(text, name) : misfit(told, "times", name);
      case DATE ->
          told instanceof String text
              ? LocalDate.ofInstant(time(text, name), ZoneOffset.UTC)
              : misfit(told, "dates", name);
      case BINARY -> misfit(told, "bytes", name);
    };
  }

  /// A literal of portable SQL for a value that {@link #fit} gave.
  static String literal(Comparable<?> fitted) {
    return switch (fitted) {
      case String text -> Sql.text(text);
      case Boolean flag -> flag ? "TRUE" : "FALSE";
      case BigDecimal number -> literal(number);
      case Instant time ->
          "timestamp_micros(" + ChronoUnit.MICROS.between(Instant.EPOCH, time) + ")";
      case LocalDate date -> "CAST('" + date + "' AS date)";
      default -> throw new IllegalArgumentException("No literal for " + fitted.getClass());
    };
  }

  private static String literal(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    boolean whole = plain.scale() <= 0 && plain.precision() - plain.scale() <= 18;
    // Whole numbers compare exactly with bigint; a decimal literal would be a type of its own.
    return whole ? plain.toPlainString() : "CAST('" + number.doubleValue() + "' AS double)";
  }

  /// Compares what a column gave with what a suite wrote.
  static int compare(Object observed, Comparable<?> bound) {
    return switch (bound) {
      case BigDecimal number when observed instanceof Number seen ->
          seen instanceof Double d && !Double.isFinite(d)
              ? Double.compare(d, number.doubleValue())
              : decimal(seen).compareTo(number);
      case String text when observed instanceof String seen -> seen.compareTo(text);
      case Boolean flag when observed instanceof Boolean seen -> seen.compareTo(flag);
      case Instant time when observed instanceof Instant seen -> seen.compareTo(time);
      case LocalDate date when observed instanceof LocalDate seen -> seen.compareTo(date);
      default ->
          throw new WrongArgument(
              "'" + observed + "' of the column and '" + bound + "' cannot be compared");
    };
  }

  private static Instant time(String text, String name) {
    for (DateTimeFormatter format : TIMES) {
      try {
        TemporalAccessor read =
            format.parseBest(
                text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        return switch (read) {
          case OffsetDateTime at -> at.toInstant();
          case LocalDateTime at -> at.toInstant(ZoneOffset.UTC);
          case LocalDate day -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
          default -> throw new IllegalStateException("Not asked for: " + read.getClass());
        };
      } catch (DateTimeException _) {
        // The next format may fit.
      }
    }
    throw new WrongArgument(
        name + " is '" + text + "', which is no time; write it as 2026-01-31T12:00:00Z");
  }

  private static Comparable<?> misfit(@Nullable Object told, String kind, String name) {
    throw new WrongArgument(name + " is '" + told + "', and the column holds " + kind);
  }

  private static DateTimeFormatter forgiving(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH);
  }
}
