package dev.millrace.engine.model;

import java.util.Locale;

/// So many of something in words, for people: `1 row`, `2,000 rows`.
public final class Count {

  private Count() {}

  /// @param noun in the singular
  public static String of(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural(noun));
  }

  /// The plural of a noun that has a regular one; of several words, that of the last.
  public static String plural(String noun) {
    if (noun.endsWith("y") && !noun.endsWith("ey")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun.endsWith("s") || noun.endsWith("h") ? noun + "es" : noun + "s";
  }

  /// `is` or `are`.
  public static String is(long number) {
    return number == 1 ? "is" : "are";
  }

  /// `was` or `were`.
  public static String was(long number) {
    return number == 1 ? "was" : "were";
  }
}
