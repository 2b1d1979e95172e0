package dev.millrace.views.time;

import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import java.time.Duration;
import java.time.Instant;

/// How much of the past the scrubber spans.
public enum Stretch {
  HOUR("1 h", Duration.ofHours(1)),
  SIX_HOURS("6 h", Duration.ofHours(6)),
  DAY("24 h", Duration.ofDays(1)),
  WEEK("7 d", Duration.ofDays(7));

  private final String words;
  private final Duration length;

  Stretch(String words, Duration length) {
    this.words = words;
    this.length = length;
  }

  /// The shortest that spans a time; the longest when none does.
  static Stretch spanning(Duration time) {
    for (Stretch each : values()) {
      if (each.length.compareTo(time) >= 0) {
        return each;
      }
    }
    return WEEK;
  }

  public String words() {
    return words;
  }

  /// Begin of what is counted in a stretch. A day begins where the live counts of a day begin, so
  /// that no two rooms tell two numbers.
  public Instant countedFrom(Instant end) {
    return this == DAY ? AnomalyCount.begin(end) : end.minus(length);
  }

  public Duration length() {
    return length;
  }
}
