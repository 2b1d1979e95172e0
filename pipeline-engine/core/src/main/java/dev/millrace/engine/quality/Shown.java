package dev.millrace.engine.quality;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How values, shares, times and sizes read, the same in every form of a report.
public final class Shown {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final int LONGEST_VALUE = 60;

  private Shown() {}

  /// Share of a hundred for people.
  public static String percent(double percent) {
    if (percent > 0 && percent < 0.01) {
      return "< 0.01 %";
    }
    String text = String.format(Locale.ROOT, percent < 10 ? "%.2f" : "%.1f", percent);
    return text.replaceFirst("\\.?0+$", "") + " %";
  }

  /// The same with as many digits each time, for shares that stand one below the other.
  public static String share(double percent) {
    return String.format(Locale.ROOT, "%.2f %%", percent);
  }

  /// A time for people, UTC.
  public static String time(Instant time) {
    return TIME.format(time);
  }

  /// Size for people.
  public static String bytes(long bytes) {
    return bytes < 1_000_000
        ? "%,.1f kB".formatted(bytes / 1e3)
        : bytes < 1_000_000_000
            ? "%,.1f MB".formatted(bytes / 1e6)
            : "%,.2f GB".formatted(bytes / 1e9);
  }

  /// The same to the second.
  public static String second(Instant time) {
    return SECOND.format(time);
  }

  /// As many as there is room for, and how many there are.
  private static String listed(List<?> list) {
    StringBuilder words = new StringBuilder();
    for (Object one : list) {
      String next = (words.isEmpty() ? "" : ", ") + value(one);
      if (!words.isEmpty() && words.length() + next.length() > LONGEST_VALUE - 8) {
        return words + ", … (" + list.size() + ")";
      }
      words.append(next);
    }
    return words.toString();
  }

  /// A value as people read it, cut when it is long.
  public static String value(@Nullable Object value) {
    String text =
        switch (value) {
          case null -> "null";
          case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
              "%,d".formatted(number.longValue());
          case Double number ->
              "%,.6g"
                  .formatted(number)
                  .replaceFirst("(\\.\\d*?)0+$", "$1")
                  .replaceFirst("\\.$", "");
          case Long number -> "%,d".formatted(number);
          case Integer number -> "%,d".formatted(number);
          case String s -> s.isEmpty() ? "(empty)" : s;
          case List<?> list -> listed(list);
          case Map<?, ?> map -> {
            List<String> parts = new ArrayList<>();
            map.forEach((k, v) -> parts.add(k + ": " + value(v)));
            yield String.join(", ", parts);
          }
          default -> value.toString();
        };
    return text.codePointCount(0, text.length()) <= LONGEST_VALUE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
  }
}
