package dev.millrace.views.anomalies;

import dev.millrace.engine.history.AnomalyQuery.Grouping;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.text.Names;

/// What the lanes of an anomaly timeline stand for.
public enum TimelineLanes {
  KIND("By kind"),
  REASON("By reason"),
  /// The greatest level of a place, for example the floor.
  PLACE("By place");

  private final String words;

  TimelineLanes(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /// What the lake tells crowds apart by.
  Grouping grouping() {
    return switch (this) {
      case KIND -> Grouping.KIND;
      case REASON -> Grouping.REASON;
      case PLACE -> Grouping.LEVEL;
    };
  }

  /// Which lane an anomaly belongs to.
  String key(Anomaly anomaly) {
    return switch (this) {
      case KIND -> anomaly.kind();
      case REASON -> anomaly.reason();
      case PLACE -> level(anomaly.place());
    };
  }

  /// What a lane is called.
  String name(String lane) {
    return switch (this) {
      case KIND -> Names.spoken(lane);
      case REASON -> AnomalyWords.reason(lane);
      case PLACE -> Names.place(lane);
    };
  }

  static String level(String place) {
    int end = place.indexOf('/');
    return end < 0 ? place : place.substring(0, end);
  }
}
