package dev.millrace.app.bench;

import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import dev.millrace.engine.warehouse.Warehouse;
import dev.millrace.engine.warehouse.postgres.PostgresWarehouse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// A load of the warehouse beside a bare COPY of the same rows from a file, into a table with the
/// same keys, by the same driver; then previews, reconciliations and a load of one day.
public final class LoadBench {

  private static final TableName TABLE = new TableName(Layer.GOLD, "bench");
  private static final Optional<String> BY_DATE = Optional.of("event_date");
  private static final int ROUNDS = 3;
  private static final int DAYS = 10;

  private LoadBench() {}

  /// One way, once.
  public record Row(String way, long rows, double wallSeconds, double cpuSeconds) {}

  /// @param home a new one, which is left behind with its database
  public static List<Row> run(Home home, long rows, Progress progress) {
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, progress);
        SqlEngine engine =
            new DuckDbEngine(
                home.scratch(), 2L << 30, Runtime.getRuntime().availableProcessors())) {
      return new Run(home, services.endpoints(), engine, rows, progress).all();
    } catch (SQLException e) {
      throw new IllegalStateException("The bench's database failed", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Rows as a table: seconds, rows per second, and the ratio to the bare COPY.
  public static List<Map<String, Object>> table(List<Row> measured) {
    double bare =
        measured.stream()
            .filter(r -> r.way().equals("bare COPY"))
            .mapToDouble(r -> r.rows() / r.wallSeconds())
            .max()
            .orElseThrow();
    List<Map<String, Object>> table = new ArrayList<>();
    for (Row row : measured) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("way", row.way());
      told.put("rows", row.rows());
      told.put("wall_s", hundredths(row.wallSeconds()));
      told.put("own_cpu_s", hundredths(row.cpuSeconds()));
      told.put("rows_per_s", Math.round(row.rows() / row.wallSeconds()));
      told.put("to_bare", hundredths(row.rows() / row.wallSeconds() / bare));
      table.add(told);
    }
    return table;
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private record Run(
      Home home, ServiceEndpoints endpoints, SqlEngine engine, long rows, Progress progress) {

    List<Row> all() throws SQLException, IOException {
      Lake lake = new DeltaLake(home.lake("bench"), "Millrace bench", InstantSource.system());
      progress.report("making %,d rows".formatted(rows), 0, 0);
      fill(lake);
      Path file = home.scratch().resolve("rows.csv");
      Warehouse warehouse = new PostgresWarehouse(endpoints);
      load(warehouse, lake);
      export(file);
      List<Row> measured = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        progress.report("bare COPY", round, ROUNDS);
        measured.add(timed("bare COPY", rows, () -> bare(file)));
        execute("DROP TABLE bench.fact_bench");
        progress.report("load", round, ROUNDS);
        measured.add(timed("load", rows, () -> load(warehouse, lake)));
      }
      measured.add(
          timed(
              "preview",
              rows,
              () -> {
                var _ = warehouse.preview(pipeline(), lake, engine, Progress.NONE);
              }));
      measured.add(
          timed(
              "reconcile",
              rows,
              () -> {
                if (warehouse.reconcile(pipeline(), lake, engine, Progress.NONE).differs()) {
                  throw new IllegalStateException("what was loaded differs");
                }
              }));
      measured.add(timed("load again, nothing new", rows, () -> load(warehouse, lake)));
      return measured;
    }

    private void fill(Lake lake) {
      String sql =
          """
          SELECT 'sensor-' || (n %% 10000) AS sensor_id,
            timestamp_micros(1767225600000000 + n // 10000 * 300000000) AS window_start,
            CAST(n %% 50 AS bigint) AS readings,
            20e0 + sin(n) AS mean, 15e0 + cos(n) AS low, 25e0 + sin(n + 1) AS high,
            CASE WHEN n %% 100 = 0 THEN NULL ELSE abs(sin(n * 3)) END AS deviation,
            CAST(n %% 7 AS bigint) AS anomalies,
            'floor-' || (n %% 20) || '/zone-' || (n %% 7) AS location,
            DATE '2026-01-01' + CAST(n * %d // %d AS int) AS event_date
          FROM range(%d) AS t(n)
          """
              .formatted(DAYS, rows, rows);
      try (SqlSession session = engine.session()) {
        LakeTable table = lake.open(TABLE, session.describe(sql), BY_DATE);
        List<LakeFile> files = session.write(sql, table.schema(), BY_DATE, table::dataFolder);
        LakeCommit commit = new LakeCommit("REBUILD", files, List.of(), Map.of(), Map.of());
        if (!(table.commit(table.snapshot(), commit) instanceof Committed)) {
          throw new IllegalStateException("another writer changed the bench's table");
        }
      }
    }

    private static Pipeline pipeline() {
      return new Pipeline(
          "bench",
          "1.0.0",
          "Bench",
          "bench",
          List.of(),
          Map.of(),
          List.of(),
          Map.of(),
          List.of(
              new WarehouseTable.ReplacePartitions(
                  "fact_bench", TABLE, List.of("sensor_id", "window_start"), "event_date")),
          List.of());
    }

    private void load(Warehouse warehouse, Lake lake) {
      var _ = warehouse.load(pipeline(), lake, engine, Instant.now(), Progress.NONE);
    }

    private void export(Path file) throws SQLException, IOException {
      try (Connection connection = connect();
          OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        long _ = copies(connection).copyOut("COPY bench.fact_bench TO STDOUT (FORMAT csv)", out);
      }
    }

    private void bare(Path file) throws SQLException, IOException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          InputStream in = Files.newInputStream(file)) {
        statement.execute("DROP TABLE IF EXISTS bare");
        connection.setAutoCommit(false);
        statement.execute("CREATE TABLE bare (LIKE bench.fact_bench)");
        long _ = copies(connection).copyIn("COPY bare FROM STDIN (FORMAT csv)", in, 1 << 16);
        statement.execute("ALTER TABLE bare ADD PRIMARY KEY (sensor_id, window_start)");
        statement.execute("CREATE INDEX ON bare (event_date)");
        connection.commit();
      }
    }

    private static CopyManager copies(Connection connection) throws SQLException {
      return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private void execute(String sql) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
        statement.execute("CHECKPOINT");
      }
    }

    private Connection connect() throws SQLException {
      return DriverManager.getConnection(
          endpoints.jdbcUrl(), endpoints.user(), endpoints.password());
    }

    private interface Work {
      void run() throws SQLException, IOException;
    }

    private static Row timed(String way, long rows, Work work) throws SQLException, IOException {
      long wall = System.nanoTime();
      long cpu = CpuTimes.ofProcess();
      work.run();
      return new Row(
          way, rows, (System.nanoTime() - wall) / 1e9, (CpuTimes.ofProcess() - cpu) / 1e9);
    }
  }
}
