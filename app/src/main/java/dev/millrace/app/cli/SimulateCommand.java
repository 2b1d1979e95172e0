package dev.millrace.app.cli;

import dev.millrace.app.metrics.MetricsServer;
import dev.millrace.app.metrics.SimulatorMeters;
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
import dev.millrace.simulator.Simulators;
import dev.millrace.simulator.Ticker;
import dev.millrace.simulator.sink.EventSink;
import dev.millrace.simulator.sink.FileSink;
import dev.millrace.simulator.sink.KafkaSink;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace simulate PIPELINE`: a fleet that sends events.
@Command(
    name = "simulate",
    description = {
      "Send the events of a pipeline's simulated fleet, until Ctrl+C or until so many are sent.",
      "What was done to events (anomalies, malformed, late, duplicates) is kept beside them in"
          + " <home>/simulator/<pipeline>/truth.ndjson."
    })
final class SimulateCommand implements Callable<Integer> {

  @ParentCommand private Millrace millrace;

  @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.")
  private String name = "";

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Events per second over the fleet; 'max' with --events (default: simulator.yaml's).")
  private Optional<String> rate = Optional.empty();

  @Option(names = "--events", paramLabel = "N", description = "End after N events.")
  private Optional<Long> events = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Same seed, settings and --from: same events (default: another each time).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description =
          "With --rate max: event time of the first event, for example 2026-01-01T00:00:00Z"
              + " (default: now).")
  private Optional<Instant> from = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "kafka|FILE",
      defaultValue = "kafka",
      description = "The feed's topic, or a file with one event a line (default: kafka).")
  private String out = "kafka";

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
    Pipelines catalogue = new Pipelines(millrace.home());
    Pipeline pipeline = catalogue.find(name);
    FleetSettings settings = settings(pipeline, catalogue);
    Feed feed = pipeline.feed(settings.feed()).orElseThrow();
    long started = System.nanoTime();
    FleetCounts counts;
    if (out.equals("kafka")) {
      Optional<MetricsServer> metrics = millrace.metrics();
      try (ServicesHandle services =
          EmbeddedServices.startOrAttach(millrace.home(), new ProgressLines(output))) {
        String servers = services.endpoints().kafka();
        KafkaTopics.ensure(servers, feed);
        EventSink plain = KafkaSink.open(servers, feed.kafka().topic());
        try (EventSink sink =
            metrics.map(m -> SimulatorMeters.counting(plain, name, m.registry())).orElse(plain)) {
          counts = send(pipeline, settings, sink, output);
        }
      } finally {
        metrics.ifPresent(MetricsServer::close);
      }
    } else {
      try (EventSink sink = new FileSink(Path.of(out))) {
        counts = send(pipeline, settings, sink, output);
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("sent", counts.sent());
    result.put("anomalies", counts.anomalies());
    result.put("malformed", counts.malformed());
    result.put("late", counts.late());
    result.put("duplicates", counts.duplicates());
    result.put("seconds", Math.round(seconds * 1000) / 1e3);
    output.result(
        result,
        List.of(
            "%,d events sent in %.1f s: %,d anomalous readings, %,d malformed, %,d late, %,d duplicates"
                .formatted(
                    counts.sent(),
                    seconds,
                    counts.anomalies(),
                    counts.malformed(),
                    counts.late(),
                    counts.duplicates())));
    return 0;
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

  private FleetCounts send(
      Pipeline pipeline, FleetSettings settings, EventSink sink, Output output) {
    boolean max = rate.equals(Optional.of("max"));
    if (max && events.isEmpty()) {
      throw new MillraceException(
          ErrorCode.USAGE, "--rate max needs an end", "say how many with --events N");
    }
    output.progress(
        events.map(n -> "Sending %,d events".formatted(n)).orElse("Sending until Ctrl+C")
            + (max ? " at full speed" : " at %,.0f a second".formatted(settings.rate())));
    BatchTimes times =
        max
            ? new BatchTimes.From(from.orElseGet(Instant::now), settings.rate())
            : new BatchTimes.Paced(settings.rate(), Ticker.system());
    return Simulators.batch(
        pipeline,
        settings,
        seed.orElseGet(() -> ThreadLocalRandom.current().nextLong()),
        events.orElse(Long.MAX_VALUE),
        times,
        sink,
        Optional.of(millrace.home().truth(pipeline.name())),
        new ProgressLines(output));
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
