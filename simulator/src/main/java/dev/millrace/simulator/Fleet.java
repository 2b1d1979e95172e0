package dev.millrace.simulator;

import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The sensors of a pipeline and the events they send, one after another.
///
/// The same settings, seed and times give the same events, byte for byte. One thread calls `next`;
/// any thread may change the anomaly rate and break sensors meanwhile.
public final class Fleet {

  /// Regular event times are multiples of this, in microseconds, and late ones are not, so that a
  /// late event never has the time of another of its sensor.
  private static final long GRID = 8;

  private static final Duration SHORTEST_WAVE = Duration.ofMinutes(40);
  private static final Duration LONGEST_WAVE = Duration.ofHours(5);

  private final FleetSettings settings;
  private final Sensor[] sensors;

  /// Positions in `sensors`; they send in this order, again and again.
  private final int[] order;

  private final TruthLog truth;
  private final JsonBytes out = new JsonBytes();
  private final Map<String, Integer> positions = new HashMap<>();
  private final AtomicReferenceArray<@Nullable Fault> broken;
  private final List<FaultMix> mixes;
  private final double[] startWeights;
  private final double meanReadings;
  private final List<Malformation> malformations;
  private final long lateLow;
  private final long lateSpan;
  private final EnumMap<TruthKind, Long> done = new EnumMap<>(TruthKind.class);
  private volatile double anomalyRate;
  private int cursor;
  private long sent;
  private byte[] key = {};
  private byte[] value = {};

  private Fleet(Pipeline pipeline, FleetSettings settings, long seed, TruthLog truth) {
    Feed feed = pipeline.feed(settings.feed()).orElseThrow();
    this.settings = settings;
    this.truth = truth;
    this.anomalyRate = settings.anomalies();
    SplittableRandom root = new SplittableRandom(seed);
    this.sensors = sensors(pipeline, feed, settings, root);
    this.order = shuffled(sensors.length, root.split());
    for (int i = 0; i < sensors.length; i++) {
      positions.put(sensors[i].name, i);
    }
    this.broken = new AtomicReferenceArray<>(sensors.length);
    this.mixes =
        settings.faults().isEmpty() && feed.roles().value().isPresent()
            ? List.of(new FaultMix(Fault.SPIKE, 1, 1, 1))
            : settings.faults();
    this.startWeights = mixes.stream().mapToDouble(m -> m.part() / m.meanReadings()).toArray();
    double parts = mixes.stream().mapToDouble(FaultMix::part).sum();
    this.meanReadings = mixes.isEmpty() ? 1 : parts / DoubleStream.of(startWeights).sum();
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
      Pipeline pipeline, Feed feed, FleetSettings settings, SplittableRandom root) {
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

  public double anomalyRate() {
    return anomalyRate;
  }

  /// @param share of readings made anomalous, 0 to 1
  public void anomalyRate(double share) {
    FleetSettings.refuseUnless(share >= 0 && share <= 1, "an anomaly rate lies from 0 to 1");
    anomalyRate = share;
  }

  /// @param fault empty mends it
  /// @return false when there is no such sensor
  boolean breakSensor(String sensor, @Nullable Fault fault) {
    Integer position = positions.get(sensor);
    if (position == null) {
      return false;
    }
    broken.set(position, fault);
    return true;
  }

  @Nullable Fault brokenBy(int position) {
    return broken.get(position);
  }

  /// Makes the next event. The sensors take turns; a silent one loses its turn.
  ///
  /// @param micros its time, since 1970-01-01T00:00:00Z; not before that of the event before
  /// @return false when every sensor kept silent; otherwise `key` and `value` hold the event
  boolean next(long micros) {
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

  byte[] key() {
    return key;
  }

  byte[] value() {
    return value;
  }

  private boolean send(Sensor sensor, @Nullable Fault brokenBy, long micros) {
    double lot = sensor.random.nextDouble();
    boolean silent = brokenBy == Fault.OFFLINE || isSilent(sensor.episode);
    if (!silent && sensor.lastEvent != null) {
      if (lot < settings.duplicates()) {
        again(sensor);
        return true;
      }
      if (lot < settings.duplicates() + settings.late()) {
        late(sensor);
        return true;
      }
    }
    // Every regular time is above the sensor's last, so key and time name one reading.
    long time = Math.max(micros & -GRID, sensor.lastTime + GRID);
    if (!silent && lot >= 1 - settings.malformed()) {
      sensor.lastTime = time;
      malformed(sensor, time);
      return true;
    }
    return regular(sensor, brokenBy, time);
  }

  private static boolean isSilent(@Nullable Fault fault) {
    return fault == Fault.OFFLINE || fault == Fault.DROPOUT;
  }

  private void again(Sensor sensor) {
    key = Objects.requireNonNull(sensor.lastKey);
    value = Objects.requireNonNull(sensor.lastEvent);
    note(
        sensor,
        sensor.lastEventTime,
        TruthKind.DUPLICATE,
        null,
        true,
        sensor.lastScaled,
        sensor.lastScaled);
  }

  private void late(Sensor sensor) {
    long delay = lateLow + (lateSpan == 0 ? 0 : sensor.random.nextLong(lateSpan));
    long time = ((sensor.lastEventTime - delay) & -GRID) - GRID + 1 + sensor.lateSent % (GRID - 1);
    sensor.lateSent++;
    long reading = sensor.read(time);
    sensor.form.write(out, reading, time, sensor.random);
    key = sensor.form.key(out);
    value = out.copy();
    note(sensor, time, TruthKind.LATE, null, true, reading, reading);
  }

  private void malformed(Sensor sensor, long time) {
    Malformation how = malformations.get(sensor.random.nextInt(malformations.size()));
    long reading = sensor.read(time);
    sensor.form.write(out, reading, time, sensor.random);
    key = sensor.form.key(out);
    value = sensor.form.malformed(how, out, reading, time, sensor.random);
    note(sensor, time, TruthKind.MALFORMED, how, true, reading, reading);
  }

  private boolean regular(Sensor sensor, @Nullable Fault brokenBy, long time) {
    long reading = sensor.read(time);
    if (brokenBy != sensor.brokenBy) {
      sensor.endEpisode(brokenBy);
    }
    Fault fault = brokenBy == null ? episode(sensor) : broken(sensor, brokenBy);
    long shown = reading;
    if (fault != null) {
      sensor.readingsSince++;
      shown =
          switch (fault) {
            case STUCK -> sensor.hasRead ? sensor.lastScaled : reading;
            case SPIKE -> sensor.spike(reading);
            case DRIFT -> sensor.wander(reading);
            case DROPOUT, OFFLINE -> reading;
          };
      boolean withheld = isSilent(fault);
      note(sensor, time, TruthKind.of(fault), null, !withheld, shown, reading);
      if (withheld) {
        return false;
      }
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

  /// The fault of this reading by chance, so that the share of faulty readings is the anomaly rate:
  /// an episode of mean length m begins after a sound reading with chance r / (m (1 - r) + r).
  private @Nullable Fault episode(Sensor sensor) {
    if (sensor.readingsLeft > 0) {
      sensor.readingsLeft--;
      return endOrGoOn(sensor);
    }
    double rate = anomalyRate;
    double lot = sensor.random.nextDouble();
    if (mixes.isEmpty() || lot >= rate / (meanReadings * (1 - rate) + rate)) {
      return null;
    }
    FaultMix mix = mixes.get(drawn(sensor));
    sensor.episode = mix.fault();
    sensor.readingsSince = 0;
    sensor.direction = sensor.random.nextBoolean() ? 1 : -1;
    sensor.readingsLeft = sensor.random.nextInt(mix.shortest(), mix.longest() + 1) - 1;
    return endOrGoOn(sensor);
  }

  private static @Nullable Fault endOrGoOn(Sensor sensor) {
    Fault fault = sensor.episode;
    if (sensor.readingsLeft == 0) {
      sensor.episode = null;
    }
    return fault;
  }

  private int drawn(Sensor sensor) {
    double all = 0;
    for (double weight : startWeights) {
      all += weight;
    }
    double lot = sensor.random.nextDouble() * all;
    for (int i = 0; i < startWeights.length; i++) {
      lot -= startWeights[i];
      if (lot < 0) {
        return i;
      }
    }
    return startWeights.length - 1;
  }

  /// What a sensor that a person broke does with this reading.
  private static @Nullable Fault broken(Sensor sensor, Fault fault) {
    return switch (fault) {
      case STUCK, DRIFT, OFFLINE -> fault;
      case SPIKE -> sensor.random.nextInt(5) == 0 ? fault : null;
      case DROPOUT -> sensor.random.nextBoolean() ? fault : null;
    };
  }

  private void note(
      Sensor sensor,
      long time,
      TruthKind kind,
      @Nullable Malformation detail,
      boolean wasSent,
      long scaled,
      long base) {
    done.merge(kind, 1L, Long::sum);
    truth.write(sensor.quotedName, time, kind, detail, wasSent, scaled, base, sensor.decimals);
  }
}
