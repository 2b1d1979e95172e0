package dev.millrace.simulator;

import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The sensors of a pipeline and the events they send, one after another.
///
/// The same settings, seed and times give the same events, byte for byte. One thread calls `next`;
/// any thread may change the shares, break sensors and disturb zones meanwhile.
public final class Fleet {

  /// Regular event times are multiples of this, in microseconds, and late ones are not, so that a
  /// late event never has the time of another of its sensor.
  private static final long GRID = 8;

  private static final Duration SHORTEST_WAVE = Duration.ofMinutes(40);
  private static final Duration LONGEST_WAVE = Duration.ofHours(5);

  private final FleetSettings settings;
  private final long seed;
  private final Sensor[] sensors;

  /// Positions in `sensors`; they send in this order, again and again.
  private final int[] order;

  private final TruthLog truth;
  private final JsonBytes out = new JsonBytes();
  private final Map<String, Integer> positions = new HashMap<>();
  private final AtomicReferenceArray<@Nullable Break> broken;
  private final Disturbances disturbances;
  private final Agenda agenda = new Agenda();
  private final Queue<LongConsumer> orders = new ConcurrentLinkedQueue<>();
  private final FaultLots lots;
  private final List<Malformation> malformations;
  private final long lateLow;
  private final long lateSpan;
  private final EnumMap<TruthKind, Long> done = new EnumMap<>(TruthKind.class);
  private volatile Shares shares;
  private long episodes;

  /// When the agenda is to be looked at next; at once before the first event.
  private long due = Long.MIN_VALUE;

  private int cursor;
  private long sent;
  private byte[] key = {};
  private byte[] value = {};

  private Fleet(Pipeline pipeline, FleetSettings settings, long seed, TruthLog truth) {
    Feed feed = pipeline.feed(settings.feed()).orElseThrow();
    this.settings = settings;
    this.seed = seed;
    this.truth = truth;
    this.shares = settings.shares();
    SplittableRandom root = new SplittableRandom(seed);
    this.disturbances = new Disturbances(settings, new SplittableRandom(~seed), () -> ++episodes);
    this.sensors = sensors(pipeline, feed, settings, disturbances, root);
    this.order = shuffled(sensors.length, root.split());
    for (int i = 0; i < sensors.length; i++) {
      positions.put(sensors[i].name, i);
    }
    this.broken = new AtomicReferenceArray<>(sensors.length);
    this.lots =
        new FaultLots(
            settings.faults().isEmpty() && feed.roles().value().isPresent()
                ? List.of(new FaultMix(Fault.SPIKE, 1, 1, 1))
                : settings.faults(),
            () -> ++episodes);
    this.malformations = sensors[0].form.malformations();
    this.lateLow = Sensor.micros(settings.lateByLow());
    this.lateSpan = Sensor.micros(settings.lateByHigh()) - lateLow;
    for (TruthKind kind : TruthKind.values()) {
      done.put(kind, 0L);
    }
  }

  /// @param truth where what is done to events is written; the caller closes it
  public static Fleet of(Pipeline pipeline, FleetSettings settings, long seed, TruthLog truth) {
    return new Fleet(pipeline, settings, seed, truth);
  }

  private static Sensor[] sensors(
      Pipeline pipeline,
      Feed feed,
      FleetSettings settings,
      Disturbances disturbances,
      SplittableRandom root) {
    Map<String, Wave> shared = new HashMap<>();
    for (String place : settings.places()) {
      shared.put(place, wave(root));
    }
    Wave everywhere = wave(root);
    List<String> names = SensorNames.all(settings.names(), settings.signals(), settings.places());
    List<Sensor> sensors = new ArrayList<>();
    for (Signal signal : settings.signals()) {
      for (int i = 0; i < signal.sensors(); i++) {
        String name = names.get(sensors.size());
        String place = SensorNames.place(signal, i, settings.places());
        sensors.add(
            new Sensor(
                name,
                signal,
                new EventForm(feed, settings, signal, name, place),
                shared.getOrDefault(place, everywhere),
                disturbances.zone(place, signal.kind()),
                pipeline.ranges().get(signal.kind()),
                root.split()));
      }
    }
    return sensors.toArray(Sensor[]::new);
  }

  private static Wave wave(SplittableRandom root) {
    return new Wave(root.split(), Sensor.micros(SHORTEST_WAVE), Sensor.micros(LONGEST_WAVE));
  }

  private static int[] shuffled(int size, SplittableRandom random) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  public FleetSettings settings() {
    return settings;
  }

  /// Names of the sensors, kind after kind.
  public List<String> sensorNames() {
    List<String> names = new ArrayList<>();
    for (Sensor sensor : sensors) {
      names.add(sensor.name);
    }
    return names;
  }

  /// What was sent so far; for the thread that calls `next`.
  public FleetCounts counts() {
    return new FleetCounts(sent, done);
  }

  public Shares shares() {
    return shares;
  }

  /// Any thread may call.
  public synchronized void shares(UnaryOperator<Shares> change) {
    shares = change.apply(shares);
  }

  /// @param fault empty mends it
  /// @return false when there is no such sensor
  boolean breakSensor(String sensor, @Nullable Fault fault) {
    Integer position = positions.get(sensor);
    if (position == null) {
      return false;
    }
    broken.set(position, fault == null ? null : new Break(fault));
    return true;
  }

  @Nullable Fault brokenBy(int position) {
    Break by = broken.get(position);
    return by == null ? null : by.fault;
  }

  Disturbances disturbances() {
    return disturbances;
  }

  /// Has the sending thread do this, with the event time it has come to.
  void order(LongConsumer act) {
    orders.add(act);
  }

  /// Does what was ordered; for the thread that calls `next`.
  void takeOrders(long micros) {
    for (LongConsumer act = orders.poll(); act != null; act = orders.poll()) {
      act.accept(micros);
    }
  }

  /// Makes the next event. The sensors take turns; a silent one loses its turn.
  ///
  /// @param micros its time, since 1970-01-01T00:00:00Z; not before that of the event before
  /// @return false when every sensor kept silent; otherwise `key` and `value` hold the event
  boolean next(long micros) {
    if (micros >= due) {
      attend(micros);
    }
    for (int i = 0; i < order.length; i++) {
      int position = order[cursor];
      cursor = cursor + 1 == order.length ? 0 : cursor + 1;
      if (send(sensors[position], broken.get(position), micros)) {
        sent++;
        return true;
      }
    }
    return false;
  }

  private void attend(long micros) {
    if (due == Long.MIN_VALUE) {
      truth.run("%08x".formatted(new SplittableRandom(seed ^ (micros * 31)).nextInt()));
      disturbances.plan(micros, agenda);
      for (Scheduled scheduled : settings.schedule()) {
        agenda.add(scheduled.at().micros(micros), () -> begin(scheduled, micros));
      }
    }
    agenda.attend(micros);
    due = agenda.next();
  }

  /// @param start time of the first event; what would be over by then does not happen
  private void begin(Scheduled scheduled, long start) {
    long at = scheduled.at().micros(start);
    switch (scheduled) {
      case Scheduled.Break(_, Duration length, List<String> names, Fault fault) -> {
        long until = at + Sensor.micros(length);
        if (until > start) {
          names.forEach(
              name -> breakUntil(Objects.requireNonNull(positions.get(name)), fault, until));
        }
      }
      case Scheduled.Disturb(_, Optional<Duration> length, String event, String zone) ->
          disturbances.begin(disturbances.event(event).orElseThrow(), zone, at, length);
    }
  }

  /// A person goes first: what one broke stays as it is, and what one mends stays mended.
  private void breakUntil(int position, Fault fault, long until) {
    Break by = new Break(fault);
    if (broken.compareAndSet(position, null, by)) {
      agenda.add(until, () -> broken.compareAndSet(position, by, null));
    }
  }

  byte[] key() {
    return key;
  }

  byte[] value() {
    return value;
  }

  private boolean send(Sensor sensor, @Nullable Break by, long micros) {
    Shares now = shares;
    double lot = sensor.random.nextDouble();
    boolean silent = (by != null && by.fault == Fault.OFFLINE) || isSilent(sensor.episode);
    if (!silent && sensor.lastEvent != null) {
      if (lot < now.duplicates()) {
        again(sensor);
        return true;
      }
      if (lot < now.duplicates() + now.late()) {
        late(sensor);
        return true;
      }
    }
    // Every regular time is above the sensor's last, so key and time name one reading.
    long time = Math.max(micros & -GRID, sensor.lastTime + GRID);
    if (!silent && lot >= 1 - now.malformed()) {
      sensor.lastTime = time;
      malformed(sensor, time);
      return true;
    }
    return regular(sensor, by, time, now.anomalies());
  }

  private static boolean isSilent(@Nullable Fault fault) {
    return fault == Fault.OFFLINE || fault == Fault.DROPOUT;
  }

  private void again(Sensor sensor) {
    key = Objects.requireNonNull(sensor.lastKey);
    value = Objects.requireNonNull(sensor.lastEvent);
    long shown = sensor.lastScaled;
    note(sensor, sensor.lastEventTime, TruthKind.DUPLICATE, null, 0, shown, shown);
  }

  private void late(Sensor sensor) {
    long delay = lateLow + (lateSpan == 0 ? 0 : sensor.random.nextLong(lateSpan));
    long time = ((sensor.lastEventTime - delay) & -GRID) - GRID + 1 + sensor.lateSent % (GRID - 1);
    sensor.lateSent++;
    long reading = disturbed(sensor, sensor.read(time), time);
    sensor.form.write(out, reading, time, sensor.random);
    key = sensor.form.key(out);
    value = out.copy();
    note(sensor, time, TruthKind.LATE, null, 0, reading, reading);
  }

  private void malformed(Sensor sensor, long time) {
    Malformation how = malformations.get(sensor.random.nextInt(malformations.size()));
    long reading = sensor.read(time);
    sensor.form.write(out, reading, time, sensor.random);
    key = sensor.form.key(out);
    value = sensor.form.malformed(how, out, reading, time, sensor.random);
    String detail = how.name().toLowerCase(Locale.ROOT);
    note(sensor, time, TruthKind.MALFORMED, detail, 0, reading, reading);
  }

  private boolean regular(Sensor sensor, @Nullable Break by, long time, double rate) {
    long reading = sensor.read(time);
    if (by != sensor.brokenBy) {
      sensor.endEpisode(by);
      if (by != null) {
        sensor.episodeNumber = ++episodes;
      }
    }
    Fault fault = by == null ? lots.draw(sensor, rate) : FaultLots.broken(sensor, by.fault);
    long shown = reading;
    if (fault == null) {
      shown = disturbed(sensor, reading, time);
    } else {
      sensor.readingsSince++;
      if (isSilent(fault)) {
        note(sensor, time, TruthKind.of(fault), null, sensor.episodeNumber, null, reading);
        return false;
      }
      boolean repeats = fault == Fault.STUCK && sensor.hasRead;
      long met = repeats ? reading : disturbed(sensor, reading, time);
      shown =
          switch (fault) {
            case STUCK -> repeats ? sensor.lastScaled : met;
            case SPIKE -> sensor.spike(met);
            case DRIFT -> sensor.wander(met);
            case DROPOUT, OFFLINE -> met;
          };
      note(sensor, time, TruthKind.of(fault), null, sensor.episodeNumber, shown, met);
    }
    sensor.lastTime = time;
    sensor.form.write(out, shown, time, sensor.random);
    key = sensor.form.key(out);
    value = out.copy();
    sensor.lastKey = key;
    sensor.lastEvent = value;
    sensor.lastEventTime = time;
    sensor.lastScaled = shown;
    sensor.hasRead = true;
    return true;
  }

  /// The reading as its zone's event has it, noted where that is another.
  private long disturbed(Sensor sensor, long reading, long time) {
    Zone.Disturbance by = sensor.disturbance(time);
    if (by == null) {
      return reading;
    }
    long shifted = sensor.shifted(reading, by, time);
    if (shifted != reading) {
      note(sensor, time, TruthKind.ZONE_EVENT, by.event(), by.episode(), shifted, reading);
    }
    return shifted;
  }

  /// @param shown null when it is withheld
  private void note(
      Sensor sensor,
      long time,
      TruthKind kind,
      @Nullable String detail,
      long episode,
      @Nullable Long shown,
      long base) {
    done.merge(kind, 1L, Long::sum);
    truth.write(
        new TruthLog.Line(
            sensor.quotedName,
            time,
            kind,
            detail,
            episode,
            shown != null,
            shown == null ? 0 : shown,
            base,
            sensor.decimals));
  }
}
