package dev.millrace.views.trace;

import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Optional;

/// One step of a reading's way, in words.
///
/// @param icon Ikonli literal
/// @param fact the most telling thing about it, in a few signs
/// @param tone `GOOD` where the reading is, `MUTED` where it is not
/// @param missing why the reading is not there; empty where it is
/// @param sheets what there is to read, one for each row or text
record Station(
    Name name, String icon, String fact, Tone tone, Optional<String> missing, List<Sheet> sheets) {

  /// The steps, in their order.
  enum Name {
    EVENT("Event"),
    KAFKA("Kafka"),
    BRONZE("Bronze"),
    SILVER("Silver"),
    GOLD("Gold"),
    WAREHOUSE("Warehouse");

    private final String words;

    Name(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /// Something to read.
  ///
  /// @param title of the table or text
  /// @param text as it is; empty where there are lines
  /// @param lines names and values
  /// @param query that finds it again; empty where there is none
  record Sheet(String title, String text, List<Line> lines, String query) {
    static Sheet of(String title, List<Line> lines, String query) {
      return new Sheet(title, "", lines, query);
    }

    /// All of it, for the clipboard.
    String copy() {
      if (!text.isEmpty()) {
        return text;
      }
      StringBuilder all = new StringBuilder();
      lines.forEach(line -> all.append(line.name()).append('\t').append(line.value()).append('\n'));
      return all.toString();
    }
  }

  /// @param strong whether it should catch the eye
  record Line(String name, String value, boolean strong) {}
}
