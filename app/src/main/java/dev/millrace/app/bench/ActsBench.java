package dev.millrace.app.bench;

import dev.millrace.app.session.Demo;
import dev.millrace.app.session.EngineSession;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.simulator.LiveSimulator;
import dev.millrace.views.Console;
import dev.millrace.views.ConsoleSettings;
import dev.millrace.views.HeadlessToolkit;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.FxThread;
import dev.millrace.views.desk.FxWatchdog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

/// What each thing that a person does in the console holds the FX thread up for: the longest piece
/// of work that it does in one go, in its own processor time. The demo's data and live events, the
/// window drawn in memory by software, everything in one process as it is for a person.
///
/// The first row is the time in which the rooms are made ready, the second the console at rest.
public final class ActsBench {

  private static final int WIDTH = 1440;
  private static final int HEIGHT = 900;
  private static final long EVENTS = 150_000;
  private static final long SEED = 7;
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofSeconds(20);
  private static final Duration ACT = Duration.ofSeconds(1);

  private ActsBench() {}

  /// @param home a new one, which is left behind
  /// @param times how often all acts are done, one after the other
  /// @return a row per act, with a column of milliseconds for each time; NaN where it could not be
  ///   done, as with dead letters while there are none
  public static List<Map<String, Object>> run(Home home, int times, Progress progress) {
    Pipeline pipeline = new Pipelines(home).find(BenchFleet.PIPELINE);
    try (EngineSession session =
        EngineSession.open(
            home, List.of(pipeline), Optional.empty(), new SimpleMeterRegistry(), progress)) {
      Demo demo = new Demo(home, session, pipeline);
      Instant now = Instant.now();
      var _ = demo.fill(EVENTS, now.minus(Demo.SPAN), now, SEED, progress);
      perform(session, new Command.CatchUp(pipeline.name(), demo.feed().name()));
      perform(session, new Command.RunFlow(pipeline.name(), "daily"));
      perform(session, new Command.StartStream(pipeline.name(), demo.feed().name()));
      HeadlessToolkit.start();
      try (LiveSimulator fleet = demo.live(SEED)) {
        fleet.start();
        Window window = HeadlessToolkit.call(() -> new Window(session, fleet, pipeline.name()));
        try {
          return measure(window, times, progress);
        } finally {
          boolean _ = HeadlessToolkit.call(window::close);
        }
      }
    }
  }

  private static void perform(EngineSession session, Command command) {
    var _ = session.engine().submit(command).outcome().join();
  }

  private static List<Map<String, Object>> measure(Window window, int times, Progress progress) {
    Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
    row(rows, "(rooms made ready)", 0, longest(READY, () -> true));
    row(rows, "(at rest)", 0, longest(REST, () -> true));
    List<Act> acts = HeadlessToolkit.call(window::acts);
    for (int time = 0; time < times; time++) {
      for (int i = 0; i < acts.size(); i++) {
        Act act = acts.get(i);
        Optional<FxWatchdog.Report> seen =
            longest(ACT, () -> HeadlessToolkit.call(() -> act.act().test(window)));
        row(rows, act.name(), time, seen);
        progress.report(act.name(), (long) time * acts.size() + i, (long) times * acts.size());
      }
    }
    row(rows, "other theme", 0, longest(ACT, () -> HeadlessToolkit.call(window::otherTheme)));
    row(rows, "(rooms made ready in it)", 0, longest(READY, () -> true));
    return List.copyOf(rows.values());
  }

  private static void row(
      Map<String, Map<String, Object>> rows,
      String name,
      int time,
      Optional<FxWatchdog.Report> seen) {
    Map<String, Object> row = rows.computeIfAbsent(name, _ -> new LinkedHashMap<>());
    row.put("act", name);
    row.put(
        "ms_" + (time + 1),
        seen.map(r -> Math.round(r.work().toNanos() / 1e5) / 10.0).orElse(Double.NaN));
    row.put("over_" + (time + 1), seen.map(FxWatchdog.Report::busy).orElse(0L));
  }

  /// The longest piece of work in the time after an act; empty if it could not be done.
  private static Optional<FxWatchdog.Report> longest(Duration time, BooleanSupplier act) {
    try (FxWatchdog watchdog = new FxWatchdog(new FxThread(), Duration.ZERO).start()) {
      LockSupport.parkNanos(ACT.toNanos() / 10);
      boolean done = act.getAsBoolean();
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      return Optional.of(watchdog.report()).filter(_ -> done);
    }
  }

  /// @param act does it, and says whether that was possible
  private record Act(String name, Predicate<Window> act) {}

  /// The window; FX thread only.
  private static final class Window {
    private final Console console;
    private final Stage stage = new Stage();
    private final Scene scene;

    Window(EngineSession session, LiveSimulator fleet, String pipeline) {
      console =
          new Console(
              session.engine(),
              Optional.of(fleet),
              pipeline,
              ConsoleSettings.of(Preferences.inMemory()));
      scene = new Scene(console.root(), WIDTH, HEIGHT);
      stage.setScene(scene);
      stage.show();
    }

    boolean close() {
      console.close();
      stage.close();
      return true;
    }

    boolean otherTheme() {
      console.theme(console.theme().other());
      return true;
    }

    List<Act> acts() {
      List<Act> acts = new ArrayList<>();
      for (String room : console.rooms()) {
        acts.add(new Act("open " + room, w -> did(() -> w.console.open(room))));
        for (Act within : within(room)) {
          acts.add(new Act(room + ": " + within.name(), within.act()));
        }
      }
      acts.add(new Act("palette", w -> did(w.console::openPalette)));
      acts.add(away("palette"));
      acts.add(new Act("keys", w -> w.press(KeyCode.F1)));
      acts.add(away("keys"));
      return acts;
    }

    private static List<Act> within(String room) {
      return switch (room) {
        case "heatmap" -> List.of(choose("place-sensors", 3));
        case "trends" -> List.of(choose("trends-picks", 2), choose("trends-picks", 5));
        case "anomalies" -> List.of(scroll("anomalies-table"), choose("anomalies-table", 40));
        case "runs" -> List.of(choose("all-runs", 0), fire("run-again"), away("run-again"));
        case "quality" ->
            List.of(
                choose("quality-tables", 1),
                fire("quality-report"),
                away("quality-report"),
                scroll("results"));
        case "lake" ->
            List.of(
                choose("tables", 1),
                fire("erase"),
                away("erase"),
                fire("optimize"),
                away("optimize"),
                fire("vacuum"),
                away("vacuum"),
                scroll("table-rows"),
                choose("tables", 2));
        case "warehouse" -> List.of(fire("load"), away("load"), choose("loads", 1));
        case "letters" ->
            List.of(
                choose("letters", 0),
                fire("letter-replay"),
                away("letter-replay"),
                fire("replay-all"),
                away("replay-all"),
                fire("discard-all"),
                away("discard-all"),
                scroll("letters"),
                choose("reasons", 1),
                choose("reasons", 0));
        default -> List.of();
      };
    }

    private static Act fire(String id) {
      return new Act("press " + id, w -> w.find(id).filter(Window::pressed).isPresent());
    }

    private static Act away(String what) {
      return new Act("put away " + what, w -> w.press(KeyCode.ESCAPE));
    }

    private static Act choose(String id, int row) {
      return new Act(
          "choose " + id + " " + row,
          w -> w.find(id).filter(node -> selected(node, row)).isPresent());
    }

    private static Act scroll(String id) {
      return new Act("scroll " + id, w -> w.find(id).filter(Window::scrolled).isPresent());
    }

    private Optional<Node> find(String id) {
      return Optional.ofNullable(scene.lookup("#" + id));
    }

    private static boolean did(Runnable act) {
      act.run();
      return true;
    }

    private static boolean pressed(Node node) {
      return node instanceof ButtonBase button
          && !button.isDisabled()
          && did(
              () -> {
                button.requestFocus();
                button.fire();
              });
    }

    private static boolean selected(Node node, int row) {
      return switch (node) {
        case TableView<?> table -> did(() -> table.getSelectionModel().clearAndSelect(row));
        case ListView<?> list -> did(() -> list.getSelectionModel().clearAndSelect(row));
        default -> false;
      };
    }

    private static boolean scrolled(Node node) {
      return node instanceof TableView<?> table
          && did(() -> table.scrollTo(table.getItems().size() / 2));
    }

    private boolean press(KeyCode key) {
      Node target = scene.getFocusOwner() == null ? scene.getRoot() : scene.getFocusOwner();
      return did(
          () ->
              Event.fireEvent(
                  target,
                  new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false)));
    }
  }
}
