package dev.millrace.engine.live;

import dev.millrace.engine.pipeline.ValueRange;
import org.jspecify.annotations.Nullable;

/// What is known of one entity: its last reading, the window before it, and where its series is.
final class Entity {

  final String name;
  final RollingWindow window = new RollingWindow();
  String kind = "";
  String place = "";
  String unit = "";
  double value;
  long time = Long.MIN_VALUE;
  boolean anomalous;
  @Nullable MinuteRing ring;
  @Nullable ValueRange range;

  Entity(String name) {
    this.name = name;
  }

  boolean heard() {
    return time != Long.MIN_VALUE;
  }

  /// Whether it measured the same at the same place when it was heard last.
  boolean isAt(String otherKind, String otherPlace) {
    return heard() && kind.equals(otherKind) && place.equals(otherPlace);
  }
}
