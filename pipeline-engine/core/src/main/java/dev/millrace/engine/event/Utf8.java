package dev.millrace.engine.event;

/// UTF-8 (RFC 3629) by hand: no surrogates, no overlong forms, nothing beyond U+10FFFF.
final class Utf8 {

  private Utf8() {}

  /// Length of the sequence of two to four bytes that begins at `at`, or 0 when none does.
  static int sequenceLength(byte[] text, int at, int end) {
    int lead = text[at] & 0xFF;
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > end) {
      return 0;
    }
    int second = text[at + 1] & 0xFF;
    int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((text[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /// Writes a code point that is no surrogate, up to four bytes, and returns the position after it.
  static int encode(int codePoint, byte[] into, int at) {
    int next = at;
    if (codePoint < 0x80) {
      into[next++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      into[next++] = (byte) (0xC0 | (codePoint >> 6));
      into[next++] = follower(codePoint);
    } else if (codePoint < 0x10000) {
      into[next++] = (byte) (0xE0 | (codePoint >> 12));
      into[next++] = follower(codePoint >> 6);
      into[next++] = follower(codePoint);
    } else {
      into[next++] = (byte) (0xF0 | (codePoint >> 18));
      into[next++] = follower(codePoint >> 12);
      into[next++] = follower(codePoint >> 6);
      into[next++] = follower(codePoint);
    }
    return next;
  }

  private static byte follower(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }
}
