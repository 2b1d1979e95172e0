package dev.millrace.engine.live;

import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.event.DoubleVector;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.event.LongVector;
import dev.millrace.engine.event.Micros;
import dev.millrace.engine.event.TextVector;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.ValueRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a feed's entities said last, written by the stream, read as immutable snapshots.
///
/// The columns' roles say what is what. A reading is an anomaly when it lies outside its kind's
/// range, or more than four standard deviations from its entity's previous 60 readings, of which
/// there must be at least 10. An entity's readings count in the order they come: one no newer than
/// the last goes into the minute averages and the range check alone, one with the same time is
/// taken for a duplicate.
///
/// Memory is bounded: 50,000 entities, 512 series, a few thousand anomalies; more of them are left
/// out here and nowhere else. Any thread may call; the stream takes the one lock once per poll, a
/// snapshot holds it for a millisecond or so.
public final class LiveState implements EventListener {

  private static final int MOST_ENTITIES = 50_000;
  private static final int MOST_SERIES = 512;
  private static final double FAR = 4;
  private static final long MINUTE = 60_000_000L;
  private static final long SECOND = 1_000_000L;

  /// An event older than this, in microseconds, is backlog or late, and says nothing of the way it
  /// took.
  private static final long BACKLOG = 60_000_000;

  private static final Duration BETWEEN_SERIES = Duration.ofSeconds(1);

  private record SeriesKey(String kind, String place) implements Comparable<SeriesKey> {
    @Override
    public int compareTo(SeriesKey other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : place.compareTo(other.place);
    }
  }

  private final InstantSource clock;
  private final Map<String, ValueRange> ranges;
  private final long allowance;
  private final int entityColumn;
  private final int kindColumn;
  private final int placeColumn;
  private final int unitColumn;
  private final int valueColumn;
  private final int timeColumn;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Entity> entities = new HashMap<>();
  private final TreeMap<SeriesKey, MinuteRing> rings = new TreeMap<>();
  private final AnomalyMemory anomalies = new AnomalyMemory();
  private final RecentSeconds recent = new RecentSeconds();
  private final Function<String, @Nullable Entity> entityNamed = this::entity;
  private final List<EntityCodes> codes = new ArrayList<>();
  private long newest = Long.MIN_VALUE;
  private long changes;
  private LiveSnapshot last = LiveSnapshot.EMPTY;
  private long lastChanges = -1;
  private long lastSecond = Long.MIN_VALUE;
  private long seriesBuilt;
  private List<Entity> sorted = List.of();

  /// @param ranges physical range per kind
  public LiveState(Feed feed, Map<String, ValueRange> ranges, InstantSource clock) {
    this.clock = clock;
    this.ranges = Map.copyOf(ranges);
    allowance = Math.min(feed.watermark().toNanos() / 1_000, BACKLOG);
    entityColumn = column(feed, feed.roles().entity());
    kindColumn = column(feed, feed.roles().kind());
    placeColumn = column(feed, feed.roles().place());
    unitColumn = column(feed, feed.roles().unit());
    valueColumn = column(feed, feed.roles().value());
    timeColumn = column(feed, Optional.of(feed.roles().time()));
  }

  private static int column(Feed feed, Optional<String> role) {
    return role.map(feed.schema()::indexOf).orElse(-1);
  }

  @Override
  public void arrived(ColumnBatch batch, int from, int to, long arrival) {
    long now = Micros.of(clock.instant());
    lock.lock();
    try {
      recent.advance(Math.floorDiv(now, SECOND));
      recent.count(to - from);
      changes++;
      LongVector times = batch.longs(timeColumn);
      boolean readings = entityColumn >= 0 && valueColumn >= 0;
      for (int row = from; row < to; row++) {
        long time = times.at(row);
        newest = Math.max(newest, time);
        if (now - time <= allowance) {
          recent.latency(now - time);
        }
      }
      if (readings && batch.vector(valueColumn) instanceof DoubleVector values) {
        EntityCodes ofBatch = codes(batch.text(entityColumn));
        for (int row = from; row < to; row++) {
          if (!values.isNull(row) && !batch.vector(entityColumn).isNull(row)) {
            reading(batch, row, ofBatch.at(row, entityNamed), values.at(row), times.at(row));
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// As of now. Series are at most a second old, all else is as it stands.
  public LiveSnapshot snapshot() {
    long second = clock.instant().getEpochSecond();
    lock.lock();
    try {
      if (changes != lastChanges || second != lastSecond) {
        last = build(second);
        lastChanges = changes;
        lastSecond = second;
      }
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// Puts one of an entity's last readings back, oldest first; it counts as no event.
  public void seedReading(
      String entity,
      String kind,
      String place,
      String unit,
      double value,
      Instant time,
      boolean anomalous) {
    lock.lock();
    try {
      Entity known = entity(entity);
      long micros = Micros.of(time);
      if (known != null && micros > known.time) {
        move(known, kind, place);
        newest = Math.max(newest, micros);
        keep(known, value, micros, unit, anomalous);
        changes++;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Puts one minute of a kind at a place back.
  ///
  /// @param epochMinute minutes since 1970-01-01T00:00Z
  public void seedMinute(
      String kind,
      String place,
      String unit,
      long epochMinute,
      long count,
      double mean,
      double low,
      double high) {
    lock.lock();
    try {
      MinuteRing ring = ring(kind, place);
      if (ring != null && count > 0) {
        ring.add(epochMinute, count, mean * count, low, high, unit);
        newest = Math.max(newest, epochMinute * MINUTE);
        changes++;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Puts an anomaly back, oldest first.
  public void seedAnomaly(LiveSnapshot.Anomaly anomaly) {
    lock.lock();
    try {
      keep(anomaly);
      changes++;
    } finally {
      lock.unlock();
    }
  }

  private void reading(
      ColumnBatch batch, int row, @Nullable Entity entity, double value, long time) {
    if (entity == null || time == entity.time) {
      return;
    }
    String kind = text(batch, kindColumn, row);
    String place = text(batch, placeColumn, row);
    String unit = text(batch, unitColumn, row);
    boolean inOrder = time > entity.time;
    if (!entity.isAt(kind, place)) {
      if (!inOrder) {
        return;
      }
      move(entity, kind, place);
    }
    MinuteRing ring = entity.ring;
    if (ring != null) {
      ring.add(Math.floorDiv(time, MINUTE), value, unit);
    }
    ValueRange range = entity.range;
    boolean outside = range != null && !range.holds(value);
    double score = inOrder ? entity.window.score(value) : Double.NaN;
    boolean far = Math.abs(score) > FAR;
    if (outside || far) {
      String reason = outside ? far ? "RANGE+ZSCORE" : "RANGE" : "ZSCORE";
      keep(
          new LiveSnapshot.Anomaly(
              Micros.instant(time),
              entity.name,
              kind,
              place,
              unit,
              value,
              reason,
              far ? score : Double.NaN));
    }
    if (inOrder) {
      keep(entity, value, time, unit, outside || far);
    }
  }

  private static void keep(Entity entity, double value, long time, String unit, boolean anomalous) {
    entity.window.add(value);
    entity.value = value;
    entity.time = time;
    entity.unit = unit;
    entity.anomalous = anomalous;
  }

  private void keep(LiveSnapshot.Anomaly anomaly) {
    anomalies.add(anomaly);
  }

  private void move(Entity entity, String kind, String place) {
    entity.kind = kind;
    entity.place = place;
    entity.range = ranges.get(kind);
    entity.ring = ring(kind, place);
  }

  private @Nullable Entity entity(String name) {
    Entity known = entities.get(name);
    if (known == null && entities.size() < MOST_ENTITIES) {
      known = new Entity(name);
      entities.put(name, known);
    }
    return known;
  }

  private @Nullable MinuteRing ring(String kind, String place) {
    SeriesKey key = new SeriesKey(kind, place);
    MinuteRing ring = rings.get(key);
    if (ring == null && rings.size() < MOST_SERIES) {
      ring = new MinuteRing(kind, place);
      rings.put(key, ring);
    }
    return ring;
  }

  /// The stream fills a few batches in turn.
  private EntityCodes codes(TextVector vector) {
    for (EntityCodes known : codes) {
      if (known.isOf(vector)) {
        return known;
      }
    }
    if (codes.size() == 8) {
      codes.removeFirst();
    }
    EntityCodes fresh = new EntityCodes(vector);
    codes.add(fresh);
    return fresh;
  }

  private static String text(ColumnBatch batch, int column, int row) {
    return column < 0 || batch.vector(column).isNull(row) ? "" : batch.text(column).at(row);
  }

  private LiveSnapshot build(long second) {
    recent.advance(second);
    if (newest == Long.MIN_VALUE) {
      return new LiveSnapshot(
          Optional.empty(), List.of(), List.of(), List.of(), List.of(), recent.perSecond(), 0);
    }
    if (sorted.size() != entities.size()) {
      sorted = entities.values().stream().sorted(Comparator.comparing(e -> e.name)).toList();
    }
    List<LiveSnapshot.Latest> latest = new ArrayList<>(sorted.size());
    for (Entity e : sorted) {
      if (e.heard()) {
        latest.add(
            new LiveSnapshot.Latest(
                e.name, e.kind, e.place, e.unit, e.value, Micros.instant(e.time), e.anomalous));
      }
    }
    Instant now = Micros.instant(newest);
    return new LiveSnapshot(
        Optional.of(now),
        latest,
        series(),
        anomalies.kept(now),
        anomalies.counts(now),
        recent.perSecond(),
        recent.p99Millis());
  }

  private List<LiveSnapshot.Series> series() {
    long now = System.nanoTime();
    boolean fresh = seriesBuilt != 0 && now - seriesBuilt < BETWEEN_SERIES.toNanos();
    if (fresh && last.series().size() == rings.size()) {
      return last.series();
    }
    seriesBuilt = now;
    long lastMinute = Math.floorDiv(newest, MINUTE);
    return rings.values().stream()
        .map(ring -> ring.series(lastMinute))
        .filter(series -> series.minutes().length > 0)
        .toList();
  }
}
