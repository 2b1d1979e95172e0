package dev.millrace.views.letters;

import java.nio.charset.StandardCharsets;

/// Where in a text a fault stands, that a decoder saw at a byte of it.
record FaultSpan(int from, int to) {

  /// @param position byte of the text in UTF-8, from 0; beyond its end means its end
  static FaultSpan of(String text, long position) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = Math.clamp(position, 0, bytes.length);
    int index = new String(bytes, 0, at, StandardCharsets.UTF_8).length();
    if (text.isEmpty()) {
      return new FaultSpan(0, 0);
    }
    if (index >= text.length()) {
      return new FaultSpan(text.length() - 1, text.length());
    }
    return new FaultSpan(index, end(text, index));
  }

  /// The value that begins there: a string to its closing quote, else to the next sign of JSON.
  private static int end(String text, int from) {
    int at = from + 1;
    if (text.charAt(from) == '"') {
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      return Math.min(text.length(), at + 1);
    }
    while (at < text.length() && ",}]:{[\" \n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }
}
