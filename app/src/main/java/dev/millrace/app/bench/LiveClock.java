package dev.millrace.app.bench;

import dev.millrace.app.bench.LiveSample.Minute;
import dev.millrace.engine.event.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The course of one live measure: warms up, then counts latencies until its seconds are over.
/// Confined to the thread that measures.
final class LiveClock {

  private static final long MINUTE = 60_000_000_000L;

  /// A machine under load may bring the first events late: so long they are waited for.
  private static final long PATIENCE = MINUTE;

  private final LiveMeasure measure;
  private final long rate;
  private final long beginNanos;
  private final long endNanos;
  private final long firstStamp;
  private final Latencies all = new Latencies();
  private final List<Minute> minutes = new ArrayList<>();
  private Latencies ofMinute = new Latencies();
  private long cpuBefore = -1;
  private long cpuOfMinute;
  private long minuteNanos;

  LiveClock(LiveMeasure measure, long rate, long warmUpSeconds, long seconds) {
    this.measure = measure;
    this.rate = rate;
    beginNanos = System.nanoTime() + warmUpSeconds * 1_000_000_000L;
    endNanos = beginNanos + seconds * 1_000_000_000L;
    firstStamp = Micros.of(Instant.now().plusSeconds(warmUpSeconds));
  }

  static long now() {
    return Micros.of(Instant.now());
  }

  /// An event of this stamp was seen now; both in microseconds.
  void saw(long stamp, long now) {
    if (stamp >= firstStamp) {
      all.add(now - stamp);
      ofMinute.add(now - stamp);
    }
  }

  /// Whether to go on; to be asked often.
  boolean goesOn() {
    long nanos = System.nanoTime();
    if (nanos >= beginNanos && cpuBefore < 0) {
      cpuBefore = CpuTimes.ofProcess();
      cpuOfMinute = cpuBefore;
      minuteNanos = nanos;
    }
    if (cpuBefore >= 0 && nanos - minuteNanos >= MINUTE) {
      endMinute(nanos);
    }
    return nanos < endNanos || (all.count() < rate && nanos < endNanos + PATIENCE);
  }

  private void endMinute(long nanos) {
    long cpu = CpuTimes.ofProcess();
    double wall = nanos - minuteNanos;
    Minute minute =
        new Minute(
            minutes.size() + 1,
            Math.round(ofMinute.count() / wall * 1e9),
            ofMinute.millis(0.99),
            (cpu - cpuOfMinute) / wall,
            Memory.resident(),
            Memory.heapAfterCollection());
    minutes.add(minute);
    System.err.printf(
        Locale.ROOT,
        "minute %d: %,d events/s, p99 %.1f ms, %.2f cores, RSS %.0f MiB, heap after collection %.0f MiB%n",
        minute.number(),
        minute.eventsPerSecond(),
        minute.p99(),
        minute.cpuShare(),
        minute.rssMegabytes(),
        minute.heapMegabytes());
    ofMinute = new Latencies();
    cpuOfMinute = cpu;
    minuteNanos = nanos;
  }

  LiveSample sample() {
    long nanos = System.nanoTime();
    double wall = nanos - beginNanos;
    if (nanos - minuteNanos >= MINUTE / 2) {
      endMinute(nanos);
    }
    return new LiveSample(
        measure,
        rate,
        all.count(),
        wall / 1e9,
        all.millis(0.5),
        all.millis(0.99),
        all.largestMillis(),
        (CpuTimes.ofProcess() - cpuBefore) / wall,
        Memory.resident(),
        minutes);
  }
}
