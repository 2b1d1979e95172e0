package dev.millrace.views.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/// Times in one person's zone. Any thread may call.
public record Clock(ZoneId zone) {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_OF_YEAR =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

  /// `14:30`.
  public String minute(Instant at) {
    return MINUTE.format(at.atZone(zone));
  }

  /// `14:30:09`.
  public String second(Instant at) {
    return SECOND.format(at.atZone(zone));
  }

  /// The time, with the day when it is another than that of `now`: `14:30`, `19 Nov 14:30`.
  public String minute(Instant at, Instant now) {
    return dayBefore(at, now) + minute(at);
  }

  /// The time, with the day when it is another than that of `now`: `14:30:09`, `19 Nov 14:30:09`.
  public String second(Instant at, Instant now) {
    return dayBefore(at, now) + second(at);
  }

  /// `19 Nov`.
  public String day(Instant at) {
    return DAY.format(at.atZone(zone));
  }

  /// A moment with all that tells it, for what is read elsewhere and later: `27 Nov 2026, 14:30
  /// CET`.
  public String date(Instant at) {
    return DAY_OF_YEAR.format(at.atZone(zone)) + ", " + minute(at) + " " + zoneName(at);
  }

  /// Likewise a span: `27 Nov 2026, 08:30 to 14:30 CET`.
  public String span(Instant from, Instant to) {
    String begin = DAY_OF_YEAR.format(from.atZone(zone)) + ", " + minute(from);
    String zones = zoneName(from).equals(zoneName(to)) ? "" : " " + zoneName(from);
    return begin
        + zones
        + " to "
        + (isToday(to, from) ? minute(to) + " " + zoneName(to) : date(to));
  }

  /// Whether the person's calendar says the same day for it as for this very moment.
  public boolean isToday(Instant at, Instant now) {
    return dayBefore(at, now).isEmpty();
  }

  /// The zone as it is written beside times, for example `CET`.
  public String zoneName(Instant at) {
    return ZONE.format(at.atZone(zone));
  }

  /// The zone in full, for example `Central European Time`.
  public String zoneTitle() {
    return zone.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private String dayBefore(Instant at, Instant now) {
    ZonedDateTime then = at.atZone(zone);
    LocalDate today = now.atZone(zone).toLocalDate();
    if (then.toLocalDate().equals(today)) {
      return "";
    }
    return (then.getYear() == today.getYear() ? DAY : DAY_OF_YEAR).format(then) + " ";
  }
}
