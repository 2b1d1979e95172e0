package dev.millrace.simulator;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/// JSON text grown in one reused array, so that an event costs no object but its own bytes.
///
/// For one thread.
public final class JsonBytes {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private byte[] bytes = new byte[512];
  private int length;

  /// `"2026-01-31T23:59:59` of [#second], as most events share their second with the last.
  private final byte[] prefix = new byte[20];

  private long second = Long.MIN_VALUE;

  static long power(int decimals) {
    return POWERS[decimals];
  }

  public JsonBytes clear() {
    length = 0;
    return this;
  }

  int length() {
    return length;
  }

  public byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  byte[] copy(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  public JsonBytes raw(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
    return this;
  }

  /// Text of ASCII letters, not quoted.
  public JsonBytes ascii(String text) {
    int size = text.length();
    room(size);
    for (int i = 0; i < size; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  /// A JSON string.
  public JsonBytes quoted(String text) {
    int size = text.length();
    room(size + 2);
    int start = length;
    bytes[length++] = '"';
    for (int i = 0; i < size; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7E || c == '"' || c == '\\') {
        length = start;
        return raw(quote(text));
      }
      bytes[length++] = (byte) c;
    }
    bytes[length++] = '"';
    return this;
  }

  static byte[] quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString().getBytes(StandardCharsets.UTF_8);
  }

  /// `scaled / 10^decimals` with all its decimals.
  public JsonBytes fixed(long scaled, int decimals) {
    room(24);
    if (scaled < 0) {
      bytes[length++] = '-';
    }
    long size = Math.abs(scaled);
    whole(size / POWERS[decimals]);
    if (decimals > 0) {
      bytes[length++] = '.';
      digits(size % POWERS[decimals], decimals);
    }
    return this;
  }

  private void whole(long value) {
    int count = 1;
    while (count < POWERS.length && value >= POWERS[count]) {
      count++;
    }
    digits(value, count);
  }

  private void digits(long value, int count) {
    long rest = value;
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  /// `"2026-01-31T23:59:59.123456Z"`, quoted.
  ///
  /// @param micros since 1970-01-01T00:00:00Z, of a year with four digits
  public JsonBytes time(long micros) {
    room(30);
    long at = Math.floorDiv(micros, 1_000_000L);
    if (at != second) {
      second = at;
      String text = LocalDateTime.ofEpochSecond(at, 0, ZoneOffset.UTC).toString();
      String whole = text.length() == 16 ? text + ":00" : text;
      byte[] ascii = ('"' + whole).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(ascii, 0, prefix, 0, prefix.length);
    }
    raw(prefix);
    bytes[length++] = '.';
    digits(Math.floorMod(micros, 1_000_000L), 6);
    bytes[length++] = 'Z';
    bytes[length++] = '"';
    return this;
  }

  /// A version 4 UUID from 128 random bits, quoted.
  JsonBytes uuid(long high, long low) {
    room(38);
    long first = (high & ~0xF000L) | 0x4000L;
    long last = (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    bytes[length++] = '"';
    for (int i = 0; i < 32; i++) {
      if (i == 8 || i == 12 || i == 16 || i == 20) {
        bytes[length++] = '-';
      }
      long half = i < 16 ? first : last;
      bytes[length++] = HEX[(int) (half >>> (60 - 4 * (i & 15))) & 15];
    }
    bytes[length++] = '"';
    return this;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
