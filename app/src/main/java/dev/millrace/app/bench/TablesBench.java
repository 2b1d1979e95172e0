package dev.millrace.app.bench;

import dev.millrace.engine.care.AuditTrail;
import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.care.TableCare;
import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import dev.millrace.simulator.sink.EventSink;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Queries on a table of many small files, as a stream leaves them, and on the same table
/// optimized; in this JVM.
public final class TablesBench {

  private static final int REPEATS = 5;
  private static final long SQL_MEMORY = 2L << 30;
  private static final String ENGINE = "Millrace/bench";

  /// What is asked, by its name in the report.
  private static final Map<String, String> QUERIES = queries();

  private final Home home;
  private final BenchFleet fleet;
  private final DeltaLake lake;
  private final Progress progress;

  private TablesBench(Home home, Progress progress) {
    this.home = home;
    this.fleet = new BenchFleet(home);
    this.lake = new DeltaLake(home.lake(BenchFleet.PIPELINE), ENGINE, InstantSource.system());
    this.progress = progress;
  }

  /// @param files commits of one file each
  /// @param rows rows of each
  /// @return one row per state of the table: files, size, seconds to get there, milliseconds to
  ///   open it and of each query, and these beside the first state's
  public static List<Map<String, Object>> run(Home home, int files, int rows, Progress progress) {
    return new TablesBench(home, progress).measure(files, rows);
  }

  private List<Map<String, Object>> measure(int files, int rows) {
    List<Map<String, Object>> states = new ArrayList<>();
    try (DuckDbEngine engine =
        new DuckDbEngine(home.scratch(), SQL_MEMORY, Runtime.getRuntime().availableProcessors())) {
      LakeTable table =
          lake.open(
              fleet.feed().bronze(),
              fleet.feed().bronzeSchema(),
              Optional.of(Feed.EVENT_DATE.name()));
      long start = System.nanoTime();
      fleet.send((long) files * rows, new SmallFiles(table, rows), progress);
      states.add(state("as the stream wrote it", engine, start, Map.of()));
      TableCare care =
          new TableCare(
              fleet.pipeline(),
              lake,
              engine,
              new AuditTrail(home.audit()),
              InstantSource.system(),
              List.of());
      for (List<String> zOrder : List.of(List.<String>of(), List.of("sensor_id", "event_time"))) {
        start = System.nanoTime();
        care.carryOut(
            new Optimize(table.name(), 16L << 20, zOrder, Optional.empty(), Optional.empty()),
            progress);
        states.add(
            state(zOrder.isEmpty() ? "optimized" : "in Z-order", engine, start, states.getFirst()));
      }
    }
    return states;
  }

  private Map<String, Object> state(
      String name, DuckDbEngine engine, long start, Map<String, Object> first) {
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Object> row = new LinkedHashMap<>();
    double open =
        median(
            () ->
                new DeltaLake(home.lake(BenchFleet.PIPELINE), ENGINE, InstantSource.system())
                    .find(fleet.feed().bronze())
                    .orElseThrow()
                    .snapshot());
    LakeTable table = lake.find(fleet.feed().bronze()).orElseThrow();
    LakeSnapshot snapshot = table.snapshot();
    row.put("table", name);
    row.put("files", snapshot.files().size());
    row.put("rows", snapshot.rows());
    row.put("mb", tenth(snapshot.bytes() / 1e6));
    row.put("took_s", tenth(seconds));
    row.put("open_ms", tenth(open));
    QUERIES.forEach(
        (query, sql) ->
            row.put(
                query + "_ms",
                tenth(
                    median(
                        () -> {
                          try (SqlSession session = engine.session()) {
                            session.view("t", table.schema(), snapshot.files());
                            session.forEachRow(sql, _ -> {});
                          }
                        }))));
    for (String measured : List.copyOf(row.keySet())) {
      if (measured.endsWith("_ms")
          && row.get(measured) instanceof Double now
          && first.getOrDefault(measured, now) instanceof Double before) {
        row.put(measured.replace("_ms", "_ratio"), Math.round(now / before * 1000) / 1000.0);
      }
    }
    return row;
  }

  private double median(Runnable work) {
    double[] millis = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      work.run();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[REPEATS / 2];
  }

  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("all", "SELECT sensor_type, count(*), avg(value) FROM t GROUP BY sensor_type");
    queries.put("sensor", "SELECT count(*), avg(value) FROM t WHERE sensor_id = 'temperature-001'");
    queries.put(
        "minutes",
        """
        SELECT count(*), avg(value) FROM t
        WHERE event_time >= TIMESTAMPTZ '2026-01-01 00:30:00+00'
          AND event_time < TIMESTAMPTZ '2026-01-01 00:40:00+00'\
        """);
    queries.put("sensor_minutes", queries.get("minutes") + " AND sensor_id = 'temperature-001'");
    return queries;
  }

  private static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /// Commits a file for every so many events.
  private final class SmallFiles implements EventSink {
    private final LakeTable table;
    private final int rows;
    private final EventDecoder decoder = new EventDecoder(fleet.feed());
    private final EventBatch batch = new EventBatch(fleet.feed());
    private final ParquetFiles writer = new ParquetFiles();
    private long offset;

    SmallFiles(LakeTable table, int rows) {
      this.table = table;
      this.rows = rows;
    }

    @Override
    public void send(byte[] key, byte[] value) {
      if (!(decoder.decode(value, 0, value.length, batch) instanceof Verdict.Event)) {
        // The fleet also sends values that are no events, as devices do.
        return;
      }
      batch.accept(0, 0, offset++);
      if (batch.rows() == rows) {
        flush();
      }
    }

    /// A file for each date of the batch.
    @Override
    public void flush() {
      if (batch.rows() == 0) {
        return;
      }
      Map<LocalDate, List<Integer>> days = new LinkedHashMap<>();
      int date = fleet.feed().bronzeSchema().indexOf(Feed.EVENT_DATE.name());
      for (int row = 0; row < batch.rows(); row++) {
        LocalDate day = LocalDate.ofEpochDay(batch.columns().ints(date).at(row));
        days.computeIfAbsent(day, _ -> new ArrayList<>()).add(row);
      }
      List<LakeFile> files = new ArrayList<>();
      days.forEach(
          (day, numbers) -> {
            int[] index = numbers.stream().mapToInt(Integer::intValue).toArray();
            files.add(
                writer.write(
                    table.dataFolder(Optional.of(day)),
                    batch.columns(),
                    RowSelection.of(index, 0, index.length),
                    Optional.of(day)));
          });
      batch.clear();
      if (!(table.commit(
              table.snapshot(),
              new LakeCommit("STREAMING UPDATE", files, List.of(), Map.of(), Map.of()))
          instanceof Committed)) {
        throw new IllegalStateException("another writes to the bench's table");
      }
    }

    @Override
    public void close() {
      flush();
    }
  }
}
