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
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A fleet that sends at its rate, paced by the clock, on a thread of its own
/// (`millrace-simulator`).
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
  private final LiveRun plan;
  private final @Nullable EventClock clock;
  private final List<String> names;

  private volatile double targetRate;
  private volatile double actualRate;
  private volatile FleetCounts counts;
  private volatile boolean running;
  private volatile @Nullable MillraceException failure;

  /// Event time it has come to, in microseconds.
  private volatile long at;

  private @Nullable Thread thread;
  private boolean closed;

  /// @param sink closed with the simulator
  /// @param truth the fleet's; closed with the simulator
  public LiveSimulator(Fleet fleet, EventSink sink, TruthLog truth, LiveRun plan, Ticker ticker) {
    this.fleet = fleet;
    this.sink = sink;
    this.truth = truth;
    this.ticker = ticker;
    this.plan = plan;
    this.clock =
        plan.start().map(start -> new EventClock(start, fleet.settings().rate())).orElse(null);
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
    List<SimulatorStatus.Disturbed> disturbed =
        fleet.disturbances().disturbed(at).stream()
            .flatMap(
                zone ->
                    Optional.ofNullable(zone.disturbance())
                        .map(by -> new SimulatorStatus.Disturbed(by.event(), zone.place))
                        .stream())
            .toList();
    FleetCounts now = counts;
    MillraceException failed = failure;
    return new SimulatorStatus(
        running,
        targetRate,
        running ? actualRate : 0,
        now.sent(),
        now.anomalies(),
        fleet.shares(),
        names,
        broken,
        fleet.disturbances().events(),
        disturbed,
        failed == null ? "" : failed.what() + "; " + failed.remedy());
  }

  /// What was sent and done to it so far.
  public FleetCounts counts() {
    return counts;
  }

  /// Why it stopped by itself; empty when it did not, or had sent all it should.
  public Optional<MillraceException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public synchronized void start() {
    if (running || closed) {
      return;
    }
    running = true;
    failure = null;
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

  /// Waits until it has sent all it should, was stopped or has failed.
  ///
  /// @return false when it still sends after so long
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    Thread last;
    synchronized (this) {
      last = thread;
    }
    return last == null || last.join(longest);
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
    fleet.shares(s -> s.withAnomalies(share));
  }

  @Override
  public void malformedRate(double share) {
    fleet.shares(s -> s.withMalformed(share));
  }

  @Override
  public void lateRate(double share) {
    fleet.shares(s -> s.withLate(share));
  }

  @Override
  public void duplicateRate(double share) {
    fleet.shares(s -> s.withDuplicates(share));
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
      throw unknown("sensor", SENSORS, sensor, names);
    }
  }

  @Override
  public void disturb(String event, String zone) {
    Disturbances disturbances = fleet.disturbances();
    List<String> known = disturbances.events().stream().map(ZoneEvent::name).toList();
    ZoneEvent found =
        disturbances
            .event(event)
            .orElseThrow(() -> unknown("zone event", "zone events", event, known));
    if (!found.zones().contains(zone)) {
      throw unknown("zone for " + event, "zones for it", zone, found.zones());
    }
    fleet.order(micros -> disturbances.begin(found, zone, micros, Optional.empty()));
  }

  @Override
  public void calm(String zone) {
    Disturbances disturbances = fleet.disturbances();
    if (!disturbances.places().contains(zone)) {
      throw unknown("zone", "zones", zone, disturbances.places());
    }
    fleet.order(_ -> disturbances.calm(zone));
  }

  /// What a person can read at a glance, and need not look up elsewhere.
  private static final int NAMED = 30;

  private static final String SENSORS = "sensors";

  private static MillraceException unknown(
      String what, String several, String name, List<String> known) {
    return new MillraceException(
        ErrorCode.USAGE,
        "the fleet has no " + what + " '" + name + "'",
        Nearest.to(name, known)
            .map(near -> "did you mean " + near + "?")
            .orElse(
                known.isEmpty()
                    ? "simulator.yaml names none"
                    : known.size() <= NAMED
                        ? "choose one of its " + several + ": " + String.join(", ", known)
                        : "choose one of its "
                            + known.size()
                            + " "
                            + several
                            + (several.equals(SENSORS)
                                ? ", which the order 'sensors' lists"
                                : "")));
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
      if (failure == null) {
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
      ended();
    } catch (InterruptedException _) {
      running = false;
      Thread.currentThread().interrupt();
    } catch (MillraceException e) {
      failure = e;
      running = false;
      LOG.error("The simulator stopped: {}; {}", e.what(), e.remedy());
    } catch (RuntimeException e) {
      failure =
          new MillraceException(
              ErrorCode.INTERNAL,
              "a fault of the simulator's own: " + e,
              "see the log file; start it again",
              e);
      running = false;
      LOG.error("The simulator stopped", e);
    }
  }

  /// Unless another thread was started meanwhile.
  private synchronized void ended() {
    if (Thread.currentThread().equals(thread)) {
      running = false;
    }
  }

  private void send() {
    Pacer pacer = new Pacer(targetRate * plan.speed(), ticker.nanos());
    Deque<Mark> marks = new ArrayDeque<>();
    long flushed = ticker.nanos();
    while (running && counts.sent() < plan.events()) {
      long now = ticker.nanos();
      double rate = targetRate;
      pacer.rate(rate * plan.speed(), now);
      long due = Math.min(LARGEST_BURST, pacer.due(now));
      if (due > 0) {
        burst(due, rate);
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

  /// Sends what is due. Without a clock of their own the event times are spread back over the time
  /// the events became due in.
  private void burst(long due, double rate) {
    long now = micros();
    double step = 1e6 / rate;
    if (clock != null) {
      clock.rate(rate);
    }
    long left = plan.events() - counts.sent();
    for (long i = due - 1; i >= 0 && left > 0; i--) {
      long time = clock == null ? now - (long) (i * step) : clock.next();
      if (i == due - 1) {
        fleet.takeOrders(time);
      }
      if (fleet.next(time)) {
        sink.send(fleet.key(), fleet.value());
        left--;
      }
      if (i == 0) {
        at = time;
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
