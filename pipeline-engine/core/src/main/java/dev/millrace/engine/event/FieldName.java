package dev.millrace.engine.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A field's name as it stands in a text, between its quotes, compared eight bytes at a time.
final class FieldName {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] name;
  private final byte[] quoted;
  private final boolean twoWords;
  private final long first;
  private final long last;

  /// @param name without anything JSON would escape
  FieldName(String name) {
    this.name = name.getBytes(StandardCharsets.UTF_8);
    quoted = ("\"" + name + "\"").getBytes(StandardCharsets.UTF_8);
    twoWords = quoted.length >= 8 && quoted.length <= 16;
    first = twoWords ? (long) WORD.get(quoted, 0) : 0;
    last = twoWords ? (long) WORD.get(quoted, quoted.length - 8) : 0;
  }

  /// Length with the quotes.
  int quotedLength() {
    return quoted.length;
  }

  /// Whether it stands, quotes and all, at `at` in the text.
  boolean standsAt(byte[] text, int at, int end) {
    int stop = at + quoted.length;
    if (stop > end) {
      return false;
    }
    return twoWords
        ? (long) WORD.get(text, at) == first && (long) WORD.get(text, stop - 8) == last
        : Arrays.equals(text, at, stop, quoted, 0, quoted.length);
  }

  boolean isText(byte[] bytes, int start, int length) {
    return name.length == length && Arrays.equals(name, 0, length, bytes, start, start + length);
  }
}
