package dev.millrace.views.overview;

/// How far back a trend looks.
public enum TrendRange {
  HOUR("1 h", 60),
  SIX_HOURS("6 h", 360),
  DAY("24 h", 1440);

  private final String words;
  private final int minutes;

  TrendRange(String words, int minutes) {
    this.words = words;
    this.minutes = minutes;
  }

  public String words() {
    return words;
  }

  public int minutes() {
    return minutes;
  }
}
