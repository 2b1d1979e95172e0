package dev.millrace.app.cli;

import dev.millrace.app.metrics.MetricsServer;
import dev.millrace.app.metrics.SimulatorMeters;
import dev.millrace.app.session.Interruption;
import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.simulator.BatchTimes;
import dev.millrace.simulator.FleetCounts;
import dev.millrace.simulator.FleetSettings;
import dev.millrace.simulator.LiveRun;
import dev.millrace.simulator.LiveSimulator;
import dev.millrace.simulator.Simulators;
import dev.millrace.simulator.TruthLog;
import dev.millrace.simulator.replay.ReplaySpeed;
import dev.millrace.simulator.sink.EventSink;
import dev.millrace.simulator.sink.FileSink;
import dev.millrace.simulator.sink.KafkaSink;
import dev.millrace.simulator.steer.SteeringPort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace simulate PIPELINE`: a fleet that sends events.
@Command(
    name = "simulate",
    description = {
      "Send the events of a pipeline's simulated fleet, until Ctrl+C or until so many are sent.",
      "What was done to events (faults, zone events, malformed, late, duplicates) is kept beside them;"
          + " 'millrace score' compares it with what was found. 'millrace steer' changes rates and"
          + " breaks sensors while it runs.",
      "The same --seed, --start and --rate give the same bytes, at any --speed."
    })
final class SimulateCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(200);

  @ParentCommand private Millrace millrace;

  @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.")
  private String name = "";

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Events per second over the fleet (default: simulator.yaml's); 'max' is --speed max.")
  private Optional<String> rate = Optional.empty();

  @Option(names = "--events", paramLabel = "N", description = "End after N events.")
  private Optional<Long> events = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Where chance begins (default: another each time; it is told).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = {"--start", "--from"},
      paramLabel = "T",
      description =
          "Event time of the first event, 2026-01-01 or 2026-01-01T12:00:00Z; the others follow at the"
              + " rate (default: events have the time they are sent at, or begin now at another"
              + " speed).")
  private Optional<Instant> start = Optional.empty();

  @Option(
      names = "--speed",
      paramLabel = "X|max",
      defaultValue = "1",
      description =
          "Times as fast as the events' own time, or as fast as possible, which needs --events"
              + " (default: 1).")
  private String speed = "1";

  @Option(
      names = "--out",
      paramLabel = "kafka|FILE",
      defaultValue = "kafka",
      description =
          "The feed's topic, or a file with one event a line, packed when it ends in .gz or .zst"
              + " (default: kafka).")
  private String out = "kafka";

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description =
          "Where the truth goes (default: appended to <home>/simulator/<pipeline>/truth.ndjson; with"
              + " --out FILE, written anew beside it as <FILE>.truth.ndjson).")
  private Optional<Path> truth = Optional.empty();

  @Option(
      names = "--anomalies",
      paramLabel = "P",
      description = "Share of readings made anomalous, 0 to 1.")
  private Optional<Double> anomalies = Optional.empty();

  @Option(
      names = "--malformed",
      paramLabel = "P",
      description = "Share of events that are no valid event, 0 to 1.")
  private Optional<Double> malformed = Optional.empty();

  @Option(
      names = "--late",
      paramLabel = "P",
      description = "Share of events older than the watermark, 0 to 1.")
  private Optional<Double> late = Optional.empty();

  @Option(
      names = "--duplicates",
      paramLabel = "P",
      description = "Share of events sent twice, 0 to 1.")
  private Optional<Double> duplicates = Optional.empty();

  @Override
  public Integer call() {
    Output output = millrace.output();
    events.ifPresent(number -> Given.atLeastOne("--events", number));
    Pipelines catalogue = new Pipelines(millrace.home());
    Pipeline pipeline = catalogue.find(name);
    FleetSettings settings = settings(pipeline, catalogue);
    Run run = new Run(pipeline, settings, seed.orElseGet(SimulateCommand::anySeed), factor());
    if (run.speed().isMax() && events.isEmpty()) {
      throw new MillraceException(
          ErrorCode.USAGE, "full speed needs an end", "say how many with --events N");
    }
    Feed feed = pipeline.feed(settings.feed()).orElseThrow();
    long started = System.nanoTime();
    FleetCounts counts;
    Optional<MetricsServer> metrics = millrace.metrics();
    try {
      if (out.equals("kafka")) {
        try (ServicesHandle services =
            EmbeddedServices.startOrAttach(millrace.home(), new ProgressLines(output))) {
          String servers = services.endpoints().kafka();
          KafkaTopics.ensure(servers, feed);
          EventSink sink = KafkaSink.open(servers, feed.kafka().topic());
          counts = send(run, counted(sink, metrics), output);
        }
      } else {
        counts = send(run, counted(FileSink.open(Path.of(out)), metrics), output);
      }
    } finally {
      metrics.ifPresent(MetricsServer::close);
    }
    print(output, counts, run, (System.nanoTime() - started) / 1e9);
    return events.isPresent() && counts.sent() < events.get() ? 1 : 0;
  }

  private EventSink counted(EventSink sink, Optional<MetricsServer> metrics) {
    return metrics.map(m -> SimulatorMeters.counting(sink, name, m.registry())).orElse(sink);
  }

  /// What to send, settled.
  private record Run(Pipeline pipeline, FleetSettings settings, long seed, ReplaySpeed speed) {}

  /// Positive and short enough to be typed again.
  private static long anySeed() {
    return ThreadLocalRandom.current().nextLong(1, 1_000_000_000_000L);
  }

  private ReplaySpeed factor() {
    return rate.equals(Optional.of("max")) ? ReplaySpeed.MAX : ReplaySpeed.parse(speed);
  }

  private void print(Output output, FleetCounts counts, Run run, double seconds) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("sent", counts.sent());
    result.put("anomalies", counts.anomalies());
    result.put("zone_events", counts.zoneEvents());
    result.put("withheld", counts.withheld());
    result.put("malformed", counts.malformed());
    result.put("late", counts.late());
    result.put("duplicates", counts.duplicates());
    result.put("seed", run.seed());
    result.put("truth", truthFile().toString());
    result.put("seconds", Math.round(seconds * 1000) / 1e3);
    output.result(
        result,
        List.of(
            ("%,d events sent in %.1f s: %,d anomalous readings, %,d moved by zone events, %,d"
                    + " withheld, %,d malformed, %,d late, %,d duplicates")
                .formatted(
                    counts.sent(),
                    seconds,
                    counts.anomalies(),
                    counts.zoneEvents(),
                    counts.withheld(),
                    counts.malformed(),
                    counts.late(),
                    counts.duplicates())));
  }

  private Path truthFile() {
    if (truth.isPresent()) {
      return truth.get();
    }
    if (out.equals("kafka")) {
      return millrace.home().truth(name);
    }
    Path file = Path.of(out);
    return file.resolveSibling(file.getFileName() + ".truth.ndjson");
  }

  private FleetSettings settings(Pipeline pipeline, Pipelines catalogue) {
    FleetSettings settings =
        Simulators.settings(pipeline, catalogue.listed(pipeline.name()).folder());
    if (rate.isPresent() && !rate.get().equals("max")) {
      settings = settings.withRate(number(rate.get()));
    }
    if (anomalies.isPresent()) {
      settings = settings.withAnomalies(anomalies.get());
    }
    if (malformed.isPresent()) {
      settings = settings.withMalformed(malformed.get());
    }
    if (late.isPresent()) {
      settings = settings.withLate(late.get());
    }
    return duplicates.isPresent() ? settings.withDuplicates(duplicates.get()) : settings;
  }

  private FleetCounts send(Run run, EventSink sink, Output output) {
    boolean toKafka = out.equals("kafka");
    TruthLog log = toKafka ? TruthLog.append(truthFile()) : TruthLog.anew(truthFile());
    String end = events.map(n -> "%,d events".formatted(n)).orElse("until Ctrl+C");
    String pace =
        run.speed().isMax()
            ? "at full speed"
            : "at %,.1f a second".formatted(run.settings().rate() * run.speed().factor());
    output.progress("Sending %s %s, seed %d".formatted(end, pace, run.seed()));
    if (run.speed().isMax()) {
      try (sink;
          log) {
        return Simulators.batch(
            run.pipeline(),
            run.settings(),
            run.seed(),
            events.orElseThrow(),
            new BatchTimes.From(start.orElseGet(Instant::now), run.settings().rate()),
            sink,
            log,
            new ProgressLines(output));
      }
    }
    return paced(run, sink, log, output);
  }

  /// Sends by the clock, and takes orders meanwhile.
  private FleetCounts paced(Run run, EventSink sink, TruthLog log, Output output) {
    double factor = run.speed().factor();
    LiveRun plan =
        new LiveRun(
            events.orElse(Long.MAX_VALUE),
            factor == 1 ? start : Optional.of(start.orElseGet(Instant::now)),
            factor);
    Path folder = millrace.home().simulator(name);
    ProgressLines progress = new ProgressLines(output);
    LiveSimulator fleet =
        Simulators.live(run.pipeline(), run.settings(), run.seed(), plan, sink, log);
    CountDownLatch ordered = new CountDownLatch(1);
    try (fleet;
        SteeringPort _ = SteeringPort.open(folder, fleet, ordered::countDown)) {
      fleet.start();
      boolean silent = false;
      while (!ordered.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)
          && !Interruption.wished()
          && fleet.failure().isEmpty()
          && fleet.counts().sent() < plan.events()) {
        if (fleet.status().running()) {
          silent = false;
          long sent = fleet.counts().sent();
          if (sent > 0) {
            progress.report("events sent", sent, events.orElse(0L));
          }
        } else if (!silent) {
          silent = true;
          output.progress(
              "Silent; 'millrace steer %s start' goes on, 'end' or Ctrl+C ends.".formatted(name));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    fleet
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return fleet.counts();
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "--rate " + text + " is no number",
          "write events per second, for example --rate 500, or 'max'",
          e);
    }
  }
}
