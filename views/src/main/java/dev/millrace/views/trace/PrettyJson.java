package dev.millrace.views.trace;

/// JSON with a line for each field, whatever else the text holds left as it is. Any thread may
/// call.
final class PrettyJson {

  private PrettyJson() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    boolean words = false;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (words) {
        out.append(c);
        if (c == '\\' && i + 1 < text.length()) {
          out.append(text.charAt(++i));
        } else if (c == '"') {
          words = false;
        }
        continue;
      }
      switch (c) {
        case '"' -> {
          words = true;
          out.append(c);
        }
        case '{', '[' -> {
          out.append(c);
          depth++;
          line(out, depth);
        }
        case '}', ']' -> {
          depth = Math.max(0, depth - 1);
          line(out, depth);
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          line(out, depth);
        }
        case ':' -> out.append(": ");
        case ' ', '\t', '\n', '\r' -> {}
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static void line(StringBuilder out, int depth) {
    out.append('\n').append("  ".repeat(depth));
  }
}
