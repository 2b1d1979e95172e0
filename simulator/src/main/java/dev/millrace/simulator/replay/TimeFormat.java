package dev.millrace.simulator.replay;

import dev.millrace.simulator.replay.ReplayMapping.Midnight;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads times in one of several formats, strictly: there is no 31 February.
///
/// A local time that a clock change skips counts as an hour later. One that comes twice counts as
/// the first, and as the second where the first would lie before the row above.
final class TimeFormat {

  static final List<String> WORDS = List.of("iso", "epoch-s", "epoch-ms", "epoch-us");

  /// Times whose year has four digits, as events write them.
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  private interface Format {
    ZonedDateTime parse(String text);
  }

  private final List<Format> formats = new ArrayList<>();
  private final Midnight midnight;

  /// @throws IllegalArgumentException when a pattern is none
  TimeFormat(List<String> patterns, ZoneId zone) {
    this(patterns, zone, Midnight.BEGINS_DAY);
  }

  TimeFormat(List<String> patterns, ZoneId zone, Midnight midnight) {
    this.midnight = midnight;
    for (String pattern : patterns) {
      formats.add(
          switch (pattern) {
            case "iso" -> text -> iso(text, zone);
            case "epoch-s" -> text -> epoch(text, 1_000_000);
            case "epoch-ms" -> text -> epoch(text, 1_000);
            case "epoch-us" -> text -> epoch(text, 1);
            default -> pattern(pattern, zone);
          });
    }
  }

  /// Empty when the text fits no format.
  Optional<Instant> parse(String text) {
    return parse(text, null);
  }

  /// @param before time of the row above; null when there is none
  Optional<Instant> parse(String text, @Nullable Instant before) {
    for (Format format : formats) {
      try {
        Instant instant = placed(format.parse(text.strip()), before);
        if (!instant.isBefore(FIRST) && instant.isBefore(END)) {
          return Optional.of(instant);
        }
      } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
        // The next format may fit.
      }
    }
    return Optional.empty();
  }

  private Instant placed(ZonedDateTime time, @Nullable Instant before) {
    ZonedDateTime day =
        midnight == Midnight.ENDS_DAY && time.toLocalTime().equals(LocalTime.MIDNIGHT)
            ? time.plusDays(1)
            : time;
    Instant second = day.withLaterOffsetAtOverlap().toInstant();
    return before != null && day.toInstant().isBefore(before) && !second.isBefore(before)
        ? second
        : day.toInstant();
  }

  private static Format pattern(String pattern, ZoneId zone) {
    // Strict parsing knows a year of an era (y) only with its era, and nobody writes that.
    DateTimeFormatter formatter =
        DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    return text -> local(formatter, text, zone);
  }

  private static ZonedDateTime iso(String text, ZoneId zone) {
    return local(DateTimeFormatter.ISO_DATE_TIME, text.replace(' ', 'T'), zone);
  }

  private static ZonedDateTime local(DateTimeFormatter formatter, String text, ZoneId zone) {
    TemporalAccessor parsed = formatter.parse(text);
    LocalDate date = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    ZoneId own = parsed.query(TemporalQueries.zone());
    if (date == null) {
      throw new DateTimeException("no date in " + text);
    }
    return date.atTime(time == null ? LocalTime.MIDNIGHT : time).atZone(own == null ? zone : own);
  }

  private static ZonedDateTime epoch(String text, long microsPerUnit) {
    BigDecimal micros = new BigDecimal(text).multiply(BigDecimal.valueOf(microsPerUnit));
    if (micros.precision() - micros.scale() > 19) {
      throw new ArithmeticException("out of range");
    }
    long value = micros.longValue();
    return Instant.ofEpochSecond(
            Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1000)
        .atZone(ZoneOffset.UTC);
  }
}
