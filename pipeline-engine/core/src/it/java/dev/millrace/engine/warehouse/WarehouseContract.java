package dev.millrace.engine.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import dev.millrace.engine.warehouse.LoadOutcome.TableLoad;
import dev.millrace.engine.warehouse.LoadPreview.Action;
import dev.millrace.engine.warehouse.LoadPreview.PartitionPreview;
import dev.millrace.engine.warehouse.Reconciliation.Kind;
import dev.millrace.engine.warehouse.Reconciliation.PartitionCheck;
import dev.millrace.engine.warehouse.Reconciliation.RowDifference;
import dev.millrace.engine.warehouse.Reconciliation.Verdict;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every warehouse does alike.
public abstract class WarehouseContract {

  protected static final Instant T0 = Instant.parse("2026-05-03T01:02:03.456789Z");
  protected static final TableName DAILY = new TableName(Layer.GOLD, "daily");
  protected static final TableName SENSORS = new TableName(Layer.GOLD, "sensors");
  protected static final Optional<String> BY_DAY = Optional.of("day");
  protected static final LocalDate MAY_1 = LocalDate.of(2026, 5, 1);
  protected static final LocalDate MAY_2 = LocalDate.of(2026, 5, 2);
  protected static final Pipeline PIPELINE =
      pipeline(
          new WarehouseTable.ReplacePartitions("fact_daily", DAILY, List.of("day", "id"), "day"),
          new WarehouseTable.Merge("dim_sensors", SENSORS, List.of("id")));

  @TempDir protected Path folder;

  protected DuckDbEngine engine;
  protected FixedLake lake;
  protected Warehouse warehouse;

  /// A warehouse in a new database.
  protected abstract Warehouse open() throws Exception;

  /// A connection to that database.
  protected abstract Connection connect() throws SQLException;

  /// Port of that database's server, or of its stand-in, on this machine.
  protected abstract int port() throws SQLException;

  /// The same warehouse behind another port.
  protected abstract Warehouse at(int port);

  @BeforeEach
  final void openAll() throws Exception {
    engine = new DuckDbEngine(folder.resolve("tmp"), 1L << 30, 2);
    lake = new FixedLake(folder.resolve("lake"), engine);
    warehouse = open();
    lake.put("daily", BY_DAY, days("(DATE '2026-05-01', 'a', 1.5), (DATE '2026-05-02', 'a', 2.5)"));
    lake.put("sensors", Optional.empty(), sensors("('a', 'old'), ('b', 'old')"));
  }

  @AfterEach
  final void closeAll() {
    engine.close();
  }

  @Test
  final void loadingTwiceLeavesEqualRows() throws SQLException {
    assertThat(load(T0).tables())
        .containsExactly(
            new TableLoad("fact_daily", DAILY, true, 2, 0, 2, 0),
            new TableLoad("dim_sensors", SENSORS, true, 2, 0, 2, 0));
    List<String> rows = everything();
    assertThat(load(T0.plusSeconds(1)).changed()).isFalse();
    assertThat(everything()).isEqualTo(rows);
    assertThat(warehouse.status(PIPELINE).getFirst().loadedAt()).contains(T0);
  }

  @Test
  final void onlyWhatChangedIsReplacedAndWhatIsGoneIsRemoved() throws SQLException {
    LoadOutcome _ = load(T0);
    lake.replace(
        "daily", MAY_2, days("(DATE '2026-05-02', 'b', 9.0), (DATE '2026-05-02', 'c', 8.0)"));
    LoadPreview preview = warehouse.preview(PIPELINE, lake, engine, Progress.NONE);
    assertThat(preview.tables().getFirst().partitions())
        .extracting(PartitionPreview::action)
        .containsExactly(Action.LEAVE, Action.REPLACE);
    assertThat(load(T0).tables().getFirst())
        .isEqualTo(new TableLoad("fact_daily", DAILY, true, 2, 1, 3, 1));
    lake.remove("daily", MAY_1);
    assertThat(load(T0).tables().getFirst())
        .isEqualTo(new TableLoad("fact_daily", DAILY, true, 0, 1, 2, 2));
    assertThat(query("SELECT day, id, value FROM p_1.fact_daily ORDER BY 1, 2"))
        .containsExactly("2026-05-02 b 9.0", "2026-05-02 c 8.0");
  }

  @Test
  final void mergingUpdatesInsertsAndKeeps() throws SQLException {
    LoadOutcome _ = load(T0);
    lake.put("sensors", Optional.empty(), sensors("('b', 'new'), ('c', 'new')"));
    PartitionPreview preview =
        warehouse
            .preview(PIPELINE, lake, engine, Progress.NONE)
            .tables()
            .getLast()
            .partitions()
            .getFirst();
    assertThat(List.of(preview.inserted(), preview.updated(), preview.left()))
        .containsExactly(1L, 1L, 1L);
    assertThat(load(T0).tables().getLast().rows()).isEqualTo(3);
    assertThat(query("SELECT id, place FROM p_1.dim_sensors ORDER BY 1"))
        .containsExactly("a old", "b new", "c new");
  }

  @Test
  final void aLoadThatFailsLeavesTheWholeWarehouseAsBefore() throws SQLException {
    LoadOutcome _ = load(T0);
    List<String> rows = everything();
    lake.put("daily", BY_DAY, days("(DATE '2026-05-01', 'z', 0.0)"));
    lake.put("sensors", Optional.empty(), sensors("('b', 'one'), ('b', 'two')"));
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> load(T0.plusSeconds(1)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.WAREHOUSE))
        .withMessageContainingAll("dim_sensors", "one key");
    assertThat(everything()).isEqualTo(rows);
    lake.put("sensors", Optional.empty(), sensors("(NULL, 'nowhere')"));
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> load(T0.plusSeconds(1)))
        .withMessageContainingAll("dim_sensors", "lacks a part of its key");
    assertThat(everything()).isEqualTo(rows);
    lake.put("sensors", Optional.empty(), sensors("('b', 'two')"));
    assertThat(load(T0).changed()).isTrue();
    assertThat(query("SELECT id FROM p_1.fact_daily")).containsExactly("z");
  }

  @Test
  final void aColumnTheLakeGainedIsAdded() throws SQLException {
    LoadOutcome _ = load(T0);
    lake.put(
        "sensors",
        Optional.empty(),
        "SELECT * FROM (VALUES ('b', 'new', 7)) AS v(id, place, floor)");
    LoadOutcome _ = load(T0);
    assertThat(query("SELECT id, place, floor FROM p_1.dim_sensors ORDER BY 1"))
        .containsExactly("a old null", "b new 7");
  }

  @Test
  final void everyValueReconciles() {
    lake.put(
        "sensors",
        Optional.empty(),
        """
        SELECT 'k' || n AS id, d AS d, l AS l, i AS i, b AS b, s AS s,
          timestamp_micros(us) AS t, DATE '1970-01-01' + dd AS dt
        FROM (VALUES
          (0, 0.1e0 + 0.2e0, 9223372036854775807, 2147483647, true,
            'a "b" '',\t\\N' || chr(10), 1, 0),
          (1, 5e-324, -9223372036854775808, -2147483648, false, '', -1, -1),
          (2, 1.7976931348623157e308, 0, 0, NULL, 'é漢😀', 253402300799999999, 2932896),
          (3, CAST('NaN' AS DOUBLE), 1, 1, true, chr(0) || 'x', 1777777777123457, 20000),
          (4, CAST('-Infinity' AS DOUBLE), NULL, NULL, NULL, NULL, NULL, NULL),
          (5, -123456789012345.678e0, 1, 1, true, 'x', -62135596800000000, -719162),
          (6, NULL, 1, 1, true, repeat('long', 1000), 0, 1)
        ) AS v(n, d, l, i, b, s, us, dd)
        """);
    LoadOutcome _ = load(T0);
    Reconciliation equal = reconcile();
    assertThat(equal.differs()).isFalse();
    PartitionCheck sensors = equal.tables().getLast().partitions().getFirst();
    assertThat(sensors.lake().checksum()).isEqualTo(sensors.warehouse().checksum());
    assertThat(sensors.lake().rows()).isEqualTo(7);
  }

  @Test
  final void rowsChangedByHandAreFoundAndMended() throws SQLException {
    LoadOutcome _ = load(T0);
    List<String> rows = everything();
    execute("UPDATE p_1.fact_daily SET value = value + 0.000000001 WHERE day = '2026-05-01'");
    execute("DELETE FROM p_1.fact_daily WHERE day = '2026-05-02'");
    execute("INSERT INTO p_1.fact_daily (day, id, value) VALUES ('2026-06-01', 'elsewhere', 1)");
    execute("UPDATE p_1.dim_sensors SET place = 'moved' WHERE id = 'a'");
    Reconciliation found = reconcile();
    assertThat(found.tables().getFirst().partitions())
        .extracting(PartitionCheck::verdict)
        .containsOnly(Verdict.DIFFERS);
    assertThat(
            found.tables().stream()
                .flatMap(t -> t.partitions().stream())
                .flatMap(p -> p.rows().stream()))
        .containsExactly(
            new RowDifference(Kind.CHANGED, Map.of("day", "2026-05-01", "id", "a")),
            new RowDifference(Kind.MISSING, Map.of("day", "2026-05-02", "id", "a")),
            new RowDifference(Kind.EXTRA, Map.of("day", "2026-06-01", "id", "elsewhere")),
            new RowDifference(Kind.CHANGED, Map.of("id", "a")));
    LoadOutcome mended =
        warehouse.load(PIPELINE, lake, engine, found.mending(), T0.plusSeconds(1), Progress.NONE);
    assertThat(mended.changed()).isTrue();
    assertThat(reconcile().differs()).isFalse();
    assertThat(everything()).isEqualTo(rows);
  }

  @Test
  final void aLedgerThatLostATableIsMadeAnewAndEverythingLoadedAgain() throws SQLException {
    LoadOutcome _ = load(T0);
    List<String> rows = everything();
    for (String lost : List.of("millrace_ledger_file", "millrace_ledger")) {
      execute("DROP TABLE p_1." + lost);
      assertThat(warehouse.preview(PIPELINE, lake, engine, Progress.NONE).changes()).isTrue();
      assertThat(load(T0).changed()).as("after %s", lost).isTrue();
      assertThat(everything()).as("after %s", lost).isEqualTo(rows);
      assertThat(load(T0).changed()).isFalse();
      assertThat(reconcile().differs()).isFalse();
    }
  }

  @Test
  final void twoLoadersRunOneAfterTheOther() throws Exception {
    CountDownLatch together = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<LoadOutcome>> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        both.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return load(T0);
                }));
      }
      assertThat(List.of(both.get(0).get().changed(), both.get(1).get().changed()))
          .containsExactlyInAnyOrder(true, false);
    }
    assertThat(query("SELECT count(*) FROM p_1.fact_daily")).containsExactly("2");
  }

  @Test
  final void aLineCutBeforeTheCommitLeavesTheWarehouseAsBefore() throws Exception {
    LoadOutcome _ = load(T0);
    List<String> rows = everything();
    lake.put("daily", BY_DAY, days("(DATE '2026-05-01', 'z', 0.0)"));
    try (CutProxy proxy = new CutProxy(port())) {
      Warehouse far = at(proxy.port());
      proxy.cutAtNextCommit(CutProxy.Cut.BEFORE_COMMIT);
      assertThatExceptionOfType(MillraceException.class)
          .isThrownBy(() -> far.load(PIPELINE, lake, engine, T0, Progress.NONE))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE));
      assertThat(everything()).isEqualTo(rows);
      assertThat(far.load(PIPELINE, lake, engine, T0, Progress.NONE).changed()).isTrue();
    }
    assertThat(reconcile().differs()).isFalse();
    assertThat(query("SELECT id FROM p_1.fact_daily")).containsExactly("z");
  }

  @Test
  final void aCommitWhoseAnswerIsLostIsFoundInTheLedger() throws Exception {
    LoadOutcome _ = load(T0);
    lake.put("daily", BY_DAY, days("(DATE '2026-05-01', 'z', 0.0)"));
    try (CutProxy proxy = new CutProxy(port())) {
      Warehouse far = at(proxy.port());
      proxy.cutAtNextCommit(CutProxy.Cut.IN_COMMIT);
      assertThat(far.load(PIPELINE, lake, engine, T0.plusSeconds(1), Progress.NONE).changed())
          .isTrue();
    }
    assertThat(query("SELECT id FROM p_1.fact_daily")).containsExactly("z");
    assertThat(load(T0.plusSeconds(2)).changed()).isFalse();
  }

  @SuppressWarnings("try") // Cutting the line is what this is about.
  @Test
  final void aLineCutBetweenTwoTablesLeavesTheWarehouseAsBefore() throws Exception {
    LoadOutcome _ = load(T0);
    List<String> rows = everything();
    lake.put("daily", BY_DAY, days("(DATE '2026-05-01', 'z', 0.0)"));
    try (CutProxy proxy = new CutProxy(port())) {
      Warehouse far = at(proxy.port());
      Progress killing =
          new Progress() {
            @Override
            public void report(String what, long done, long total) {
              if (what.equals("dim_sensors")) {
                try {
                  proxy.cutNow();
                } catch (java.io.IOException e) {
                  throw new IllegalStateException(e);
                }
              }
            }

            @Override
            public boolean cancelled() {
              return false;
            }
          };
      lake.put("sensors", Optional.empty(), sensors("('q', 'new')"));
      assertThatExceptionOfType(MillraceException.class)
          .isThrownBy(() -> far.load(PIPELINE, lake, engine, T0, killing));
    }
    assertThat(everything()).isEqualTo(rows);
    assertThat(load(T0).changed()).isTrue();
    assertThat(reconcile().differs()).isFalse();
  }

  @Test
  final void aColumnAddedUnderneathIsNamed() throws SQLException {
    LoadOutcome _ = load(T0);
    List<String> rows = query("SELECT day, id, value FROM p_1.fact_daily ORDER BY 1, 2");
    execute("ALTER TABLE p_1.fact_daily ADD COLUMN note varchar(20)");
    lake.put("daily", BY_DAY, days("(DATE '2026-05-01', 'z', 0.0)"));
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> load(T0))
        .withMessageContainingAll("fact_daily", "column note is only there");
    assertThat(query("SELECT day, id, value FROM p_1.fact_daily ORDER BY 1, 2")).isEqualTo(rows);
    execute("ALTER TABLE p_1.fact_daily DROP COLUMN note");
    assertThat(load(T0).changed()).isTrue();
  }

  @Test
  final void whoAnswersIsTold() {
    WarehouseServer before = warehouse.server(PIPELINE);
    assertThat(before.product()).isNotBlank();
    assertThat(before.version()).isNotBlank();
    assertThat(before.place()).contains("/");
    assertThat(before.user()).isNotBlank();
    assertThat(before.encrypted()).isFalse();
    assertThat(before.schemaStands()).isFalse();
    LoadOutcome _ = load(T0);
    assertThat(warehouse.server(PIPELINE).schemaStands()).isTrue();
  }

  @Test
  final void theLedgerTellsWhatEachLoadDid() {
    assertThat(warehouse.ledger(PIPELINE, 10)).isEmpty();
    LoadOutcome _ = load(T0);
    lake.put("sensors", Optional.empty(), sensors("('b', 'new')"));
    LoadOutcome _ = load(T0.plusSeconds(1));
    assertThat(warehouse.ledger(PIPELINE, 10))
        .containsExactly(
            new LedgerEntry(2, "dim_sensors", "gold.sensors", 1, 1, 0, 2, T0.plusSeconds(1)),
            new LedgerEntry(1, "dim_sensors", "gold.sensors", 0, 2, 0, 2, T0),
            new LedgerEntry(1, "fact_daily", "gold.daily", 0, 2, 0, 2, T0));
    assertThat(warehouse.ledger(PIPELINE, 1)).hasSize(1);
  }

  @Test
  final void aQueryReadsAndCanChangeNothing() throws SQLException {
    LoadOutcome _ = load(T0);
    List<String> before = everything();
    assertThat(
            asked(
                """
                SELECT id AS who, place, CAST(2 AS bigint) AS n, CAST(NULL AS varchar(4)) AS none,
                  loaded_at, source_version
                FROM dim_sensors CROSS JOIN millrace_ledger
                WHERE target = 'dim_sensors' ORDER BY id DESC; -- both
                """,
                0))
        .containsExactly(
            "who VARCHAR, place VARCHAR, n BIGINT, none VARCHAR,"
                + " loaded_at TIMESTAMP WITH TIME ZONE, source_version BIGINT",
            "[b, old, 2, null, " + T0 + ", 0]",
            "[a, old, 2, null, " + T0 + ", 0]");
    assertThat(asked("SELECT day FROM fact_daily ORDER BY day", 1))
        .containsExactly("day DATE", "[2026-05-01]");
    assertThat(warehouse.plan(PIPELINE, "SELECT * FROM dim_sensors")).isNotEmpty();
    for (String writes :
        List.of(
            "DELETE FROM dim_sensors",
            "SELECT * INTO copied FROM dim_sensors",
            "WITH gone AS (DELETE FROM dim_sensors RETURNING id) SELECT * FROM gone",
            "SELECT 1) AS x; COMMIT; DELETE FROM dim_sensors; SELECT * FROM (SELECT 1",
            "SELECT 1; COMMIT; DELETE FROM dim_sensors",
            "COMMIT",
            "")) {
      assertThatExceptionOfType(MillraceException.class)
          .as(writes)
          .isThrownBy(() -> asked(writes, 0));
    }
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> asked("SELECT id,\n  valeu\nFROM dim_sensors", 0))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL))
        .withMessageContainingAll("valeu", "line 2: valeu");
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> asked("SELECT id FROM dim_sensor", 0))
        .satisfies(e -> assertThat(e.remedy()).startsWith("did you mean dim_sensors?"));
    assertThat(everything()).isEqualTo(before);
  }

  /// Columns with their types, then a line for each row.
  private List<String> asked(String sql, int limit) {
    List<String> lines = new ArrayList<>();
    warehouse.query(
        PIPELINE,
        sql,
        limit,
        new RowReader() {
          @Override
          public void columns(List<QueryColumn> columns) {
            lines.add(
                columns.stream()
                    .map(c -> c.name() + " " + c.type())
                    .collect(java.util.stream.Collectors.joining(", ")));
          }

          @Override
          public void row(List<Object> values) {
            lines.add(values.toString());
          }
        },
        Progress.NONE);
    return lines;
  }

  protected final LoadOutcome load(Instant now) {
    return warehouse.load(PIPELINE, lake, engine, now, Progress.NONE);
  }

  protected final Reconciliation reconcile() {
    return warehouse.reconcile(PIPELINE, lake, engine, Progress.NONE);
  }

  protected final List<String> everything() throws SQLException {
    List<String> rows =
        new ArrayList<>(query("SELECT day, id, value FROM p_1.fact_daily ORDER BY day, id"));
    rows.addAll(query("SELECT * FROM p_1.dim_sensors ORDER BY id"));
    return rows;
  }

  protected final List<String> query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(rows.getObject(i)));
        }
        lines.add(String.join(" ", values));
      }
      return lines;
    }
  }

  protected final void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  protected static Pipeline pipeline(WarehouseTable... tables) {
    return new Pipeline(
        "p-1",
        "1.0.0",
        "A pipeline",
        "test",
        List.of(),
        Map.of(),
        List.of(),
        Map.of(),
        List.of(tables),
        List.of());
  }

  protected static String days(String rows) {
    return "SELECT day, id, CAST(value AS DOUBLE) AS value FROM (VALUES "
        + rows
        + ") AS v(day, id, value)";
  }

  protected static String sensors(String rows) {
    return "SELECT CAST(id AS VARCHAR) AS id, place FROM (VALUES " + rows + ") AS v(id, place)";
  }
}
