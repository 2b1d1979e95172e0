package dev.millrace.engine.live;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Immutable picture of what a feed's entities said last, with minute averages and anomalies of the
/// last 24 hours of event time.
///
/// @param newest newest event time seen, empty before the first event
/// @param latest one entry per entity, by entity name
/// @param series one per kind and place, by kind then place
/// @param anomalies newest first: the newest 300, and of each kind and five minutes the most
///   striking
/// @param anomalyCounts all anomalies, counted
/// @param eventsPerSecond events taken in per second over the last 120 seconds, oldest first
/// @param latencyP99Millis 99th percentile of event time to live state over the last minute, of
///   events not older than a minute, in milliseconds; seconds in which a backlog came are left out;
///   0 without on-time events
/// @param conditions one entry per entity, in the order of `latest`
/// @param zones one per kind and place, by kind then place
/// @param places one per place, by name
/// @param events events heard since the live state was made
public record LiveSnapshot(
    Optional<Instant> newest,
    List<Latest> latest,
    List<Series> series,
    List<Anomaly> anomalies,
    List<AnomalyCount> anomalyCounts,
    double[] eventsPerSecond,
    double latencyP99Millis,
    List<Condition> conditions,
    List<Zone> zones,
    List<PlaceHealth> places,
    long events) {

  /// So many of the newest anomalies are kept whole; of older ones the most striking only.
  public static final int NEWEST_ANOMALIES = 300;

  /// So many of those no table has judged are kept whole, the newest, for {@link
  /// LiveState#unjudged}.
  public static final int MOST_UNJUDGED = 250_000;

  public static final LiveSnapshot EMPTY =
      new LiveSnapshot(
          Optional.empty(), List.of(), List.of(), List.of(), List.of(), new double[0], 0);

  /// Without windows and health.
  public LiveSnapshot(
      Optional<Instant> newest,
      List<Latest> latest,
      List<Series> series,
      List<Anomaly> anomalies,
      List<AnomalyCount> anomalyCounts,
      double[] eventsPerSecond,
      double latencyP99Millis) {
    this(
        newest,
        latest,
        series,
        anomalies,
        anomalyCounts,
        eventsPerSecond,
        latencyP99Millis,
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  public LiveSnapshot {
    latest = List.copyOf(latest);
    series = List.copyOf(series);
    anomalies = List.copyOf(anomalies);
    anomalyCounts = List.copyOf(anomalyCounts);
    conditions = List.copyOf(conditions);
    zones = List.copyOf(zones);
    places = List.copyOf(places);
  }

  /// What one entity said last.
  ///
  /// @param place levels separated by `/`; empty when the feed has none
  public record Latest(
      String entity,
      String kind,
      String place,
      String unit,
      double value,
      Instant time,
      boolean anomalous) {}

  /// Readings of a window of event time, which ends at the newest event and slides by ten seconds.
  ///
  /// @param mean NaN without readings, as `low` and `high`
  public record Window(long count, long anomalies, double mean, double low, double high) {

    public static final Window EMPTY = new Window(0, 0, Double.NaN, Double.NaN, Double.NaN);

    /// Share of readings that are no anomalies, 0 to 1; NaN without readings.
    public double soundShare() {
      return count == 0 ? Double.NaN : 1 - (double) anomalies / count;
    }
  }

  /// How one entity fares.
  ///
  /// @param minute its last minute; the mean is the moving average
  /// @param fiveMinutes its last five minutes
  /// @param movingAverage mean of its last 60 readings, whatever time they took
  /// @param freshness 1 while its last reading is no older than one minute or three of its usual
  ///   gaps between readings, whichever is longer; falls to 0 at twice that age. Ages count from
  ///   the feed's newest event
  /// @param health freshness times the share of sound readings over five minutes, 0 to 1; where
  ///   those five minutes brought none, its last reading counts; 0 for one that is stuck
  /// @param stuckFor readings in a row with one and the same value, of an entity whose readings
  ///   usually vary; 0 for one that is not stuck
  public record Condition(
      String entity,
      Window minute,
      Window fiveMinutes,
      double movingAverage,
      double freshness,
      double health,
      int stuckFor) {

    /// Of one that is not stuck.
    public Condition(
        String entity,
        Window minute,
        Window fiveMinutes,
        double movingAverage,
        double freshness,
        double health) {
      this(entity, minute, fiveMinutes, movingAverage, freshness, health, 0);
    }
  }

  /// One kind at one place.
  ///
  /// @param entities entities that measure it there
  /// @param health mean of theirs, 0 to 1
  public record Zone(
      String kind,
      String place,
      String unit,
      int entities,
      Window minute,
      Window fiveMinutes,
      double health) {}

  /// All that measures at one place, a device or a room.
  ///
  /// @param health mean of its entities', 0 to 1
  public record PlaceHealth(String place, int entities, double health) {}

  /// What one entity said, for a trend of it. The arrays are the reader's own.
  ///
  /// @param times of its last readings, 511 at most, in microseconds since 1970-01-01T00:00Z,
  ///   ascending; `values` and `anomalous` beside them
  /// @param steps beginnings of the five-minute steps before the one under way, 255 at most, in
  ///   microseconds, ascending; `mean`, `low` and `high` beside them
  public record History(
      String entity,
      long[] times,
      double[] values,
      boolean[] anomalous,
      long[] steps,
      double[] mean,
      double[] low,
      double[] high) {}

  /// Minute averages of one kind at one place; `minutes` are epoch minutes, ascending, minutes
  /// without a reading left out. The arrays are shared: read only.
  public record Series(
      String kind,
      String place,
      String unit,
      long[] minutes,
      double[] mean,
      double[] low,
      double[] high) {

    /// The first `n` minutes of arrays that are longer, and are not shared.
    public static Series ofFirst(
        int n,
        String kind,
        String place,
        String unit,
        long[] minutes,
        double[] mean,
        double[] low,
        double[] high) {
      return new Series(
          kind,
          place,
          unit,
          Arrays.copyOf(minutes, n),
          Arrays.copyOf(mean, n),
          Arrays.copyOf(low, n),
          Arrays.copyOf(high, n));
    }
  }

  /// A reading out of its range or far from its entity's last 60 readings.
  ///
  /// @param reason `RANGE`, `ZSCORE` or `RANGE+ZSCORE`
  /// @param score distance from the rolling mean in standard deviations; NaN when only out of range
  public record Anomaly(
      Instant time,
      String entity,
      String kind,
      String place,
      String unit,
      double value,
      String reason,
      double score) {}

  /// Anomalies of one kind, reason and gravity in the 24 hours that end with the five minutes the
  /// newest event lies in.
  ///
  /// @param perSlot 288 counts, one for each {@link JudgedAnomalies#SLOT}, oldest first. Shared:
  ///   read only
  public record AnomalyCount(String kind, String reason, Gravity gravity, long[] perSlot) {

    public static final int HOURS = 24;

    private static final int PER_HOUR = (int) (3_600 / JudgedAnomalies.SLOT.toSeconds());

    public static final int SLOTS = HOURS * PER_HOUR;

    /// Where what is counted begins.
    public static Instant begin(Instant newest) {
      long end = JudgedAnomalies.slot(newest) + 1;
      return Instant.ofEpochSecond((end - SLOTS) * JudgedAnomalies.SLOT.toSeconds());
    }

    /// 24 counts, oldest first.
    public long[] perHour() {
      long[] hours = new long[HOURS];
      for (int slot = 0; slot < perSlot.length; slot++) {
        hours[slot / PER_HOUR] += perSlot[slot];
      }
      return hours;
    }

    public long total() {
      return Arrays.stream(perSlot).sum();
    }
  }
}
