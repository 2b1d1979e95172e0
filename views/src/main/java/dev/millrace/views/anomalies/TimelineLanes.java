package dev.millrace.views.anomalies;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.text.Names;
import java.util.function.Function;

/// What the lanes of an anomaly timeline stand for.
public enum TimelineLanes {
  KIND("By kind", Anomaly::kind, Names::spoken),
  REASON("By reason", Anomaly::reason, AnomalyWords::reason),
  /// The greatest level of a place, for example the floor.
  PLACE("By place", anomaly -> level(anomaly.place()), Names::place);

  private final String words;
  private final Function<Anomaly, String> key;
  private final Function<String, String> name;

  TimelineLanes(
      String words, Function<Anomaly, String> key, Function<String, String> name) {
    this.words = words;
    this.key = key;
    this.name = name;
  }

  public String words() {
    return words;
  }

  /// Which lane an anomaly belongs to.
  String key(Anomaly anomaly) {
    return key.apply(anomaly);
  }

  /// What a lane is called.
  String name(String lane) {
    return name.apply(lane);
  }

  static String level(String place) {
    int end = place.indexOf('/');
    return end < 0 ? place : place.substring(0, end);
  }
}
