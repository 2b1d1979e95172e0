package dev.millrace.app.cli;

import dev.millrace.app.console.ConsoleStart;
import dev.millrace.app.console.Pictures;
import dev.millrace.app.metrics.MetricsServer;
import dev.millrace.app.session.Demo;
import dev.millrace.app.session.DemoReport;
import dev.millrace.app.session.EngineSession;
import dev.millrace.engine.api.Command.CatchUp;
import dev.millrace.engine.api.Command.RunFlow;
import dev.millrace.engine.api.Command.StartStream;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.simulator.LiveSimulator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `millrace demo`: the whole way from the simulated fleet to the warehouse.
@Command(
    name = "demo",
    description = {
      "The simulated fleet of building-sensors, from Kafka to the warehouse, on embedded services.",
      "Opens the console on it; with --headless it runs once, prints what arrived where, and ends.",
      "On a home that was used before, the console fills what is missing of the last",
      "24 hours with demo events, starts stream and simulator, and runs the flow daily;",
      "nothing is taken away. 'millrace' alone opens the console and starts nothing."
    })
final class DemoCommand implements Callable<Integer> {

  static final String PIPELINE = "building-sensors";
  private static final String FLOW = "daily";
  private static final long EVENTS = 150_000;

  @ParentCommand private Millrace millrace;

  @Option(names = "--headless", description = "Without a window: run once, report, end.")
  private boolean headless;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Events spread over the last 24 hours (default: 150000).")
  private long events = EVENTS;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of the fleet (default: another each time).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "T",
      description =
          "Time of the newest event (default: now); with --seed, the same data each time.")
  private Optional<Instant> until = Optional.empty();

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description = "With --headless: write PNGs of the rooms, drawn without a display.")
  private Optional<Path> pictures = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = {
        "Where lake and warehouse lie in a home that does not say so yet:",
        "laptop (default): a folder and PostgreSQL;",
        "local-aws: an S3 server and a stand-in for Redshift, both inside the services."
      })
  private Optional<DemoProfile> profile = Optional.empty();

  @Override
  public Integer call() {
    var _ = Given.atLeastOne("--events", events);
    profile.ifPresent(wanted -> wanted.settle(millrace.home()));
    long chosen = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong());
    if (!headless) {
      Optional<MetricsServer> metrics = millrace.metrics();
      try {
        return ConsoleStart.demo(
            millrace.home(),
            millrace.engine(),
            metrics.map(MetricsServer::registry),
            millrace.output()::progress,
            events,
            chosen);
      } finally {
        metrics.ifPresent(MetricsServer::close);
      }
    }
    Pipeline pipeline = new Pipelines(millrace.home()).find(PIPELINE);
    DemoReport report = new DemoReport(pipeline);
    try (Session session = report.time("services", () -> Session.open(millrace, PIPELINE))) {
      EngineSession engine = session.engineSession();
      Demo demo = new Demo(millrace.home(), engine, pipeline);
      Instant now = until.orElseGet(Instant::now);
      ProgressLines progress = new ProgressLines(session.output());
      var _ =
          report.time(
              "produce", () -> demo.fill(events, now.minus(Demo.SPAN), now, chosen, progress));
      var _ =
          report.time("ingest", () -> session.perform(new CatchUp(PIPELINE, demo.feed().name())));
      var _ = report.time("flow", () -> session.perform(new RunFlow(PIPELINE, FLOW)));
      report.fill(engine.engine());
      if (pictures.isPresent()) {
        var _ = session.perform(new StartStream(PIPELINE, demo.feed().name()));
        try (LiveSimulator fleet = demo.live(chosen)) {
          List<Path> written =
              report.time(
                  "pictures",
                  () -> Pictures.write(engine.engine(), fleet, PIPELINE, pictures.get()));
          session.output().progress(written.size() + " pictures in " + pictures.get());
        }
      }
      session.output().result(report.object(), report.lines());
      return 0;
    }
  }
}
