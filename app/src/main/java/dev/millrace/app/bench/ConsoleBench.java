package dev.millrace.app.bench;

import dev.millrace.app.session.EngineSession;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot;
import dev.millrace.engine.api.PipelineEngine;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.Micros;
import dev.millrace.engine.history.ReadingHistory;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.views.Console;
import dev.millrace.views.ConsoleSettings;
import dev.millrace.views.HeadlessToolkit;
import dev.millrace.views.Preferences;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// What the whole console costs while events come: the window drawn in memory by software, with the
/// engine and the services in the same process as they are for a person, and a load of 1,000
/// sensors from another. It goes from room to room, one a minute.
///
/// An event is on the screen at the first layout after a look at a snapshot that holds it; measured
/// on each sensor's newest reading there.
public final class ConsoleBench {

  private static final int WIDTH = 1440;
  private static final int HEIGHT = 900;
  private static final String FX_THREAD = "JavaFX Application Thread";
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final long LOOK_NANOS = 200_000_000L;

  private ConsoleBench() {}

  /// @param home a new one, which is left behind with its topic and its tables
  /// @param rate events per second
  /// @param warmUp seconds before the first minute
  /// @return a row per minute
  public static List<Map<String, Object>> run(
      Home home, long rate, long minutes, long warmUp, Progress progress) {
    BenchFleet fleet = new BenchFleet(home);
    Feed feed = fleet.feed();
    try (EngineSession session =
        EngineSession.open(
            home,
            List.of(fleet.pipeline()),
            Optional.empty(),
            new SimpleMeterRegistry(),
            progress)) {
      String servers = session.services().endpoints().kafka();
      LiveBench.makeShortTopic(servers, feed);
      var started =
          session
              .engine()
              .submit(new Command.StartStream(BenchFleet.PIPELINE, feed.name()))
              .outcome();
      var _ = started.join();
      HeadlessToolkit.start();
      Process load =
          BenchProcess.beside(
              LiveLoadChild.class, List.of(servers, home.root().toString(), Long.toString(rate)));
      try {
        Window window = HeadlessToolkit.call(() -> new Window(session.engine()));
        try {
          return measure(window, load, minutes, warmUp, progress);
        } finally {
          boolean _ = HeadlessToolkit.call(window::close);
        }
      } finally {
        end(load);
      }
    }
  }

  private static void end(Process load) {
    try {
      load.getOutputStream().close();
      int _ = load.waitFor();
    } catch (IOException e) {
      load.destroyForcibly();
    } catch (InterruptedException e) {
      load.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static List<Map<String, Object>> measure(
      Window window, Process load, long minutes, long warmUp, Progress progress) {
    await(warmUp * 1_000_000_000L, load, progress);
    List<Map<String, Object>> rows = new ArrayList<>();
    List<String> rooms = HeadlessToolkit.call(window::rooms);
    for (int minute = 0; minute < minutes; minute++) {
      String room = rooms.get(minute % rooms.size());
      boolean _ = HeadlessToolkit.call(() -> window.open(room));
      Used before = Used.now();
      await(MINUTE_NANOS, load, progress);
      Used after = Used.now();
      Seen seen = HeadlessToolkit.call(window::takeSeen);
      double wall = after.nanos() - before.nanos();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("minute", minute + 1);
      row.put("room", room);
      row.put("events_per_s", Math.round(seen.events() / wall * 1e9));
      row.put("p50_ms", rounded(seen.latencies().millis(0.5)));
      row.put("p99_ms", rounded(seen.latencies().millis(0.99)));
      row.put("pulses_per_s", rounded(seen.pulses() / wall * 1e9));
      row.put("fx_percent", rounded(100 * (after.fx() - before.fx()) / wall));
      row.put("cores", rounded((after.cpu() - before.cpu()) / wall));
      row.put("rss_mib", Math.round(Memory.resident()));
      row.put("heap_after_gc_mib", Math.round(Memory.heapAfterCollection()));
      rows.add(row);
      progress.report(row.toString(), minute + 1, minutes);
    }
    return rows;
  }

  private static void await(long nanos, Process load, Progress progress) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      if (progress.cancelled()) {
        throw new MillraceException(ErrorCode.CANCELLED, "The bench was cancelled", "run it again");
      }
      if (!load.isAlive()) {
        throw new MillraceException(
            ErrorCode.INTERNAL, "The process that sends the events ended", "see its log");
      }
      LockSupport.parkNanos(Math.min(LOOK_NANOS, Math.max(1, end - System.nanoTime())));
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private record Used(long nanos, long cpu, long fx) {
    static Used now() {
      return new Used(System.nanoTime(), CpuTimes.ofProcess(), CpuTimes.ofJavaThreads(FX_THREAD));
    }
  }

  /// @param pulses layouts of the scene
  private record Seen(Latencies latencies, long events, long pulses) {}

  /// The window and what it showed; FX thread only.
  private static final class Window {
    private final Looked engine;
    private final Console console;
    private final Stage stage = new Stage();
    private final Map<String, Long> shown = new HashMap<>();
    private Latencies latencies = new Latencies();
    private long pulses;
    private long eventsBefore = -1;
    private long events;

    Window(PipelineEngine engine) {
      this.engine = new Looked(engine);
      console =
          new Console(
              this.engine,
              Optional.empty(),
              BenchFleet.PIPELINE,
              ConsoleSettings.of(Preferences.inMemory()));
      Scene scene = new Scene(console.root(), WIDTH, HEIGHT);
      stage.setScene(scene);
      scene.addPostLayoutPulseListener(this::laidOut);
      stage.show();
    }

    List<String> rooms() {
      return console.rooms();
    }

    boolean open(String room) {
      console.open(room);
      var _ = takeSeen();
      return true;
    }

    boolean close() {
      console.close();
      stage.close();
      return true;
    }

    Seen takeSeen() {
      Seen seen = new Seen(latencies, eventsBefore < 0 ? 0 : events - eventsBefore, pulses);
      latencies = new Latencies();
      pulses = 0;
      eventsBefore = events;
      return seen;
    }

    private void laidOut() {
      pulses++;
      LiveSnapshot live = engine.takeLive();
      if (live == null) {
        return;
      }
      events = live.events();
      long now = LiveClock.now();
      for (Latest latest : live.latest()) {
        long time = Micros.of(latest.time());
        Long before = shown.put(latest.entity(), time);
        if (before != null && before < time) {
          latencies.add(now - time);
        }
      }
    }
  }

  /// The engine, remembering what the console was told last. The console asks on the FX thread.
  private static final class Looked implements PipelineEngine {
    private final PipelineEngine engine;
    private @Nullable LiveSnapshot told;

    Looked(PipelineEngine engine) {
      this.engine = engine;
    }

    /// What was told last, once; null when nothing was since.
    @Nullable LiveSnapshot takeLive() {
      LiveSnapshot newest = told;
      told = null;
      return newest;
    }

    @Override
    public EngineSnapshot snapshot() {
      EngineSnapshot snapshot = engine.snapshot();
      if (!snapshot.pipelines().isEmpty()) {
        told = snapshot.pipelines().getFirst().live();
      }
      return snapshot;
    }

    @Override
    public Optional<LiveSnapshot.History> history(String pipeline, String entity) {
      return engine.history(pipeline, entity);
    }

    @Override
    public Optional<ReadingHistory> readings(String pipeline) {
      return engine.readings(pipeline);
    }

    @Override
    public Work submit(Command command) {
      return engine.submit(command);
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
