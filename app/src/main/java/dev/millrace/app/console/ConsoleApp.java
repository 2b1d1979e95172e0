package dev.millrace.app.console;

import dev.millrace.app.crash.Breakdown;
import dev.millrace.app.crash.Breakdowns;
import dev.millrace.app.crash.CrashReports;
import dev.millrace.app.metrics.SimulatorMeters;
import dev.millrace.app.session.EndSignals;
import dev.millrace.app.session.EngineSession;
import dev.millrace.app.session.Interruption;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.simulator.LiveSimulator;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.simulator.SimulatorStatus.Broken;
import dev.millrace.simulator.steer.SteeringPort;
import dev.millrace.views.Console;
import dev.millrace.views.ConsoleSettings;
import dev.millrace.views.FilePreferences;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.theme.Theme;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The window. JavaFX makes and calls it on its thread; the services start on another.
///
/// Closing the window stops the simulator, commits what the stream holds, and stops the services
/// that this process started. A signal that asks the process to end closes the window.
public final class ConsoleApp extends Application {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleApp.class);
  private static final AtomicReference<@Nullable ConsoleStart> START = new AtomicReference<>();
  private static final AtomicReference<@Nullable OneConsole> ONE = new AtomicReference<>();
  private static volatile int exitCode;

  /// So long the toolkit may take to hear that the window shall be closed, in seconds.
  private static final long PATIENCE_SECONDS = 10;

  private static final CompletableFuture<Void> ASKED_TO_END = new CompletableFuture<>();
  private static final CountDownLatch STOPPING = new CountDownLatch(1);

  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable EngineSession session;
  private volatile @Nullable SimulatorControl simulator;
  private volatile @Nullable SteeringPort orders;
  private @Nullable Console console;

  /// Sets what the next launch opens.
  ///
  /// @param one hears of further starts on the home
  static void prepare(ConsoleStart start, OneConsole one) {
    START.set(start);
    ONE.set(one);
    // A dialog leaves a torn copy of itself behind where only dirty regions are drawn again.
    System.setProperty("prism.dirtyopts", "false");
    EndSignals.hear(ConsoleApp::askToEnd);
  }

  static int exitCode() {
    return exitCode;
  }

  @Override
  public void start(Stage stage) {
    ConsoleStart start = START.get();
    if (start == null) {
      throw new IllegalStateException("ConsoleStart.open launches the console");
    }
    Preferences preferences =
        new FilePreferences(start.home().root().resolve("console.properties"));
    (preferences.value("theme").filter("LIGHT"::equals).isPresent() ? Theme.LIGHT : Theme.DARK)
        .apply();
    StartingView starting = new StartingView();
    Scene scene = new Scene(starting.root());
    stage.setTitle("Millrace");
    stage.setMinWidth(Console.LEAST_WIDTH);
    stage.setMinHeight(Console.LEAST_HEIGHT);
    stage.setScene(scene);
    WindowPlace place = new WindowPlace(stage, preferences);
    place.restore();
    stage.setOnCloseRequest(_ -> place.keep());
    stage.show();
    OneConsole one = ONE.get();
    if (one != null) {
      one.whenAsked(() -> Platform.runLater(() -> toFront(stage)));
    }
    CrashReports.onFault(report -> Platform.runLater(() -> FaultDialog.show(stage, report)));
    StartReport.wanted().ifPresent(report -> report.whenDrawn(StartReport.FIRST_FRAME, () -> {}));
    Thread.ofPlatform()
        .name("console-start")
        .daemon()
        .start(() -> open(start, preferences, starting, scene));
    Thread.ofPlatform().name("console-interruption").daemon().start(this::closeWhenAsked);
    var _ =
        ASKED_TO_END.thenRun(
            () ->
                Platform.runLater(
                    () -> {
                      place.keep();
                      Platform.exit();
                    }));
  }

  /// Ends as when a person closes the window, which may still be on its way; one that does not hear
  /// it is shut down with the JVM.
  private static void askToEnd() {
    ASKED_TO_END.complete(null);
    try {
      if (!STOPPING.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The window does not hear that it shall be closed");
        System.exit(exitCode);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void toFront(Stage stage) {
    stage.setIconified(false);
    stage.show();
    stage.toFront();
    stage.requestFocus();
  }

  private void open(
      ConsoleStart start, Preferences preferences, StartingView starting, Scene scene) {
    EngineSession opened = null;
    try {
      opened = start.session(starting);
      LiveSimulator fleet = start.demo(opened).live(start.seed());
      start
          .metrics()
          .ifPresent(registry -> SimulatorMeters.of(fleet, ConsoleStart.PIPELINE, registry));
      opened.phases().done("fleet");
      EngineSession ready = opened;
      BrokenSensors broken = restored(start, ready, fleet);
      // The rooms are made while the engine looks at its pipelines.
      SimulatorControl told =
          new ToldSimulator(
              fleet,
              (severity, act) -> ready.engine().tell(severity, "Simulator", act),
              CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS),
              broken);
      orders = hear(start, told);
      Platform.runLater(() -> make(start, preferences, ready, told));
      opened.engine().awaitFirstLook();
      opened.phases().done("first look");
      List<Breakdown> breakdowns = Breakdowns.collect(start.home());
      Platform.runLater(
          () -> {
            show(start, scene, ready, told);
            breakdowns.forEach(this::tell);
          });
    } catch (MillraceException e) {
      LOG.error("The console cannot start", e);
      fail(start, starting, opened, e.what(), e.remedy());
    } catch (RuntimeException | Error e) {
      LOG.error("The console cannot start: a fault of ours", e);
      fail(
          start,
          starting,
          opened,
          "A fault of ours: " + e,
          "the log file in the home has the rest");
    }
  }

  private static BrokenSensors restored(
      ConsoleStart start, EngineSession opened, SimulatorControl fleet) {
    BrokenSensors broken =
        new BrokenSensors(
            start.home().simulator(ConsoleStart.PIPELINE).resolve("broken.properties"));
    for (Broken each : broken.restore(fleet)) {
      opened
          .engine()
          .tell(
              Severity.INFO,
              "Simulator",
              each.sensor()
                  + " is still broken, as it was left: "
                  + each.fault().name().toLowerCase(Locale.ROOT));
    }
    return broken;
  }

  /// Takes orders of `millrace steer`, where the home allows; `end` lets the fleet fall silent.
  private static @Nullable SteeringPort hear(ConsoleStart start, SimulatorControl fleet) {
    try {
      return SteeringPort.open(start.home().simulator(ConsoleStart.PIPELINE), fleet, fleet::stop);
    } catch (MillraceException e) {
      LOG.warn("'millrace steer' does not reach this console: {}; {}", e.what(), e.remedy());
      return null;
    }
  }

  private static void fail(
      ConsoleStart start,
      StartingView starting,
      @Nullable EngineSession opened,
      String what,
      String remedy) {
    exitCode = 1;
    start.tell().accept("millrace: " + what);
    start.tell().accept("  " + remedy + ".");
    if (opened != null) {
      opened.close();
    }
    Platform.runLater(
        () -> {
          starting.failed(what, remedy);
          if (StartReport.wanted().isPresent()) {
            Platform.exit();
          }
        });
  }

  private void make(
      ConsoleStart start, Preferences preferences, EngineSession opened, SimulatorControl fleet) {
    session = opened;
    simulator = fleet;
    console =
        new Console(
            opened.engine(),
            Optional.of(fleet),
            ConsoleStart.PIPELINE,
            ConsoleSettings.of(preferences).with(start.facts()));
  }

  private void show(ConsoleStart start, Scene scene, EngineSession opened, SimulatorControl fleet) {
    Console made = console;
    if (made == null) {
      // A fault of ours was told when it could not be made.
      return;
    }
    made.refresh();
    made.into(scene);
    opened.phases().done("rooms");
    LOG.info("Ready after {}", opened.phases());
    StartReport.wanted()
        .ifPresent(
            report ->
                report.whenDrawn(
                    StartReport.READY, () -> RoomTour.whenWanted(made, scene.getWindow()::hide)));
    start
        .fill()
        .ifPresent(
            events ->
                new GoLive(start.demo(opened), opened.engine(), fleet, made)
                    .begin(events, start.seed()));
  }

  /// A breakdown of an earlier start, whose own window could not tell of it.
  private void tell(Breakdown breakdown) {
    if (console != null) {
      console.toast(
          new Toast(Tone.BAD, breakdown.what(), breakdown.kept(), breakdown.remedy())
              .leading(
                  "Open the report",
                  () -> getHostServices().showDocument(breakdown.report().toUri().toString())));
    }
  }

  /// Once the JVM shuts down the toolkit may take no more work, so this does not go through it.
  private void closeWhenAsked() {
    try {
      Interruption.await();
      closeParts();
      Interruption.ended(exitCode);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeParts() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    SteeringPort port = orders;
    if (port != null) {
      port.close();
    }
    SimulatorControl fleet = simulator;
    if (fleet != null) {
      fleet.close();
    }
    EngineSession opened = session;
    if (opened != null) {
      opened.close();
    }
  }

  @Override
  public void stop() {
    STOPPING.countDown();
    if (console != null) {
      console.close();
    }
    closeParts();
  }
}
