package dev.millrace.engine.event;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;

/// The number read last from a JSON text: its grammar checked, its value still to be asked for.
///
/// Short decimals convert exactly with one multiplication or division of doubles (W. Clinger, "How
/// to read floating point numbers accurately", 1990); the others go through Jackson's converter.
final class NumberReader {

  private static final int KEPT_DIGITS = 18;
  private static final long EXACT = 1L << 53;
  private static final double[] TEN_TO = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < TEN_TO.length; i++) {
      TEN_TO[i] = power;
      power *= 10;
    }
  }

  private byte[] text = {};
  private int from;
  private int to;
  private boolean negative;
  private boolean integral;
  private long mantissa;
  private int digits;
  private int exponent;
  private char[] chars = new char[32];

  /// Reads the number that begins at `start` and returns where the text goes on.
  ///
  /// @param base start of the text, for positions
  int read(byte[] bytes, int base, int start, int end) {
    text = bytes;
    from = start;
    negative = bytes[start] == '-';
    mantissa = 0;
    digits = 0;
    exponent = 0;
    integral = true;
    int at = negative ? start + 1 : start;
    int first = at;
    at = takeDigits(at, end, 0);
    if (at == first) {
      throw wrong("a number needs a digit", base, at);
    }
    if (bytes[first] == '0' && at > first + 1) {
      throw wrong("a number begins with a needless 0", base, first);
    }
    if (at < end && bytes[at] == '.') {
      integral = false;
      first = at + 1;
      at = takeDigits(first, end, -1);
      if (at == first) {
        throw wrong("a number needs a digit after its point", base, at);
      }
    }
    if (at < end && (bytes[at] | 0x20) == 'e') {
      integral = false;
      at = takeExponent(at + 1, end, base);
    }
    to = at;
    return at;
  }

  /// Whether it is written without point and exponent.
  boolean integral() {
    return integral;
  }

  /// Whether it is integral and fits a long.
  boolean fitsLong() {
    if (!integral || digits <= KEPT_DIGITS) {
      return integral;
    }
    if (digits > KEPT_DIGITS + 1) {
      return false;
    }
    try {
      mantissa = Long.parseLong(written());
      negative = false;
      digits = KEPT_DIGITS;
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// Its value, once {@link #fitsLong} said that it has one.
  long longValue() {
    return negative ? -mantissa : mantissa;
  }

  /// The nearest double; infinite when there is none.
  double doubleValue() {
    if (digits <= KEPT_DIGITS && mantissa < EXACT && exponent >= -22 && exponent <= 22) {
      double whole = mantissa;
      double value = exponent < 0 ? whole / TEN_TO[-exponent] : whole * TEN_TO[exponent];
      return negative ? -value : value;
    }
    int length = to - from;
    if (length > chars.length) {
      return Double.parseDouble(written());
    }
    for (int i = 0; i < length; i++) {
      chars[i] = (char) text[from + i];
    }
    return NumberInput.parseDouble(chars, 0, length, true);
  }

  private String written() {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /// @param scale what each digit kept adds to the exponent
  private int takeDigits(int start, int end, int scale) {
    int at = start;
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (digits < KEPT_DIGITS) {
        mantissa = mantissa * 10 + digit;
        exponent += scale;
      }
      if (mantissa != 0) {
        digits++;
      }
    }
    return at;
  }

  private int takeExponent(int start, int end, int base) {
    int at = start;
    boolean down = at < end && text[at] == '-';
    if (down || (at < end && text[at] == '+')) {
      at++;
    }
    int first = at;
    int shift = 0;
    for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
      shift = Math.min(1_000_000, shift * 10 + (text[at] - '0'));
    }
    if (at == first) {
      throw wrong("a number needs a digit in its exponent", base, at);
    }
    exponent += down ? -shift : shift;
    return at;
  }

  private static JsonFault wrong(String detail, int base, int at) {
    return new JsonFault(Reason.NOT_JSON, detail, at - base);
  }
}
