package dev.millrace.app.bench;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.BuildOutcome;
import dev.millrace.engine.transform.BuildOutcome.Built;
import dev.millrace.engine.transform.BuildOutcome.Mode;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What it costs to bring new events into Silver and Gold, beside how much stands already.
public final class IncrementalBench {

  /// Runs of new events on each standing table.
  private static final int RUNS = 4;

  /// Runs that are not counted: classes are loaded, and the files of the rebuild take their shape.
  private static final int WARMING = 1;

  private IncrementalBench() {}

  /// All tables of the pipeline brought up to date once.
  ///
  /// @param standing events that stood before
  /// @param run `rebuild`, or which run of new events, the first being 1
  /// @param parts per table its share of the wall time in seconds and what was done
  public record Row(
      long standing,
      String run,
      double wallSeconds,
      double cpuSeconds,
      long rowsRead,
      long bytesRead,
      long rowsWritten,
      Map<String, String> parts) {}

  /// @param home a new one, which is left behind with its tables
  /// @param sensors how many the events are spread over
  public static List<Row> run(
      Home home, List<Long> standing, long events, int sensors, Progress progress) {
    BenchFleet fleet = new BenchFleet(home);
    List<Row> rows = new ArrayList<>();
    for (long stands : standing) {
      Lake lake =
          new DeltaLake(home.lake("standing-" + stands), "Millrace bench", InstantSource.system());
      try (SqlEngine engine =
          new DuckDbEngine(
              home.scratch(),
              DuckDbEngine.DEFAULT_MEMORY_BYTES,
              Runtime.getRuntime().availableProcessors())) {
        Feed feed = fleet.feed();
        LakeTable bronze =
            lake.open(feed.bronze(), feed.bronzeSchema(), Optional.of(Feed.EVENT_DATE.name()));
        BenchHistory history = new BenchHistory(engine, bronze, stands, sensors);
        history.standing(progress);
        rows.add(build(fleet.pipeline(), lake, engine, stands, "rebuild", progress));
        for (int run = 1; run <= RUNS; run++) {
          history.append(events);
          Row row = build(fleet.pipeline(), lake, engine, stands, Integer.toString(run), progress);
          if (run > WARMING) {
            rows.add(row);
          }
        }
      }
    }
    return rows;
  }

  static Row build(
      Pipeline pipeline,
      Lake lake,
      SqlEngine engine,
      long standing,
      String run,
      Progress progress) {
    Map<String, String> parts = new LinkedHashMap<>();
    long rowsRead = 0;
    long bytesRead = 0;
    long rowsWritten = 0;
    long wall = System.nanoTime();
    long cpu = CpuTimes.ofProcess();
    for (DerivedTable table : pipeline.tables()) {
      long begun = System.nanoTime();
      BuildOutcome outcome =
          new BuildTable()
              .build(pipeline, table, lake, engine, InstantSource.system().instant(), progress);
      String done = "nothing";
      if (outcome instanceof Built built) {
        rowsRead += built.read().rows();
        bytesRead += built.read().bytes();
        rowsWritten += built.rowsWritten();
        done =
            switch (built.mode()) {
              case Mode.Appended() -> "appended";
              case Mode.Rewrote(int files) -> "rewrote " + files;
              case Mode.Rebuilt(String _) -> "rebuilt";
            };
      }
      parts.put(
          table.name().toString(), "%s %.2f".formatted(done, (System.nanoTime() - begun) / 1e9));
    }
    return new Row(
        standing,
        run,
        (System.nanoTime() - wall) / 1e9,
        (CpuTimes.ofProcess() - cpu) / 1e9,
        rowsRead,
        bytesRead,
        rowsWritten,
        parts);
  }
}
