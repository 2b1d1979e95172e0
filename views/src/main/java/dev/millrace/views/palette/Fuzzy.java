package dev.millrace.views.palette;

import java.util.Locale;
import java.util.Optional;

/// How well a few letters fit a name: all of them must stand in it, in their order.
///
/// Letters that follow one another, begin a word, or begin the name weigh more; a long name weighs
/// a little less.
final class Fuzzy {

  private static final int FITS = 10;
  private static final int FOLLOWS = 16;
  private static final int BEGINS_WORD = 14;
  private static final int BEGINS = 12;

  private Fuzzy() {}

  /// The weight; empty when the letters do not fit. Blanks part words that each must fit.
  static Optional<Integer> weight(String letters, String name) {
    String wanted = letters.toLowerCase(Locale.ROOT).strip();
    if (wanted.isEmpty()) {
      return Optional.of(0);
    }
    int sum = 0;
    for (String word : wanted.split("\\s+")) {
      int best = best(word, name.toLowerCase(Locale.ROOT), name);
      if (best < 0) {
        return Optional.empty();
      }
      sum += best;
    }
    return Optional.of(sum - Math.min(9, name.length() / 8));
  }

  /// The best of all places the word may begin at, or -1.
  private static int best(String word, String lower, String name) {
    int best = -1;
    for (int from = lower.indexOf(word.charAt(0));
        from >= 0;
        from = lower.indexOf(word.charAt(0), from + 1)) {
      best = Math.max(best, from(word, lower, name, from));
    }
    return best;
  }

  private static int from(String word, String lower, String name, int from) {
    int weight = from == 0 ? BEGINS : 0;
    int at = from;
    int before = from - 2;
    for (int i = 0; i < word.length(); i++) {
      at = lower.indexOf(word.charAt(i), at);
      if (at < 0) {
        return -1;
      }
      weight += FITS;
      weight += at == before + 1 ? FOLLOWS : 0;
      weight += beginsWord(name, at) ? BEGINS_WORD : 0;
      weight -= i == 0 ? 0 : Math.min(6, at - before - 1);
      before = at;
      at++;
    }
    return Math.max(0, weight);
  }

  private static boolean beginsWord(String name, int at) {
    return at == 0 || !Character.isLetterOrDigit(name.charAt(at - 1));
  }
}
