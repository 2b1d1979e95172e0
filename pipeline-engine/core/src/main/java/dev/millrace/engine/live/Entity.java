package dev.millrace.engine.live;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.live.LiveSnapshot.Window;
import dev.millrace.engine.pipeline.ValueRange;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// What is known of one entity: its last reading, its windows, its history, and where its zone is.
///
/// Confined to the writing thread, but for its history.
final class Entity {

  /// A reading no older than this, in microseconds, is fresh whatever the usual gap.
  private static final double FRESH = 60_000_000;

  final String name;
  final RollingWindow window = new RollingWindow();
  private final Repeats repeats = new Repeats();
  String kind = "";
  String place = "";
  String unit = "";
  double value;
  long time = Long.MIN_VALUE;
  boolean anomalous;
  @Nullable ZoneState zone;
  @Nullable ValueRange range;
  final SlidingWindows windows = new SlidingWindows();
  final History history;

  /// Usual time between readings, in microseconds: a mean in which the last 16 weigh most.
  private double gap;

  private LiveSnapshot.@Nullable Latest latest;
  private LiveSnapshot.@Nullable Condition condition;

  Entity(String name, LongPredicate room) {
    this.name = name;
    history = new History(room);
  }

  /// Takes its newest reading.
  void take(double newValue, long newTime, String newUnit, boolean isAnomalous) {
    if (heard()) {
      gap = gap == 0 ? newTime - time : gap + (newTime - time - gap) / 16;
    }
    window.add(newValue);
    repeats.add(newValue);
    history.add(newTime, newValue, isAnomalous);
    value = newValue;
    time = newTime;
    unit = newUnit;
    anomalous = isAnomalous;
    latest = null;
    condition = null;
  }

  /// Takes readings of one value that came before the next one that is taken.
  void repeated(double said, int times) {
    repeats.add(said, times);
    condition = null;
  }

  LiveSnapshot.Latest latest() {
    LiveSnapshot.Latest known = latest;
    if (known == null) {
      known =
          new LiveSnapshot.Latest(name, kind, place, unit, value, Micros.instant(time), anomalous);
      latest = known;
    }
    return known;
  }

  /// As of the newest event time; the one before while no reading came since, unless it is wanted
  /// anew.
  LiveSnapshot.Condition condition(long newest, boolean anew) {
    LiveSnapshot.Condition known = condition;
    if (known == null || anew) {
      long last = SlidingWindows.step(newest);
      Window five = windows.window(last, SlidingWindows.FIVE_MINUTES);
      double sound = five.count() > 0 ? five.soundShare() : anomalous ? 0 : 1;
      double allowed = Math.max(FRESH, 3 * gap);
      int stuckFor = repeats.stuckFor();
      double freshness = Math.clamp(2 - (newest - time) / allowed, 0.0, 1.0);
      known =
          new LiveSnapshot.Condition(
              name,
              windows.window(last, SlidingWindows.MINUTE),
              five,
              window.mean(),
              freshness,
              stuckFor > 0 ? 0 : freshness * sound,
              stuckFor);
      condition = known;
    }
    return known;
  }

  boolean heard() {
    return time != Long.MIN_VALUE;
  }

  /// Whether it measured the same at the same place when it was heard last.
  boolean isAt(String otherKind, String otherPlace) {
    return heard() && kind.equals(otherKind) && place.equals(otherPlace);
  }
}
