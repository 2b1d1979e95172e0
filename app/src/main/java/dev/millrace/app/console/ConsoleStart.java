package dev.millrace.app.console;

import dev.millrace.app.crash.RunMark;
import dev.millrace.app.metrics.MetricsEndpoint;
import dev.millrace.app.session.Demo;
import dev.millrace.app.session.EngineSession;
import dev.millrace.app.session.Interruption;
import dev.millrace.engine.api.Answer.SettingValue;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.views.ToolkitLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Application;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the console starts: on which home, and whether it fills demo data first.
///
/// @param engine what runs the transforms, whatever the home and the pipelines say
/// @param fill how many events to fill the last 24 hours with; empty outside the demo
/// @param seed of the fleet
/// @param metrics where meters are kept when they are to be told
/// @param tell hears progress and faults as lines
public record ConsoleStart(
    Home home,
    Optional<EngineKind> engine,
    Optional<Long> fill,
    long seed,
    Optional<MeterRegistry> metrics,
    Consumer<String> tell) {

  /// The pipeline on show when the console opens.
  static final String PIPELINE = "building-sensors";

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleStart.class);

  /// Opens the console on the home's data and returns when its window is closed.
  ///
  /// @return the exit code
  public static int open(
      Home home,
      Optional<EngineKind> engine,
      Optional<MeterRegistry> metrics,
      Consumer<String> tell,
      long seed) {
    return new ConsoleStart(home, engine, Optional.empty(), seed, metrics, tell).run();
  }

  /// As {@link #open}, filling the last 24 hours first and going live then.
  public static int demo(
      Home home,
      Optional<EngineKind> engine,
      Optional<MeterRegistry> metrics,
      Consumer<String> tell,
      long events,
      long seed) {
    return new ConsoleStart(home, engine, Optional.of(events), seed, metrics, tell).run();
  }

  private int run() {
    DisplayCheck.noDisplay(System.getenv())
        .ifPresent(
            obstacle -> {
              throw obstacle;
            });
    Optional<OneConsole> claim = OneConsole.claim(home);
    if (claim.isEmpty()) {
      return openAlready();
    }
    try (OneConsole one = claim.get();
        RunMark _ = RunMark.leave(home)) {
      tell.accept("Opening the console on " + home.root());
      ConsoleApp.prepare(this, one);
      // No toolkit starts in a JVM that shuts down.
      if (!Interruption.wished()) {
        launch();
      }
      return ConsoleApp.exitCode();
    }
  }

  /// Opens the window, and finds words for what stood in its way when JavaFX could not.
  private static void launch() {
    ToolkitLog.quiet();
    try {
      Application.launch(ConsoleApp.class);
    } catch (RuntimeException failed) {
      Optional<MillraceException> obstacle = DisplayCheck.obstacle(System.getenv());
      if (obstacle.isEmpty()) {
        throw failed;
      }
      obstacle.get().addSuppressed(failed);
      throw obstacle.get();
    }
  }

  /// @throws MillraceException when more was asked for than a window on the home
  private int openAlready() {
    if (fill.isPresent()) {
      throw new MillraceException(
          ErrorCode.HOME,
          "A console is open on "
              + home.root()
              + " and was brought to the front; no demo data was made",
          "close it first, or say another home with --home");
    }
    tell.accept("Millrace is open on " + home.root() + " already; its window comes to the front.");
    return 0;
  }

  /// Everything the window stands on; may take seconds. The engine takes its first look meanwhile.
  EngineSession session(Progress progress) {
    return EngineSession.begin(
        home, pipelines(), engine, metrics.orElseGet(SimpleMeterRegistry::new), progress);
  }

  /// What this program knows of its own settings.
  List<SettingValue> facts() {
    List<SettingValue> facts = new ArrayList<>();
    try {
      MetricsEndpoint.of(home).stream()
          .filter(endpoint -> endpoint.pid() == ProcessHandle.current().pid())
          .forEach(
              endpoint ->
                  facts.add(
                      new SettingValue(
                          "Metrics",
                          "metrics port",
                          endpoint.url().toString(),
                          "--metrics-port",
                          "Where this process tells its metrics to Prometheus.")));
    } catch (IOException e) {
      LOG.warn("The metrics endpoints of the home cannot be read", e);
    }
    if (facts.isEmpty()) {
      facts.add(
          new SettingValue(
              "Metrics",
              "metrics port",
              "not told",
              "default",
              "Where this process tells its metrics to Prometheus."));
    }
    return facts;
  }

  Demo demo(EngineSession session) {
    return new Demo(home, session, new Pipelines(home).find(PIPELINE));
  }

  /// Every pipeline without a fault; a faulty one is told and left out.
  private List<Pipeline> pipelines() {
    Pipelines catalogue = new Pipelines(home);
    List<Pipeline> sound = new ArrayList<>();
    for (String name : catalogue.names()) {
      try {
        sound.add(catalogue.find(name));
      } catch (ProblemsException e) {
        LOG.warn("{} is left out: {}", name, e.what());
        tell.accept("millrace: " + e.what());
      } catch (MillraceException e) {
        tell.accept("millrace: " + e.what() + "; " + e.remedy());
      }
    }
    return sound;
  }
}
