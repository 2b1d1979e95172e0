package dev.millrace.app.cli;

import java.util.ArrayList;
import java.util.List;

/// Text in columns for a terminal of 80 signs: short ones first, and a last one that is wrapped
/// between words and goes on below itself.
final class Columns {

  static final int WIDTH = 80;
  private static final String GAP = "  ";

  private final int[] widths;
  private final List<String> lines = new ArrayList<>();

  /// @param widths of the columns before the last
  Columns(int... widths) {
    this.widths = widths.clone();
  }

  /// Adds a row; lines of its last text stay apart, and what is indented stays so.
  ///
  /// @param texts one a column
  void row(String... texts) {
    StringBuilder head = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      head.append(texts[i]).repeat(' ', Math.max(0, widths[i] - texts[i].length())).append(GAP);
    }
    String blank = " ".repeat(head.length());
    String before = head.toString();
    for (String line : texts[widths.length].split("\n", -1)) {
      for (String part : wrapped(line, WIDTH - head.length())) {
        lines.add((before + part).stripTrailing());
        before = blank;
      }
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /// A word that is longer than the width stays whole: it may be a path to copy.
  private static List<String> wrapped(String line, int width) {
    String indent = " ".repeat(line.length() - line.stripLeading().length());
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder(indent);
    for (String word : line.strip().split(" +")) {
      boolean begins = part.length() == indent.length();
      if (!begins && part.length() + 1 + word.length() > width) {
        parts.add(part.toString());
        part = new StringBuilder(indent);
        begins = true;
      }
      part.append(begins ? "" : " ").append(word);
    }
    parts.add(part.toString());
    return parts;
  }
}
