package dev.millrace.views.time;

/// How fast the past runs.
public enum Speed {
  REAL("1×", 1),
  TEN("10×", 10),
  MINUTE("60×", 60),
  FIVE_MINUTES("300×", 300),
  TEN_MINUTES("600×", 600);

  private final String words;
  private final int times;

  Speed(String words, int times) {
    this.words = words;
    this.times = times;
  }

  public String words() {
    return words;
  }

  /// Event time that passes in a second.
  public int times() {
    return times;
  }
}
