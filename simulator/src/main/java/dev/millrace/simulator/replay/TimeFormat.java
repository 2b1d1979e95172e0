package dev.millrace.simulator.replay;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads times in one of several formats, strictly: there is no 31 February.
///
/// A local time that a clock change skips counts as an hour later; one that comes twice, as the
/// first.
final class TimeFormat {

  static final List<String> WORDS = List.of("iso", "epoch-s", "epoch-ms", "epoch-us");

  /// Times whose year has four digits, as events write them.
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  private interface Format {
    Instant parse(String text);
  }

  private final List<Format> formats = new ArrayList<>();

  /// @throws IllegalArgumentException when a pattern is none
  TimeFormat(List<String> patterns, ZoneId zone) {
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
    for (Format format : formats) {
      try {
        Instant instant = format.parse(text.strip());
        if (!instant.isBefore(FIRST) && instant.isBefore(END)) {
          return Optional.of(instant);
        }
      } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
        // The next format may fit.
      }
    }
    return Optional.empty();
  }

  private static Format pattern(String pattern, ZoneId zone) {
    // Strict parsing knows a year of an era (y) only with its era, and nobody writes that.
    DateTimeFormatter formatter =
        DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    return text -> instant(formatter, text, zone);
  }

  private static Instant iso(String text, ZoneId zone) {
    return instant(DateTimeFormatter.ISO_DATE_TIME, text.replace(' ', 'T'), zone);
  }

  private static Instant instant(DateTimeFormatter formatter, String text, ZoneId zone) {
    TemporalAccessor parsed = formatter.parse(text);
    LocalDate date = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    ZoneId own = parsed.query(TemporalQueries.zone());
    if (date == null) {
      throw new DateTimeException("no date in " + text);
    }
    return date.atTime(time == null ? LocalTime.MIDNIGHT : time)
        .atZone(own == null ? zone : own)
        .toInstant();
  }

  private static Instant epoch(String text, long microsPerUnit) {
    BigDecimal micros = new BigDecimal(text).multiply(BigDecimal.valueOf(microsPerUnit));
    if (micros.precision() - micros.scale() > 19) {
      throw new ArithmeticException("out of range");
    }
    long value = micros.longValue();
    return Instant.ofEpochSecond(
        Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1000);
  }
}
