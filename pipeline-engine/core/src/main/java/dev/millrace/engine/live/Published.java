package dev.millrace.engine.live;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import java.util.List;

/// A snapshot as the writer left it, which a reader brings up to the clock where no writer runs.
///
/// @param second epoch second it was made in
/// @param underWay events of that second so far
record Published(LiveSnapshot snapshot, long second, long underWay) {

  private static final int LATENCY_SECONDS = 60;

  /// The same at a later second: rates move on, latencies that are a minute old go.
  Published at(long later) {
    double[] then = snapshot.eventsPerSecond();
    double[] now = new double[then.length];
    long shift = later - second;
    if (shift < then.length) {
      System.arraycopy(then, (int) shift, now, 0, then.length - (int) shift);
    }
    if (shift <= then.length) {
      now[then.length - (int) shift] = underWay;
    }
    return new Published(
        picture(
            snapshot.anomalies(),
            snapshot.anomalyCounts(),
            now,
            shift >= LATENCY_SECONDS ? 0 : snapshot.latencyP99Millis()),
        later,
        0);
  }

  /// The same with other anomalies.
  Published with(List<Anomaly> anomalies, List<AnomalyCount> counts) {
    return new Published(
        picture(anomalies, counts, snapshot.eventsPerSecond(), snapshot.latencyP99Millis()),
        second,
        underWay);
  }

  private LiveSnapshot picture(
      List<Anomaly> anomalies, List<AnomalyCount> counts, double[] rate, double latency) {
    return new LiveSnapshot(
        snapshot.newest(),
        snapshot.latest(),
        snapshot.series(),
        anomalies,
        counts,
        rate,
        latency,
        snapshot.conditions(),
        snapshot.zones(),
        snapshot.places(),
        snapshot.events());
  }
}
