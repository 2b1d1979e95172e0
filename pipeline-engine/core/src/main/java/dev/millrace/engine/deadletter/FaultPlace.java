package dev.millrace.engine.deadletter;

import java.nio.charset.StandardCharsets;

/// Where in a value its fault is, for people.
///
/// @param line line of the fault, from 1
/// @param column character in that line, from 1
/// @param excerpt the line around the fault on one line of its own; what does not print stands as a
///   dot
/// @param caret place of the fault in the excerpt, in characters from 0
public record FaultPlace(int line, int column, String excerpt, int caret) {

  private static final int BEFORE = 60;
  private static final int AFTER = 60;

  /// @param position byte of the value, from 0; beyond its end means its end
  public static FaultPlace of(byte[] raw, long position) {
    int at = Math.clamp(position, 0, raw.length);
    // A place within a character is the character's.
    while (at > 0 && at < raw.length && (raw[at] & 0xC0) == 0x80) {
      at--;
    }
    int start = at;
    while (start > 0 && raw[start - 1] != '\n') {
      start--;
    }
    int end = at;
    while (end < raw.length && raw[end] != '\n') {
      end++;
    }
    int line = 1;
    for (int i = 0; i < start; i++) {
      line += raw[i] == '\n' ? 1 : 0;
    }
    String before = printable(raw, start, at);
    String after = printable(raw, at, end);
    boolean cutBefore = before.length() > BEFORE;
    String head = cutBefore ? "…" + before.substring(before.length() - BEFORE) : before;
    String tail = after.length() > AFTER ? after.substring(0, AFTER) + "…" : after;
    return new FaultPlace(line, before.length() + 1, head + tail, head.length());
  }

  /// A line with `^` under the fault.
  public String pointer() {
    return " ".repeat(caret) + "^";
  }

  private static String printable(byte[] raw, int from, int to) {
    String text = new String(raw, from, to - from, StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '·' : c);
    }
    return shown.toString();
  }
}
