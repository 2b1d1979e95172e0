package dev.millrace.views.lake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What may stand where a person writes: tables, columns of the tables that the query names,
/// functions, keywords.
///
/// @param from where the word begun starts in the text
/// @param proposals best first, at most 40
record Completion(int from, List<Proposal> proposals) {

  private static final int MOST = 40;

  /// @param kind `table`, `column`, `function` or `keyword`
  /// @param detail what it is of; may be empty
  record Proposal(String text, String kind, String detail) {}

  /// @param columns by table, as SQL names them
  static Completion at(String text, int caret, Map<String, List<String>> columns) {
    int from = caret;
    while (from > 0 && isWord(text.charAt(from - 1))) {
      from--;
    }
    String begun = text.substring(from, caret).toLowerCase(Locale.ROOT);
    String lower = text.toLowerCase(Locale.ROOT);
    Map<String, Proposal> found = new LinkedHashMap<>();
    boolean afterDot = from > 0 && text.charAt(from - 1) == '.';
    if (!afterDot && followsFrom(lower, from)) {
      columns.keySet().forEach(table -> add(found, begun, new Proposal(table, "table", "")));
    }
    columns.forEach(
        (table, names) -> {
          if (lower.contains(table)) {
            names.forEach(name -> add(found, begun, new Proposal(name, "column", table)));
          }
        });
    if (!afterDot) {
      columns.keySet().forEach(table -> add(found, begun, new Proposal(table, "table", "")));
      if (!begun.isEmpty()) {
        SqlWords.FUNCTIONS.forEach(
            name -> add(found, begun, new Proposal(name + "(", "function", "")));
        SqlWords.KEYWORDS.forEach(word -> add(found, begun, new Proposal(word, "keyword", "")));
      }
    }
    List<Proposal> all = new ArrayList<>(found.values());
    // Those that begin so stand before those that hold it; each in the order they were found.
    all.sort((a, b) -> Boolean.compare(begins(b, begun), begins(a, begun)));
    return new Completion(from, List.copyOf(all.subList(0, Math.min(MOST, all.size()))));
  }

  private static boolean begins(Proposal proposal, String begun) {
    return proposal.text().toLowerCase(Locale.ROOT).startsWith(begun);
  }

  private static void add(Map<String, Proposal> found, String begun, Proposal proposal) {
    String text = proposal.text().toLowerCase(Locale.ROOT);
    boolean fits =
        proposal.kind().equals("keyword") ? text.startsWith(begun) : text.contains(begun);
    if (fits && !text.equals(begun)) {
      found.putIfAbsent(text, proposal);
    }
  }

  private static boolean followsFrom(String lower, int at) {
    String before = lower.substring(0, at).stripTrailing();
    return before.endsWith("from") || before.endsWith("join");
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
