package dev.millrace.simulator.replay;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.util.Locale;

/// How much faster than it happened.
///
/// @param factor above 0; infinite for as fast as possible
public record ReplaySpeed(double factor) {

  public static final ReplaySpeed MAX = new ReplaySpeed(Double.POSITIVE_INFINITY);

  public ReplaySpeed {
    if (!(factor > 0)) {
      throw wrong(String.valueOf(factor));
    }
  }

  public boolean isMax() {
    return Double.isInfinite(factor);
  }

  /// `max`, or a number with or without an x behind it, such as `1`, `10x`.
  public static ReplaySpeed parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.equals("max")) {
      return MAX;
    }
    try {
      double factor =
          Double.parseDouble(word.endsWith("x") ? word.substring(0, word.length() - 1) : word);
      if (Double.isFinite(factor) && factor > 0) {
        return new ReplaySpeed(factor);
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw wrong(text);
  }

  private static MillraceException wrong(String text) {
    return new MillraceException(
        ErrorCode.USAGE, "'" + text + "' is no speed", "write max, or a factor such as 1 or 60");
  }
}
