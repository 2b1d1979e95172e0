package dev.millrace.simulator;

import dev.millrace.engine.pipeline.ValueRange;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One sensor: its own random stream, what it reads at a time, and the state of its faults.
final class Sensor {

  private static final long DAY = micros(Duration.ofDays(1));

  final String name;
  final byte[] quotedName;
  final EventForm form;
  final SplittableRandom random;
  final int decimals;
  final long scale;

  private final Signal signal;
  private final Wave shared;
  private final Wave own;
  private final @Nullable Zone zone;
  private final double base;
  private final double peakPhase;
  private final @Nullable ValueRange range;

  /// Newest event time sent on time, in microseconds; 0 before the first.
  long lastTime;

  /// The newest well-formed event, for sending it once more; null before the first.
  byte @Nullable [] lastKey;

  byte @Nullable [] lastEvent;
  long lastEventTime;
  long lastScaled;
  boolean hasRead;
  int lateSent;

  /// The fault of the running episode, how many readings it still has, and how many it had.
  @Nullable Fault episode;

  int readingsLeft;
  int readingsSince;
  int direction = 1;

  /// Number of the newest episode; 0 before the first.
  long episodeNumber;

  /// What it was broken by, as of its last reading; null when nothing did.
  @Nullable Break brokenBy;

  Sensor(
      String name,
      Signal signal,
      EventForm form,
      Wave shared,
      @Nullable Zone zone,
      @Nullable ValueRange range,
      SplittableRandom random) {
    this.name = name;
    this.quotedName = JsonBytes.quote(name);
    this.signal = signal;
    this.form = form;
    this.random = random;
    this.shared = shared;
    this.zone = zone;
    this.range = range;
    this.decimals = signal.decimals();
    this.scale = JsonBytes.power(decimals);
    this.own = new Wave(random, micros(Duration.ofDays(2)), micros(Duration.ofDays(9)));
    this.base = signal.base() + signal.spread() * random.nextGaussian();
    // A sine is highest after a quarter of its period; it has to be at the peak hour.
    this.peakPhase = 1.25 - signal.peak().toNanoOfDay() / 1000.0 / DAY;
  }

  void begin(Fault fault, long number) {
    episode = fault;
    episodeNumber = number;
    readingsSince = 0;
  }

  /// It was broken from outside, or mended when there is no break.
  void endEpisode(@Nullable Break by) {
    brokenBy = by;
    episode = null;
    readingsLeft = 0;
    readingsSince = 0;
  }

  static long micros(Duration duration) {
    return Math.multiplyExact(duration.toSeconds(), 1_000_000L) + duration.toNanosPart() / 1000;
  }

  /// What it truly reads, within the physical range, times 10^decimals.
  long read(long micros) {
    double value =
        base
            + signal.daily() * Wave.sine(micros, DAY, peakPhase)
            + signal.zone() * shared.at(micros)
            + signal.drift() * own.at(micros)
            + signal.noise() * random.nextGaussian();
    return Math.round(inRange(value) * scale);
  }

  /// What disturbs its zone at the time; null for nothing.
  Zone.@Nullable Disturbance disturbance(long micros) {
    Zone.Disturbance by = zone == null ? null : zone.disturbance();
    return by == null || micros < by.from() || micros >= by.until() ? null : by;
  }

  /// The reading moved by what disturbs its zone, within the physical range.
  long shifted(long reading, Zone.Disturbance by, long micros) {
    return Math.round(inRange((double) reading / scale + by.at(micros)) * scale);
  }

  private double inRange(double value) {
    return range == null ? value : Math.clamp(value, range.low(), range.high());
  }

  /// A jump far out; one in four leaves the physical range.
  long spike(long truth) {
    double way = random.nextDouble();
    boolean up = random.nextBoolean();
    if (range != null && random.nextInt(4) == 0) {
      double beyond = (range.high() - range.low()) * (0.02 + 0.3 * way);
      return Math.round((up ? range.high() + beyond : range.low() - beyond) * scale);
    }
    double jump = signal.spikeLow() + (signal.spikeHigh() - signal.spikeLow()) * way;
    return truth + Math.round((up ? jump : -jump) * scale);
  }

  /// Away from the truth by a step more with every reading, up to three of its furthest spikes.
  long wander(long truth) {
    double step = Math.max(signal.spikeHigh() / 40, 1.0 / scale);
    double way = Math.min(readingsSince * step, 3 * signal.spikeHigh() + step);
    return truth + direction * Math.max(1, Math.round(way * scale));
  }
}
