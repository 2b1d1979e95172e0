package dev.millrace.views.lake;

/// What of a table is on show.
public enum TableTab {
  SCHEMA("Schema"),
  HISTORY("History"),
  FILES("Files"),
  ROWS("Rows"),
  SQL("SQL");

  private final String words;

  TableTab(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
