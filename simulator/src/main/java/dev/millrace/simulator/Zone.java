package dev.millrace.simulator;

import org.jspecify.annotations.Nullable;

/// The sensors of one kind in one place, as far as something moves them together. The fleet's
/// thread changes it; any thread may look.
final class Zone {

  /// One zone event as it goes.
  ///
  /// @param from first microsecond of event time
  /// @param until first microsecond after it
  /// @param height furthest shift, in the unit
  /// @param rise microseconds from 0 to the height
  record Disturbance(String event, long episode, long from, long until, double height, long rise) {

    /// In the unit; 0 outside its time.
    double at(long micros) {
      if (micros < from || micros >= until) {
        return 0;
      }
      double edge = Math.min(micros - from + 1, until - micros);
      return rise == 0 ? height : height * Math.min(1, edge / rise);
    }
  }

  final String place;
  final String kind;
  private volatile @Nullable Disturbance disturbance;

  Zone(String place, String kind) {
    this.place = place;
    this.kind = kind;
  }

  /// The last one, which may be over.
  @Nullable Disturbance disturbance() {
    return disturbance;
  }

  /// In place of the one there was.
  void disturb(@Nullable Disturbance by) {
    disturbance = by;
  }

  boolean isDisturbed(long micros) {
    Disturbance now = disturbance;
    return now != null && micros < now.until();
  }
}
