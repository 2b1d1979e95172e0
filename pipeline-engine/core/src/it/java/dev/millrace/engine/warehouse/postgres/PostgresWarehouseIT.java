package dev.millrace.engine.warehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.engine.PostgresServer;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import dev.millrace.engine.warehouse.FixedLake;
import dev.millrace.engine.warehouse.LoadOutcome;
import dev.millrace.engine.warehouse.LoadOutcome.TableLoad;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.LoadPreview.Action;
import dev.millrace.engine.warehouse.LoadPreview.PartitionPreview;
import dev.millrace.engine.warehouse.LoadedTable;
import dev.millrace.engine.warehouse.Reconciliation;
import dev.millrace.engine.warehouse.Reconciliation.Kind;
import dev.millrace.engine.warehouse.Reconciliation.PartitionCheck;
import dev.millrace.engine.warehouse.Reconciliation.RowDifference;
import dev.millrace.engine.warehouse.Reconciliation.Verdict;
import dev.millrace.engine.warehouse.RowReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresWarehouseIT {

  private static final Instant T0 = Instant.parse("2026-05-03T01:02:03.456789Z");
  private static final TableName DAILY = new TableName(Layer.GOLD, "daily");
  private static final TableName SENSORS = new TableName(Layer.GOLD, "sensors");
  private static final Optional<String> BY_DAY = Optional.of("day");
  private static final LocalDate MAY_1 = LocalDate.of(2026, 5, 1);
  private static final LocalDate MAY_2 = LocalDate.of(2026, 5, 2);
  private static final Pipeline PIPELINE =
      pipeline(
          new WarehouseTable.ReplacePartitions("fact_daily", DAILY, List.of("day", "id"), "day"),
          new WarehouseTable.Merge("dim_sensors", SENSORS, List.of("id")));

  @TempDir Path folder;

  private ServiceEndpoints endpoints;
  private DuckDbEngine engine;
  private FixedLake lake;
  private PostgresWarehouse warehouse;

  @BeforeEach
  void open() throws SQLException {
    endpoints = PostgresServer.freshDatabase();
    engine = new DuckDbEngine(folder.resolve("tmp"), 1L << 30, 2);
    lake = new FixedLake(folder.resolve("lake"), engine);
    warehouse = new PostgresWarehouse(endpoints);
    lake.put("daily", BY_DAY, days("(DATE '2026-05-01', 'a', 1.5), (DATE '2026-05-02', 'a', 2.5)"));
    lake.put("sensors", Optional.empty(), sensors("('a', 'old'), ('b', 'old')"));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void loadingTwiceTouchesNothingTheSecondTime() throws SQLException {
    assertThat(warehouse.status(PIPELINE))
        .containsExactly(
            new LoadedTable("fact_daily", DAILY, 0, Optional.empty(), OptionalLong.empty()),
            new LoadedTable("dim_sensors", SENSORS, 0, Optional.empty(), OptionalLong.empty()));

    LoadOutcome first = load(T0);
    assertThat(first.tables())
        .containsExactly(
            new TableLoad("fact_daily", DAILY, true, 2, 0, 2, 0),
            new TableLoad("dim_sensors", SENSORS, true, 2, 0, 2, 0));
    List<String> rows = everything();
    List<String> versions = rowVersions();

    LoadOutcome second = load(T0.plusSeconds(60));
    assertThat(second.changed()).isFalse();
    assertThat(second.written()).isZero();
    assertThat(second.rows()).isEqualTo(Map.of("fact_daily", 2L, "dim_sensors", 2L));
    assertThat(everything()).isEqualTo(rows);
    assertThat(rowVersions()).isEqualTo(versions);
    assertThat(warehouse.status(PIPELINE))
        .containsExactly(
            new LoadedTable("fact_daily", DAILY, 2, Optional.of(T0), OptionalLong.of(0)),
            new LoadedTable("dim_sensors", SENSORS, 2, Optional.of(T0), OptionalLong.of(0)));
  }

  @Test
  void aRowIsFoundByItsKey() {
    WarehouseTable daily = PIPELINE.warehouse().getFirst();
    Map<String, Object> key = Map.of("day", MAY_1, "id", "a");
    assertThat(warehouse.row(PIPELINE, daily, key)).as("no table yet").isEmpty();
    load(T0);
    Map<String, Object> row = warehouse.row(PIPELINE, daily, key).orElseThrow();
    assertThat(row).containsEntry("id", "a").containsValue(1.5);
    assertThat(warehouse.row(PIPELINE, daily, Map.of("day", MAY_1, "id", "'; drop"))).isEmpty();
  }

  /// The home's own database has a superuser, who could do more than read within a SELECT.
  @Test
  void aQueryHasNoSuperuserToCallUpon() {
    load(T0);
    for (String asked :
        List.of(
            "SELECT pg_read_file('PG_VERSION')",
            "SELECT pg_ls_dir('.')",
            "SELECT pg_reload_conf()")) {
      assertThatExceptionOfType(MillraceException.class)
          .as(asked)
          .isThrownBy(() -> asked(asked))
          .withMessageContaining("permission denied");
    }
    assertThat(asked("SELECT count(*) FROM fact_daily")).containsExactly("2");
  }

  private List<String> asked(String sql) {
    List<String> rows = new ArrayList<>();
    warehouse.query(
        PIPELINE,
        sql,
        0,
        new RowReader() {
          @Override
          public void columns(List<QueryColumn> columns) {}

          @Override
          public void row(List<Object> values) {
            rows.add(String.valueOf(values.getFirst()));
          }
        },
        Progress.NONE);
    return rows;
  }

  @Test
  void theSameRowsInOtherFilesGiveTheSameWarehouse() throws SQLException {
    load(T0);
    List<String> rows = everything();
    lake.put("daily", BY_DAY, days("(DATE '2026-05-02', 'a', 2.5), (DATE '2026-05-01', 'a', 1.5)"));
    assertThat(load(T0).tables().getFirst())
        .isEqualTo(new TableLoad("fact_daily", DAILY, true, 2, 2, 2, 1));
    assertThat(everything()).isEqualTo(rows);
  }

  @Test
  void everyValueArrivesExactly() throws SQLException {
    lake.put(
        "sensors",
        Optional.empty(),
        """
        SELECT 'k' || n AS id, d AS d, l AS l, i AS i, b AS b, s AS s,
          timestamp_micros(us) AS t, DATE '1970-01-01' + dd AS dt, encode(s) AS raw
        FROM (VALUES
          (0, 0.1e0 + 0.2e0, 9223372036854775807, 2147483647, true,
            'a "b" '',\t\\N' || chr(10), 1, 0),
          (1, 5e-324, -9223372036854775808, -2147483648, false, '', -1, -1),
          (2, 1.7976931348623157e308, 0, 0, NULL, 'é漢😀', 253402300799999999, 2932896),
          (3, CAST('NaN' AS DOUBLE), 1, 1, true, chr(0) || 'x', 1777777777123457, 20000),
          (4, CAST('-Infinity' AS DOUBLE), NULL, NULL, NULL, NULL, NULL, NULL),
          (5, -0e0, 1, 1, true, 'x', -62135596800000000, -719162),
          (6, NULL, 1, 1, true, repeat('long', 100000), 0, 1)
        ) AS v(n, d, l, i, b, s, us, dd)
        """);
    load(T0);
    double[] doubles = {
      0.1 + 0.2, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, -0.0
    };
    long[] micros = {1, -1, 253402300799999999L, 1777777777123457L, 0, -62135596800000000L, 0};
    int[] days = {0, -1, 2932896, 20000, 0, -719162, 1};
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM p_1.dim_sensors ORDER BY id")) {
      for (int n = 0; n < 7; n++) {
        assertThat(row.next()).isTrue();
        if (n == 6) {
          assertThat(row.getObject("d")).isNull();
          assertThat(row.getString("s")).isEqualTo("long".repeat(100_000));
        } else {
          assertThat(Double.doubleToRawLongBits(row.getDouble("d")))
              .isEqualTo(Double.doubleToRawLongBits(doubles[n]));
        }
        if (n == 4) {
          assertThat(row.getObject("l")).isNull();
          assertThat(row.getObject("t")).isNull();
          assertThat(row.getObject("dt")).isNull();
          assertThat(row.getObject("b")).isNull();
          assertThat(row.getObject("raw")).isNull();
        } else {
          assertThat(row.getObject("t", OffsetDateTime.class).toInstant())
              .isEqualTo(Instant.EPOCH.plus(micros[n], ChronoUnit.MICROS));
          assertThat(row.getObject("dt", LocalDate.class)).isEqualTo(LocalDate.ofEpochDay(days[n]));
        }
      }
    }
    assertThat(query("SELECT l FROM p_1.dim_sensors WHERE id IN ('k0', 'k1') ORDER BY id"))
        .containsExactly("9223372036854775807", "-9223372036854775808");
    assertThat(query("SELECT i FROM p_1.dim_sensors WHERE id IN ('k0', 'k1') ORDER BY id"))
        .containsExactly("2147483647", "-2147483648");
    assertThat(query("SELECT b FROM p_1.dim_sensors WHERE id IN ('k0', 'k1') ORDER BY id"))
        .containsExactly("t", "f");
    assertThat(query("SELECT s FROM p_1.dim_sensors WHERE id < 'k4' ORDER BY id"))
        .containsExactly("a \"b\" ',\t\\N\n", "", "é漢😀", "\uFFFDx");
    assertThat(query("SELECT encode(raw, 'hex') FROM p_1.dim_sensors WHERE id = 'k3'"))
        .containsExactly("0078");
  }

  @Test
  void anyOtherChangeOfShapeIsRefused() throws SQLException {
    load(T0);
    List<String> rows = everything();
    lake.put("sensors", Optional.empty(), "SELECT * FROM (VALUES ('b', 7)) AS v(id, place)");
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> load(T0))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.WAREHOUSE))
        .withMessageContaining("column place is text there and integer here");
    lake.put("sensors", Optional.empty(), "SELECT * FROM (VALUES ('b')) AS v(id)");
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> load(T0))
        .withMessageContaining("column place is only there");
    Pipeline otherKey =
        pipeline(new WarehouseTable.Merge("dim_sensors", SENSORS, List.of("place")));
    lake.put("sensors", Optional.empty(), sensors("('b', 'x')"));
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> warehouse.load(otherKey, lake, engine, T0, Progress.NONE))
        .withMessageContaining("primary key");
    assertThat(everything()).isEqualTo(rows);
  }

  @Test
  void aDroppedTableIsMadeAndFilledAnew() throws SQLException {
    load(T0);
    List<String> rows = everything();
    execute("DROP TABLE p_1.fact_daily");
    assertThat(load(T0).tables().getFirst())
        .isEqualTo(new TableLoad("fact_daily", DAILY, true, 2, 0, 2, 0));
    assertThat(everything()).isEqualTo(rows);
  }

  @Test
  void aMissingSourceAndAWrongDefinitionAreNamed() {
    TableName unknown = new TableName(Layer.GOLD, "unknown");
    assertThat(failure(new WarehouseTable.Merge("t", unknown, List.of("id"))))
        .isEqualTo(ErrorCode.LAKE);
    assertThat(failure(new WarehouseTable.Merge("t", SENSORS, List.of("nothing"))))
        .isEqualTo(ErrorCode.DEFINITION);
    assertThat(failure(new WarehouseTable.ReplacePartitions("t", SENSORS, List.of("id"), "place")))
        .isEqualTo(ErrorCode.DEFINITION);
  }

  @Test
  void aCancelledLoadLeavesTheWarehouseAsBefore() throws SQLException {
    load(T0);
    List<String> rows = everything();
    lake.put("daily", BY_DAY, manyDays());
    OnFirstRows progress = new OnFirstRows(() -> {});
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> warehouse.load(PIPELINE, lake, engine, T0, progress))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(everything()).isEqualTo(rows);
  }

  @Test
  void aLostConnectionLeavesTheWarehouseAsBefore() throws SQLException {
    load(T0);
    List<String> rows = everything();
    lake.put("daily", BY_DAY, manyDays());
    OnFirstRows progress =
        new OnFirstRows(
            () ->
                execute(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE application_name = 'millrace-warehouse'
                      AND datname = current_database()
                    """));
    progress.cancels = false;
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> warehouse.load(PIPELINE, lake, engine, T0, progress))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE));
    assertThat(everything()).isEqualTo(rows);
    assertThat(load(T0).tables().getFirst().rows()).isEqualTo(200_000);
  }

  @Test
  void aWarehouseThatIsNotThereIsNamed() {
    PostgresWarehouse nowhere =
        new PostgresWarehouse(
            new ServiceEndpoints("none:0", "jdbc:postgresql://127.0.0.1:1/none", "a", "b"));
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> nowhere.status(PIPELINE))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE));
  }

  @Test
  void aPreviewTellsWhatALoadThenDoes() throws SQLException {
    LoadPreview first = preview();
    assertThat(first.tables().getFirst().made()).isTrue();
    assertThat(first.tables().getFirst().partitions())
        .extracting(
            PartitionPreview::partition, PartitionPreview::action, PartitionPreview::inserted)
        .containsExactly(
            tuple(Optional.of(MAY_1), Action.INSERT, 1L),
            tuple(Optional.of(MAY_2), Action.INSERT, 1L));
    assertThat(first.tables().getFirst().sample().getFirst())
        .isEqualTo(Map.of("day", "2026-05-01", "id", "a", "value", "1.5"));
    load(T0);
    assertThat(preview().changes()).isFalse();

    lake.replace(
        "daily", MAY_2, days("(DATE '2026-05-02', 'b', 9.0), (DATE '2026-05-02', 'c', 8.0)"));
    lake.put("sensors", Optional.empty(), sensors("('b', 'new'), ('c', 'new')"));
    LoadPreview second = preview();
    assertThat(second.tables().getFirst().partitions())
        .containsExactly(
            new PartitionPreview(Optional.of(MAY_1), Action.LEAVE, 0, 0, 0, 1, 0),
            new PartitionPreview(
                Optional.of(MAY_2),
                Action.REPLACE,
                2,
                0,
                1,
                0,
                second.tables().getFirst().partitions().getLast().bytes()));
    PartitionPreview merged = second.tables().getLast().partitions().getFirst();
    assertThat(merged.inserted()).isEqualTo(1);
    assertThat(merged.updated()).isEqualTo(1);
    assertThat(merged.left()).isEqualTo(1);
    LoadOutcome outcome = load(T0);
    assertThat(outcome.tables().getFirst().written()).isEqualTo(2);
    assertThat(outcome.tables().getFirst().deleted()).isEqualTo(1);

    lake.remove("daily", MAY_1);
    assertThat(preview().tables().getFirst().partitions().getFirst())
        .isEqualTo(new PartitionPreview(Optional.of(MAY_1), Action.DELETE, 0, 0, 1, 0, 0));
  }

  @Test
  void whatWasLoadedReconcilesWhateverItsValues() {
    lake.put(
        "sensors",
        Optional.empty(),
        """
        SELECT 'k' || n AS id, d AS d, l AS l, i AS i, b AS b, s AS s,
          timestamp_micros(us) AS t, DATE '1970-01-01' + dd AS dt, encode(s) AS raw
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
    load(T0);
    Reconciliation equal = reconcile();
    assertThat(equal.differs()).isFalse();
    assertThat(equal.behind()).isFalse();
    PartitionCheck sensors = equal.tables().getLast().partitions().getFirst();
    assertThat(sensors.verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(sensors.lake().checksum())
        .isEqualTo(sensors.warehouse().checksum())
        .isNotEqualTo("0");
  }

  @Test
  void rowsChangedByHandAreFoundAndMended() throws SQLException {
    lake.put("daily", BY_DAY, manyDays());
    assertThat(reconcile().behind()).isTrue();
    load(T0);
    List<String> rows = everything();
    execute("UPDATE p_1.fact_daily SET value = value + 1e-9 WHERE id = 'id-7'");
    execute("DELETE FROM p_1.fact_daily WHERE id = 'id-8'");
    execute("INSERT INTO p_1.fact_daily VALUES ('2026-05-01', 'by hand', 1)");
    execute("INSERT INTO p_1.fact_daily VALUES ('2026-06-01', 'elsewhere', 1)");
    execute("UPDATE p_1.dim_sensors SET place = 'moved' WHERE id = 'a'");
    execute("INSERT INTO p_1.dim_sensors VALUES ('z', 'only here')");

    Reconciliation found = reconcile();
    PartitionCheck may = found.tables().getFirst().partitions().getFirst();
    assertThat(may.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(may.differing()).isEqualTo(3);
    assertThat(may.rows())
        .containsExactlyInAnyOrder(
            new RowDifference(Kind.CHANGED, Map.of("day", "2026-05-01", "id", "id-7")),
            new RowDifference(Kind.MISSING, Map.of("day", "2026-05-01", "id", "id-8")),
            new RowDifference(Kind.EXTRA, Map.of("day", "2026-05-01", "id", "by hand")));
    assertThat(found.tables().getFirst().partitions().getLast().rows())
        .containsExactly(
            new RowDifference(Kind.EXTRA, Map.of("day", "2026-06-01", "id", "elsewhere")));
    PartitionCheck sensors = found.tables().getLast().partitions().getFirst();
    assertThat(sensors.rows()).containsExactly(new RowDifference(Kind.CHANGED, Map.of("id", "a")));
    assertThat(sensors.kept()).isEqualTo(1);

    LoadOutcome mended =
        warehouse.load(PIPELINE, lake, engine, found.mending(), T0.plusSeconds(1), Progress.NONE);
    assertThat(mended.changed()).isTrue();
    assertThat(reconcile().differs()).isFalse();
    execute("DELETE FROM p_1.dim_sensors WHERE id = 'z'");
    assertThat(everything()).isEqualTo(rows);
  }

  @Test
  void aTableThatStaysLockedIsToldWithItsHolder() throws SQLException {
    load(T0);
    List<String> rows = everything();
    lake.put("daily", BY_DAY, days("(DATE '2026-05-01', 'z', 0.0)"));
    PostgresWarehouse impatient =
        new PostgresWarehouse(PostgresWarehouse.source(endpoints), Duration.ofMillis(50));
    try (Connection holder = connect();
        Statement statement = holder.createStatement()) {
      statement.execute("SET application_name = 'a report'");
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE p_1.fact_daily IN ACCESS EXCLUSIVE MODE");
      assertThatExceptionOfType(MillraceException.class)
          .isThrownBy(() -> impatient.load(PIPELINE, lake, engine, T0, Progress.NONE))
          .withMessageContainingAll("fact_daily", "held by session", "a report");
    }
    assertThat(everything()).isEqualTo(rows);
    assertThat(load(T0).changed()).isTrue();
  }

  private LoadPreview preview() {
    return warehouse.preview(PIPELINE, lake, engine, Progress.NONE);
  }

  private Reconciliation reconcile() {
    return warehouse.reconcile(PIPELINE, lake, engine, Progress.NONE);
  }

  private LoadOutcome load(Instant now) {
    return warehouse.load(PIPELINE, lake, engine, now, Progress.NONE);
  }

  private ErrorCode failure(WarehouseTable table) {
    try {
      warehouse.load(pipeline(table), lake, engine, T0, Progress.NONE);
    } catch (MillraceException e) {
      return e.code();
    }
    throw new AssertionError("loaded");
  }

  private List<String> everything() throws SQLException {
    List<String> rows =
        new ArrayList<>(query("SELECT t::text FROM p_1.fact_daily AS t ORDER BY day, id"));
    rows.addAll(query("SELECT t::text FROM p_1.dim_sensors AS t ORDER BY id"));
    return rows;
  }

  /// Which transaction wrote each row: a row that was not touched keeps it.
  private List<String> rowVersions() throws SQLException {
    return query("SELECT concat_ws(' ', xmin, ctid, id) FROM p_1.fact_daily ORDER BY day, id");
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), endpoints.password());
  }

  private static Pipeline pipeline(WarehouseTable... tables) {
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

  private static String days(String rows) {
    return "SELECT day, id, CAST(value AS DOUBLE) AS value FROM (VALUES "
        + rows
        + ") AS v(day, id, value)";
  }

  private static String manyDays() {
    return """
    SELECT DATE '2026-05-01' AS day, 'id-' || n AS id, CAST(n AS DOUBLE) AS value
    FROM (SELECT unnest(range(200000)) AS n)
    """;
  }

  private static String sensors(String rows) {
    return "SELECT CAST(id AS VARCHAR) AS id, place FROM (VALUES " + rows + ") AS v(id, place)";
  }

  /// Does something once rows have flowed, and then asks to stop.
  private static final class OnFirstRows implements Progress {

    private interface Interference {
      void run() throws SQLException;
    }

    private final Interference action;
    private boolean cancels = true;
    private boolean acted;

    OnFirstRows(Interference action) {
      this.action = action;
    }

    @Override
    public void report(String what, long done, long total) {
      if (done > 0 && !acted) {
        acted = true;
        try {
          action.run();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public boolean cancelled() {
      return cancels && acted;
    }
  }
}
