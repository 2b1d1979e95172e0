package dev.millrace.engine.live;

import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.event.DoubleVector;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.event.LongVector;
import dev.millrace.engine.event.Micros;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.ValueRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What a feed's entities said last, written by the stream, read as immutable snapshots.
///
/// The columns' roles say what is what. A reading is an anomaly when it lies outside its kind's
/// range, or more than four standard deviations from its entity's previous 60 readings, of which
/// there must be at least 10. An entity's readings count in the order they come: one no newer than
/// the last goes into the averages of its place and the range check alone, one with the same time
/// is taken for a duplicate. One whose time lies more than five minutes ahead of the clock is left
/// out, for one wrong clock must not make all others look silent.
///
/// Memory is bounded: 50,000 entities of 3 KiB each, 96 MiB of their histories beside (22 KiB for
/// an entity heard all day), 512 zones of 60 KiB, 250,000 anomalies of 90 bytes that no table has
/// judged; more of them are left out here and nowhere else.
///
/// One thread at a time writes ({@link #arrived}, {@link #quiet}, the seeds), and hands over to the
/// next through whatever starts that one. It takes a lock for its anomalies and for what it
/// publishes, which only {@link #judged} takes, too. It publishes a snapshot when the last is 15 ms
/// old while somebody looks, or else four times a second, and spends no more than a twentieth of
/// its time on that. Whoever looks ten times a second sees what came up to the last moments. Any
/// thread may read.
public final class LiveState implements EventListener {

  private static final int MOST_ENTITIES = 50_000;
  private static final int MOST_ZONES = 512;
  private static final long HISTORY_BYTES = 96L << 20;
  private static final double FAR = 4;
  private static final long MINUTE = 60_000_000L;
  private static final long SECOND = 1_000_000L;
  private static final long AHEAD = 5 * MINUTE;
  private static final long PULSE = Duration.ofMillis(15).toNanos();
  private static final long UNASKED_PULSE = Duration.ofMillis(250).toNanos();
  private static final long SHARE = 20;

  /// So long after it was asked for, somebody is taken to look: a little over the tenth of a second
  /// after which the console looks again.
  private static final long LOOKING = Duration.ofMillis(130).toNanos();

  /// An event older than this, in microseconds, is backlog or late, and says nothing of the way it
  /// took.
  private static final long BACKLOG = 60_000_000;

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

  private final LongSupplier nanos;
  private final Map<String, Entity> entities = new ConcurrentHashMap<>();
  private final TreeMap<SeriesKey, ZoneState> zones = new TreeMap<>();
  private final AnomalyMemory anomalies = new AnomalyMemory();
  private final RecentSeconds recent = new RecentSeconds();
  private final LivePicture picture = new LivePicture();
  private final Object telling = new Object();
  private final Function<String, @Nullable Entity> entityNamed = this::entity;
  private final BatchCodes codes = new BatchCodes();
  private long newest = Long.MIN_VALUE;
  private long events;
  private long historyBytes;
  private boolean changed = true;
  private long publishedAt;
  private long cost;
  private final AtomicReference<Published> published;
  private volatile long askedAt;

  /// @param ranges physical range per kind
  public LiveState(Feed feed, Map<String, ValueRange> ranges, InstantSource clock) {
    this(feed, ranges, clock, System::nanoTime);
  }

  /// @param nanos a clock that only goes on
  LiveState(Feed feed, Map<String, ValueRange> ranges, InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.ranges = Map.copyOf(ranges);
    allowance = Math.min(feed.watermark().toNanos() / 1_000, BACKLOG);
    entityColumn = column(feed, feed.roles().entity());
    kindColumn = column(feed, feed.roles().kind());
    placeColumn = column(feed, feed.roles().place());
    unitColumn = column(feed, feed.roles().unit());
    valueColumn = column(feed, feed.roles().value());
    timeColumn = column(feed, Optional.of(feed.roles().time()));
    publishedAt = nanos.getAsLong() - UNASKED_PULSE;
    askedAt = publishedAt;
    long second = clock.instant().getEpochSecond();
    recent.advance(second);
    published = new AtomicReference<>(new Published(unheard(), second, 0));
  }

  private static int column(Feed feed, Optional<String> role) {
    return role.map(feed.schema()::indexOf).orElse(-1);
  }

  @Override
  public void arrived(ColumnBatch batch, int from, int to, long arrival) {
    long now = Micros.of(clock.instant());
    recent.advance(Math.floorDiv(now, SECOND));
    recent.count(to - from);
    events += to - from;
    changed = true;
    LongVector times = batch.longs(timeColumn);
    for (int row = from; row < to; row++) {
      long time = times.at(row);
      if (time <= now + AHEAD) {
        newest = Math.max(newest, time);
        recent.saw(time);
        if (now - time <= allowance) {
          recent.latency(now - time);
        }
      }
    }
    boolean readings = entityColumn >= 0 && valueColumn >= 0;
    if (readings && batch.vector(valueColumn) instanceof DoubleVector values) {
      EntityCodes ofBatch = codes.of(batch.text(entityColumn));
      for (int row = from; row < to; row++) {
        long time = times.at(row);
        if (!values.isNull(row) && !batch.vector(entityColumn).isNull(row) && time <= now + AHEAD) {
          reading(batch, row, ofBatch.at(row, entityNamed), values.at(row), time);
        }
      }
    }
    long at = nanos.getAsLong();
    long since = at - publishedAt;
    boolean lookedAt = at - askedAt <= LOOKING;
    if (since >= UNASKED_PULSE || (lookedAt && since >= Math.max(PULSE, SHARE * cost))) {
      publish();
    }
  }

  /// Publishes what has not been published yet.
  @Override
  public void quiet() {
    long second = clock.instant().getEpochSecond();
    if (changed || second != recent.second()) {
      recent.advance(second);
      publish();
    }
  }

  private void publish() {
    long begin = nanos.getAsLong();
    synchronized (telling) {
      LiveSnapshot made =
          newest == Long.MIN_VALUE
              ? unheard()
              : picture.make(
                  entities.values(), zones.values(), anomalies, recent, newest, events, begin);
      published.set(new Published(made, recent.second(), recent.underWay()));
    }
    changed = false;
    publishedAt = nanos.getAsLong();
    cost = (3 * cost + publishedAt - begin) / 4;
  }

  private LiveSnapshot unheard() {
    return new LiveSnapshot(
        Optional.empty(), List.of(), List.of(), List.of(), List.of(), recent.perSecond(), 0);
  }

  /// What was published last, brought up to the clock. At most a quarter of a second old; asked for
  /// at every pulse, at most a pulse. Any thread.
  public LiveSnapshot snapshot() {
    askedAt = nanos.getAsLong();
    Published last = Objects.requireNonNull(published.get());
    long second = clock.instant().getEpochSecond();
    if (second <= last.second()) {
      return last.snapshot();
    }
    Published later = last.at(second);
    return published.compareAndSet(last, later)
        ? later.snapshot()
        : Objects.requireNonNull(published.get()).snapshot();
  }

  /// What one entity said, as of now; empty when it was never heard. Any thread.
  public Optional<LiveSnapshot.History> history(String entity) {
    return Optional.ofNullable(entities.get(entity)).map(e -> e.history.picture(entity));
  }

  /// Puts one of an entity's last readings back, oldest first; it counts as no event. It is an
  /// anomaly by the same rules as one that arrives.
  public void seedReading(
      String entity, String kind, String place, String unit, double value, Instant time) {
    Entity known = entity(entity);
    long micros = Micros.of(time);
    if (known != null && micros > known.time && micros <= Micros.of(clock.instant()) + AHEAD) {
      move(known, kind, place);
      newest = Math.max(newest, micros);
      boolean anomalous =
          (known.range != null && !known.range.holds(value))
              || Math.abs(known.window.score(value)) > FAR;
      long step = SlidingWindows.step(micros);
      known.windows.add(step, value, anomalous);
      if (known.zone != null) {
        known.zone.seed(step, value, anomalous, unit);
      }
      known.take(value, micros, unit, anomalous);
      changed = true;
    }
  }

  /// Puts five minutes of an entity back, oldest first and before its readings; they must be over.
  ///
  /// @param begin of the five minutes
  public void seedStep(
      String entity, Instant begin, long count, double mean, double low, double high) {
    Entity known = entity(entity);
    if (known != null && count > 0) {
      known.history.seed(Micros.of(begin), count, mean, low, high);
    }
  }

  /// Puts readings of one value in a row back, oldest first and before an entity's readings, by
  /// which it is told whether it is stuck.
  ///
  /// @param times at least 1
  public void seedRun(String entity, double value, int times) {
    Entity known = entity(entity);
    if (known != null) {
      known.repeated(value, times);
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
    ZoneState zone = zone(kind, place);
    if (zone != null && count > 0 && epochMinute * MINUTE <= Micros.of(clock.instant()) + AHEAD) {
      zone.minutes.add(epochMinute, count, mean * count, low, high, unit);
      newest = Math.max(newest, epochMinute * MINUTE);
      changed = true;
    }
  }

  /// Puts an anomaly back that was heard before and that no table has judged; it counts as no
  /// event.
  public void seedAnomaly(LiveSnapshot.Anomaly anomaly) {
    keep(anomaly);
    changed = true;
  }

  /// Anomalies later than a time that no table has judged, {@link LiveSnapshot#MOST_UNJUDGED} at
  /// most, in the order they came. Quick. Any thread.
  public List<LiveSnapshot.Anomaly> unjudged(Instant after) {
    List<LiveSnapshot.Anomaly> all;
    synchronized (telling) {
      all = anomalies.unjudged();
    }
    return all.stream().filter(a -> a.time().isAfter(after)).toList();
  }

  /// Newest event that a table has judged, as far as it was told. Any thread.
  public Optional<Instant> judgedUntil() {
    synchronized (telling) {
      return anomalies.judgedUntil();
    }
  }

  /// Takes a table's word for the anomalies it judged, and shows it at once. Any thread.
  public void judged(JudgedAnomalies judged) {
    synchronized (telling) {
      anomalies.take(judged);
      picture.forgetAnomalies();
      Published last = Objects.requireNonNull(published.get());
      last.snapshot()
          .newest()
          .ifPresent(now -> published.set(last.with(anomalies.kept(now), anomalies.counts(now))));
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
              entity.kind,
              entity.place,
              unit,
              value,
              reason,
              far ? score : Double.NaN));
    }
    long step = SlidingWindows.step(time);
    entity.windows.add(step, value, outside || far);
    ZoneState zone = entity.zone;
    if (zone != null) {
      zone.add(Math.floorDiv(time, MINUTE), step, value, outside || far, unit);
    }
    if (inOrder) {
      entity.take(value, time, unit, outside || far);
    }
  }

  private void keep(LiveSnapshot.Anomaly anomaly) {
    synchronized (telling) {
      anomalies.add(anomaly);
    }
  }

  private void move(Entity entity, String kind, String place) {
    entity.kind = kind;
    entity.place = place;
    entity.range = ranges.get(kind);
    entity.zone = zone(kind, place);
  }

  private @Nullable Entity entity(String name) {
    Entity known = entities.get(name);
    if (known == null && entities.size() < MOST_ENTITIES) {
      known = new Entity(name, this::room);
      entities.put(name, known);
    }
    return known;
  }

  private boolean room(long bytes) {
    if (historyBytes + bytes > HISTORY_BYTES) {
      return false;
    }
    historyBytes += bytes;
    return true;
  }

  private @Nullable ZoneState zone(String kind, String place) {
    SeriesKey key = new SeriesKey(kind, place);
    ZoneState zone = zones.get(key);
    if (zone == null && zones.size() < MOST_ZONES) {
      zone = new ZoneState(kind, place);
      zones.put(key, zone);
    }
    return zone;
  }

  private static String text(ColumnBatch batch, int column, int row) {
    return column < 0 || batch.vector(column).isNull(row) ? "" : batch.text(column).at(row);
  }
}
