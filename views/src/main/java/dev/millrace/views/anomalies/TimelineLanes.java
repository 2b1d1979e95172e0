package dev.millrace.views.overview;

/// What the lanes of the anomaly timeline stand for.
public enum TimelineLanes {
  KIND("By kind"),
  REASON("By reason");

  private final String words;

  TimelineLanes(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
