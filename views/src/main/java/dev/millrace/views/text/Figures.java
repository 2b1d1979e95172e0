package dev.millrace.views.text;

import dev.millrace.engine.model.Count;
import java.time.Duration;
import java.util.Locale;

/// Numbers, sizes and durations as people read them. Any thread may call.
public final class Figures {

  private static final String[] BYTE_UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

  private Figures() {}

  /// Whole number with grouping: `12,480`.
  public static String count(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /// Number in at most four signs and a letter: `9,480`, `48.2k`, `6.32M`, `1.05B`.
  public static String compact(double number) {
    double size = Math.abs(number);
    if (size < 10_000) {
      return size < 10 && size != Math.rint(size)
          ? String.format(Locale.ENGLISH, "%.1f", number)
          : String.format(Locale.ENGLISH, "%,.0f", number);
    }
    if (size < 999_950) {
      return scaled(number / 1e3) + "k";
    }
    return size < 999_950_000 ? scaled(number / 1e6) + "M" : scaled(number / 1e9) + "B";
  }

  public static String compact(long number) {
    return compact((double) number);
  }

  private static String scaled(double number) {
    return String.format(Locale.ENGLISH, Math.abs(number) < 10 ? "%.2f" : "%.1f", number);
  }

  /// Number in at most three digits and a letter from ten thousand on: `9,480`, `48.2k`, `323k`,
  /// `6.32M`.
  public static String brief(double number) {
    double size = Math.abs(number);
    if (size < 9_999.5) {
      return count(Math.round(number));
    }
    if (size < 999_500) {
      return significant(number / 1e3) + "k";
    }
    return size < 999_500_000 ? significant(number / 1e6) + "M" : significant(number / 1e9) + "B";
  }

  /// Three digits of a number of less than a thousand.
  private static String significant(double number) {
    double size = Math.abs(number);
    return String.format(
        Locale.ENGLISH, size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%.0f", number);
  }

  /// Events per second without their unit, as [#rate] tells them but not cut: `8.4`, `98`,
  /// `12,216`. Only below ten there is a decimal, so that the digits of a rate stay while it wavers
  /// a little.
  public static String perSecond(double rate) {
    return rate > 0 && rate < 9.95
        ? String.format(Locale.ENGLISH, "%.1f", rate)
        : count(Math.round(rate));
  }

  /// Events per second: `8.4/s`, `98/s`, `12.2k/s`, `122k/s`.
  public static String rate(double perSecond) {
    return (perSecond < 9_999.5 ? perSecond(perSecond) : brief(perSecond)) + "/s";
  }

  /// Size in decimal units: `2.2 GB`.
  public static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 999.5 && unit < BYTE_UNITS.length - 1) {
      size /= 1000;
      unit++;
    }
    String number =
        unit == 0 || size >= 100
            ? String.format(Locale.ENGLISH, "%.0f", size)
            : String.format(Locale.ENGLISH, "%.1f", size);
    return number + " " + BYTE_UNITS[unit];
  }

  /// Reading with the decimals its size deserves: `1,013`, `101.3`, `21.4`, `0.82`.
  public static String reading(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return "–";
    }
    return String.format(
        Locale.ENGLISH, size >= 1000 ? "%,.0f" : size >= 2 ? "%.1f" : "%.2f", value);
  }

  /// Value on an axis, with the decimals its neighbours' distance asks for: `1,010`, `21.5`,
  /// `0.05`.
  public static String tick(double value, double step) {
    int decimals = step >= 1 ? 0 : (int) Math.min(6, Math.ceil(-Math.log10(step) - 1e-9));
    double shown = Math.abs(value) < step * 1e-6 ? 0 : value;
    return String.format(Locale.ENGLISH, "%,." + decimals + "f", shown);
  }

  /// Reading with its unit; a percent sign and degrees stand as they are written in English.
  public static String reading(double value, String unit) {
    return unit.isEmpty() ? reading(value) : reading(value) + " " + unit;
  }

  /// Share of 100 with one decimal, never rounded up to 100: `99.9 %`.
  public static String percent(double percent) {
    if (percent >= 100) {
      return "100 %";
    }
    return String.format(Locale.ENGLISH, "%.1f %%", Math.min(99.9, percent));
  }

  /// Span in its two greatest units: `850 ms`, `4.2 s`, `3 min 45 s`, `6 h 02 min`, `3 d 4 h`.
  public static String span(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 1000) {
      return millis + " ms";
    }
    long seconds = millis / 1000;
    if (seconds < 10) {
      return String.format(Locale.ENGLISH, "%.1f s", millis / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + String.format(Locale.ENGLISH, "%02d s", seconds % 60);
    }
    if (seconds < 86_400) {
      return seconds / 3600
          + " h "
          + String.format(Locale.ENGLISH, "%02d min", seconds % 3600 / 60);
    }
    return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
  }

  /// Span without what is nought of it: `10 min`, `2 min 30 s`, `1 h 10 min`.
  public static String even(Duration duration) {
    return span(duration).replaceFirst(" 00 (s|min)$", "").replaceFirst(" 0 h$", "");
  }

  /// Span in its greatest unit: `4 s`, `12 min`, `6 h`, `3 d`.
  public static String age(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 100) {
      return seconds + " s";
    }
    if (seconds < 6000) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }

  /// Count with its noun: `1 sensor`, `12 sensors`.
  public static String counted(long number, String noun) {
    return count(number) + " " + (number == 1 ? noun : plural(noun));
  }

  public static String plural(String noun) {
    return Count.plural(noun);
  }
}
