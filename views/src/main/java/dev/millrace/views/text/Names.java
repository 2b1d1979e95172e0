package dev.millrace.views.text;

import java.util.Comparator;
import java.util.Locale;

/// Names out of data as people read them, and in the order people expect.
public final class Names {

  /// Digits compare as numbers, so that `floor-10` follows `floor-9`.
  public static final Comparator<String> NATURAL = Names::compareNaturally;

  private Names() {}

  /// `floor-3` becomes `Floor 3`, `sensor_id` becomes `Sensor id`.
  public static String spoken(String name) {
    String words = name.replace('-', ' ').replace('_', ' ').strip();
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ENGLISH) + words.substring(1);
  }

  /// A place's levels, greatest first: `floor-3/zone-b` becomes `Floor 3 · Zone B`.
  public static String place(String place) {
    if (place.isEmpty()) {
      return "No place";
    }
    StringBuilder text = new StringBuilder();
    for (String level : place.split("/")) {
      if (!level.isBlank()) {
        text.append(text.isEmpty() ? "" : " · ").append(level(level));
      }
    }
    return text.isEmpty() ? "No place" : text.toString();
  }

  /// One level of a place; single letters at the end are names and so upper-case.
  public static String level(String level) {
    String words = spoken(level);
    int last = words.lastIndexOf(' ');
    return last > 0 && last == words.length() - 2
        ? words.substring(0, last + 1) + words.substring(last + 1).toUpperCase(Locale.ENGLISH)
        : words;
  }

  /// Few signs for an axis: the words' first letters and the number, `Zone 12` becomes `Z12`.
  public static String brief(String level) {
    StringBuilder text = new StringBuilder();
    String[] words = level(level).split("(?<=\\D)(?=\\d)|\\s+");
    if (words.length < 2) {
      return level(level);
    }
    for (String word : words) {
      if (!word.isBlank()) {
        text.append(
            Character.isDigit(word.charAt(0))
                ? word
                : word.substring(0, 1).toUpperCase(Locale.ENGLISH));
      }
    }
    return text.toString();
  }

  private static int compareNaturally(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      if (Character.isDigit(a.charAt(i)) && Character.isDigit(b.charAt(j))) {
        int endA = endOfDigits(a, i);
        int endB = endOfDigits(b, j);
        int order = compareDigits(a, i, endA, b, j, endB);
        if (order != 0) {
          return order;
        }
        i = endA;
        j = endB;
      } else {
        int order = Character.compare(a.charAt(i), b.charAt(j));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  /// Numbers of any length; zeros before them do not count.
  private static int compareDigits(String a, int fromA, int endA, String b, int fromB, int endB) {
    int i = fromA;
    while (i < endA - 1 && a.charAt(i) == '0') {
      i++;
    }
    int j = fromB;
    while (j < endB - 1 && b.charAt(j) == '0') {
      j++;
    }
    int order = Integer.compare(endA - i, endB - j);
    while (order == 0 && i < endA) {
      order = Character.compare(a.charAt(i++), b.charAt(j++));
    }
    return order;
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
