package dev.millrace.simulator;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.simulator.sink.EventSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A fleet that sends at its rate, in real time, on a thread of its own (`millrace-simulator`).
///
/// Any thread may call. The fleet, sink and truth are touched by the thread alone, and by `close`
/// after it has ended; `this` guards only starting and stopping. When the sink fails the simulator
/// stops by itself and its status says why; `start` tries again.
public final class LiveSimulator implements SimulatorControl {

  private static final Logger LOG = LoggerFactory.getLogger(LiveSimulator.class);
  private static final long LONGEST_WAIT = 50_000_000L;
  private static final long SHORTEST_WAIT = 1_000_000L;
  private static final long LARGEST_BURST = 1000;
  private static final long FLUSH_EVERY = 1_000_000_000L;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(40);

  /// Nanoseconds and events at one moment, for the rate of the last seconds.
  private record Mark(long nanos, long sent) {}

  private final Fleet fleet;
  private final EventSink sink;
  private final TruthLog truth;
  private final Ticker ticker;
  private final List<String> names;

  private volatile double targetRate;
  private volatile double actualRate;
  private volatile FleetCounts counts;
  private volatile boolean running;
  private volatile String message = "";
  private @Nullable Thread thread;
  private boolean closed;

  /// @param sink closed with the simulator
  /// @param truth the fleet's; closed with the simulator
  public LiveSimulator(Fleet fleet, EventSink sink, TruthLog truth, Ticker ticker) {
    this.fleet = fleet;
    this.sink = sink;
    this.truth = truth;
    this.ticker = ticker;
    this.names = fleet.sensorNames();
    this.targetRate = fleet.settings().rate();
    this.counts = fleet.counts();
  }

  @Override
  public SimulatorStatus status() {
    List<SimulatorStatus.Broken> broken = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Fault fault = fleet.brokenBy(i);
      if (fault != null) {
        broken.add(new SimulatorStatus.Broken(names.get(i), fault));
      }
    }
    FleetCounts now = counts;
    return new SimulatorStatus(
        running,
        targetRate,
        running ? actualRate : 0,
        now.sent(),
        now.anomalies(),
        fleet.anomalyRate(),
        names,
        broken,
        message);
  }

  /// What was sent and done to it so far.
  public FleetCounts counts() {
    return counts;
  }

  @Override
  public synchronized void start() {
    if (running || closed) {
      return;
    }
    running = true;
    message = "";
    Thread before = thread;
    thread = Thread.ofPlatform().name("millrace-simulator").daemon().start(() -> run(before));
  }

  @Override
  public synchronized void stop() {
    running = false;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void rate(double eventsPerSecond) {
    FleetSettings.refuseUnless(
        eventsPerSecond > 0 && eventsPerSecond <= FleetSettings.MOST_PER_SECOND,
        "a rate lies above 0 and up to 10,000,000 events per second");
    targetRate = eventsPerSecond;
  }

  @Override
  public void anomalyRate(double share) {
    fleet.anomalyRate(share);
  }

  @Override
  public void breakSensor(String sensor, Fault fault) {
    setFault(sensor, fault);
  }

  @Override
  public void mend(String sensor) {
    setFault(sensor, null);
  }

  private void setFault(String sensor, @Nullable Fault fault) {
    if (!fleet.breakSensor(sensor, fault)) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "the fleet has no sensor '" + sensor + "'",
          Nearest.to(sensor, names)
              .map(near -> "did you mean " + near + "?")
              .orElse("choose one of its " + names.size() + " sensors"));
    }
  }

  /// Stops, waits for the thread's end, then flushes and closes sink and truth.
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      stop();
      last = thread;
    }
    try {
      if (last != null && !last.join(LONGEST_CLOSE)) {
        last.interrupt();
        last.join(LONGEST_CLOSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    try (truth) {
      sink.close();
    } catch (MillraceException e) {
      if (message.isEmpty()) {
        throw e;
      }
      LOG.debug("The sink that failed does not close well either", e);
    }
  }

  private void run(@Nullable Thread before) {
    try {
      if (before != null) {
        before.join();
      }
      send();
      sink.flush();
      truth.flush();
    } catch (InterruptedException _) {
      running = false;
      Thread.currentThread().interrupt();
    } catch (MillraceException e) {
      message = e.what() + "; " + e.remedy();
      running = false;
      LOG.error("The simulator stopped: {}", message);
    } catch (RuntimeException e) {
      message = "a fault of the simulator's own: " + e;
      running = false;
      LOG.error("The simulator stopped", e);
    }
  }

  private void send() {
    Pacer pacer = new Pacer(targetRate, ticker.nanos());
    Deque<Mark> marks = new ArrayDeque<>();
    long flushed = ticker.nanos();
    while (running) {
      long now = ticker.nanos();
      pacer.rate(targetRate, now);
      long due = Math.min(LARGEST_BURST, pacer.due(now));
      if (due > 0) {
        burst(due, pacer.rate());
        pacer.take(due);
      }
      measure(marks, now);
      if (now - flushed > FLUSH_EVERY) {
        flushed = now;
        truth.flush();
      }
      if (due < LARGEST_BURST) {
        ticker.await(Math.clamp(pacer.untilNext(ticker.nanos()), SHORTEST_WAIT, LONGEST_WAIT));
      }
    }
  }

  /// Sends what is due; its event times are spread back over the time it became due in.
  private void burst(long due, double rate) {
    long now = micros();
    double step = 1e6 / rate;
    for (long i = due - 1; i >= 0; i--) {
      if (fleet.next(now - (long) (i * step))) {
        sink.send(fleet.key(), fleet.value());
      }
    }
    counts = fleet.counts();
  }

  private long micros() {
    return BatchTimes.micros(ticker.now());
  }

  private void measure(Deque<Mark> marks, long now) {
    if (marks.isEmpty() || now - marks.getLast().nanos() >= 200_000_000L) {
      marks.add(new Mark(now, counts.sent()));
      if (marks.size() > 11) {
        marks.removeFirst();
      }
    }
    Mark first = marks.getFirst();
    if (now > first.nanos()) {
      actualRate = (counts.sent() - first.sent()) * 1e9 / (now - first.nanos());
    }
  }
}
