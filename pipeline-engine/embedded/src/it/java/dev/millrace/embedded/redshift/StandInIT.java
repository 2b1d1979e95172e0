package dev.millrace.embedded.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import dev.millrace.engine.warehouse.FixedLake;
import dev.millrace.engine.warehouse.RowReader;
import dev.millrace.engine.warehouse.RowReader.QueryColumn;
import dev.millrace.engine.warehouse.Warehouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the stand-in refuses as Redshift does, and what the preflight says before it.
final class StandInIT {

  private static final TableName SENSORS = new TableName(Layer.GOLD, "sensors");
  private static final Pipeline PIPELINE =
      new Pipeline(
          "p-1",
          "1.0.0",
          "A pipeline",
          "test",
          List.of(),
          Map.of(),
          List.of(),
          Map.of(),
          List.of(new WarehouseTable.Merge("dim_sensors", SENSORS, List.of("id"))),
          List.of());

  private static final int QUERIES = 150;

  @TempDir Path folder;

  private StandInRig rig;
  private DuckDbEngine engine;

  @BeforeEach
  void open() throws Exception {
    rig = StandInRig.start(folder.resolve("rig"));
    engine = new DuckDbEngine(folder.resolve("tmp"), 1L << 30, 1);
  }

  @AfterEach
  void close() {
    engine.close();
    rig.close();
  }

  @Test
  void whatRedshiftDoesNotDoIsRefused() throws SQLException {
    try (Connection connection = rig.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t (id integer NOT NULL ENCODE AZ64, v varchar(20) ENCODE ZSTD, PRIMARY KEY (id)) DISTSTYLE KEY DISTKEY (id) COMPOUND SORTKEY (id)");
      assertThat(refusal(statement, "INSERT INTO t VALUES (1, 'a') ON CONFLICT DO NOTHING"))
          .contains("syntax error at or near \"ON\"");
      assertThat(refusal(statement, "INSERT INTO t VALUES (1, 'a') RETURNING id"))
          .contains("RETURNING");
      assertThat(refusal(statement, "CREATE INDEX i ON t (id)")).contains("not supported");
      assertThat(refusal(statement, "SELECT DISTINCT ON (id) id FROM t")).contains("DISTINCT ON");
      assertThat(refusal(statement, "CREATE TABLE u (d varchar(3) ENCODE AZ64)"))
          .contains("invalid encoding");
      assertThat(refusal(statement, "SELECT pg_advisory_lock(1)")).contains("does not exist");
      assertThat(
              refusal(
                  statement,
                  "MERGE INTO t AS x USING t AS s ON x.id = s.id WHEN MATCHED THEN DELETE"))
          .contains("AS");
      // The key is a promise: nobody holds it.
      statement.execute("INSERT INTO t VALUES (1, 'RETURNING'), (1, 'on conflict')");
      try (ResultSet row = statement.executeQuery("SELECT count(*) FROM t")) {
        row.next();
        assertThat(row.getLong(1)).isEqualTo(2);
      }
      connection.setAutoCommit(false);
      assertThat(refusal(statement, "ALTER TABLE t ALTER COLUMN v TYPE varchar(40)"))
          .contains("inside a transaction block");
      // The transaction has failed there too.
      assertThat(refusal(statement, "SELECT 1")).contains("aborted");
      connection.rollback();
      connection.setAutoCommit(true);
      statement.execute("ALTER TABLE t ALTER COLUMN v TYPE varchar(40)");
    }
  }

  /// Neither by what Redshift has not, nor by what only its superuser may.
  @Test
  void aClientReachesNoFileAndNoProgramOfTheMachine() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "not for clients\n");
    try (Connection connection = rig.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (v varchar(200))");
      assertThat(state(statement, "SELECT pg_read_file('" + secret + "')")).isEqualTo("42883");
      assertThat(state(statement, "SELECT lo_import('" + secret + "')")).isEqualTo("42883");
      assertThat(state(statement, "SELECT pg_ls_dir('/')")).isEqualTo("42883");
      assertThat(state(statement, "COPY t TO PROGRAM 'cat > " + secret + "'")).isEqualTo("42601");
      assertThat(state(statement, "COPY t FROM PROGRAM 'cat " + secret + "'")).isEqualTo("42601");
      assertThat(state(statement, "COPY t FROM '" + secret + "'")).isEqualTo("0A000");
      // What slips through the words is held by the role.
      assertThat(state(statement, "/* */ COPY t FROM '" + secret + "'")).isEqualTo("42501");
      assertThat(state(statement, "/* */ COPY t TO PROGRAM 'cat'")).isEqualTo("42501");
      assertThat(state(statement, "SELECT \"pg_read_file\"('" + secret + "')")).isEqualTo("42501");
      assertThat(state(statement, "SET ROLE postgres")).isEqualTo("42501");
      assertThat(state(statement, "SELECT set_config('role', 'postgres', false)"))
          .isEqualTo("42501");
      assertThat(state(statement, "CREATE ROLE another SUPERUSER")).isEqualTo("42501");
      assertThat(state(statement, "DELETE FROM redshift.load_error")).isEqualTo("42501");
      try (ResultSet row = statement.executeQuery("SELECT count(*) FROM t")) {
        row.next();
        assertThat(row.getLong(1)).isZero();
      }
    }
    assertThat(secret).hasContent("not for clients");
  }

  @Test
  void whatASuperuserMadeBeforeIsHandedOver() throws Exception {
    rig.execute(
        "CREATE SCHEMA p_1; CREATE TABLE p_1.old (id bigint GENERATED BY DEFAULT AS IDENTITY, v text);"
            + " INSERT INTO p_1.old (v) VALUES ('kept')");
    rig.restart();
    try (Connection connection = rig.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO p_1.old (v) VALUES ('new')");
      statement.execute("ALTER TABLE p_1.old ADD COLUMN w integer");
      statement.execute("DROP TABLE p_1.old");
      statement.execute("CREATE TABLE p_1.other (v integer)");
    }
  }

  @Test
  void aCopyIsJudgedBeforeAnyRowIsTaken() throws Exception {
    LakeFile file = write("SELECT CAST(1 AS int) AS id, 'four' AS v, timestamp_micros(1) AS t");
    long bytes = Files.size(file.path());
    try (Connection connection = rig.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id integer, v varchar(4), t timestamp)");
      assertThat(refusal(statement, copy("t", manifest("none", file, -1))))
          .contains("content_length");
      assertThat(refusal(statement, copy("t", manifest("wrong", file, bytes + 1))))
          .contains("Spectrum Scan Error");
      String good = manifest("good", file, bytes);
      assertThat(refusal(statement, copy("t", good).replace("millrace-local", "nobody")))
          .contains("not authorized to assume IAM Role");
      assertThat(refusal(statement, copy("t", good) + " REGION 'eu-west-1'"))
          .contains("REGION argument is not supported");
      assertThat(refusal(statement, copy("nowhere", good))).contains("nonexistent table nowhere");
      statement.execute("CREATE TABLE narrow (id integer, v varchar(4))");
      assertThat(refusal(statement, copy("narrow", good)))
          .contains("Table columns: 2, Data columns: 3");
      statement.execute("CREATE TABLE turned (v varchar(4), id integer, t timestamp)");
      assertThat(refusal(statement, copy("turned", good)))
          .contains("incompatible Parquet schema for column");
      statement.execute("CREATE TABLE zoned (id integer, v varchar(4), t timestamptz)");
      assertThat(refusal(statement, copy("zoned", good))).contains("incompatible Parquet schema");
      statement.execute("CREATE TABLE brief (id integer, v varchar(3), t timestamp)");
      assertThat(refusal(statement, copy("brief", good))).contains("Table: 3, Data: 4");
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT column_name, error_code FROM sys_load_error_detail ORDER BY start_time DESC LIMIT 1")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("v");
        assertThat(rows.getInt(2)).isEqualTo(1204);
      }
      statement.execute(copy("t", good));
      try (ResultSet row = statement.executeQuery("SELECT pg_last_copy_count(), * FROM t")) {
        row.next();
        assertThat(row.getLong(1)).isEqualTo(1);
        assertThat(row.getString(3)).isEqualTo("four");
        assertThat(row.getString(4)).isEqualTo("1970-01-01 00:00:00.000001");
      }
    }
  }

  @Test
  void aConflictOfTransactionsIsToldAsRedshiftTellsIt() throws SQLException {
    try (Connection one = rig.connect();
        Connection two = rig.connect();
        Statement first = one.createStatement();
        Statement second = two.createStatement()) {
      first.execute("CREATE TABLE t (id integer, v integer)");
      first.execute("INSERT INTO t VALUES (1, 1)");
      one.setAutoCommit(false);
      two.setAutoCommit(false);
      first.execute("SELECT sum(v) FROM t");
      second.execute("SELECT sum(v) FROM t");
      first.execute("INSERT INTO t SELECT 2, sum(v) FROM t");
      second.execute("INSERT INTO t SELECT 3, sum(v) FROM t");
      one.commit();
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(two::commit)
          .withMessageContainingAll("1023", "Serializable isolation violation");
    }
  }

  @Test
  void thePreflightNamesTheColumnAndTheRemedy() {
    FixedLake lake = new FixedLake(folder.resolve("lake"), engine);
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, repeat('x', 70000) AS place");
    assertThat(failure(rig.warehouse(), lake))
        .contains("Column place for dim_sensors has a text of 70,000 bytes", "shorten it");
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, 'here' AS place");
    Warehouse elsewhere =
        rig.warehouse(
            rig.port(), StandInRig.ROLE, Optional.of("eu-central-1"), Optional.of("us-east-1"));
    assertThat(failure(elsewhere, lake)).contains("cluster is in eu-central-1", "us-east-1");
    Warehouse stranger =
        rig.warehouse(
            rig.port(),
            "arn:aws:iam::000000000000:role/nobody",
            Optional.empty(),
            Optional.empty());
    assertThat(failure(stranger, lake)).contains("may not take the role", "attach the role");
    // The file is older than the table's columns.
    lake.reshape("sensors", "SELECT 'a' AS id, 'here' AS place, 1 AS floor");
    assertThat(failure(rig.warehouse(), lake)).contains("has no column floor", "rebuild");
    lake.reshape("sensors", "SELECT 'a' AS id, DATE '2026-01-01' AS place");
    assertThat(failure(rig.warehouse(), lake)).contains("Column place", "is no date", "cast it");
    lake.reshape("sensors", "SELECT 'a' AS id, timestamp_micros(1) AS place");
    assertThat(failure(rig.warehouse(), lake)).contains("INT64 microseconds", "TIMESTAMP_MICROS");
    lake.reshape("sensors", "SELECT 'here' AS place, 'a' AS id");
    assertThat(failure(rig.warehouse(), lake)).contains("is id and not place", "by their place");
  }

  @Test
  void aLockThatSomeoneDroppedIsMadeAnew() throws SQLException {
    FixedLake lake = new FixedLake(folder.resolve("lake"), engine);
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, 'here' AS place");
    load(rig.warehouse(), lake);
    rig.execute("DROP TABLE p_1.millrace_lock");
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, 'there' AS place");
    load(rig.warehouse(), lake);
  }

  @Test
  void aTextThatGrewMakesItsColumnWider() throws SQLException {
    FixedLake lake = new FixedLake(folder.resolve("lake"), engine);
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, 'here' AS place");
    load(rig.warehouse(), lake);
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, repeat('é', 100) AS place");
    load(rig.warehouse(), lake);
    try (Connection connection = rig.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT character_maximum_length FROM information_schema.columns
                WHERE table_name = 'dim_sensors' AND column_name = 'place'
                """)) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(256);
    }
  }

  /// The driver must not cancel what it has done with: the wish comes late, and ends the next one.
  @Test
  void aQueryIsNeverEndedByTheOneBefore() {
    Warehouse warehouse = rig.warehouse();
    for (int i = 0; i < QUERIES; i++) {
      List<Object> seen = new ArrayList<>();
      warehouse.query(
          PIPELINE,
          "SELECT 1 AS n UNION ALL SELECT 2",
          0,
          new RowReader() {
            @Override
            public void columns(List<QueryColumn> columns) {}

            @Override
            public void row(List<Object> values) {
              seen.add(values.getFirst());
            }
          },
          Progress.NONE);
      assertThat(seen).hasSize(2);
    }
  }

  @Test
  void aBucketThatDoesNotAnswerLeavesTheWarehouseAsBefore() throws SQLException {
    FixedLake lake = new FixedLake(folder.resolve("lake"), engine);
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, 'here' AS place");
    load(rig.warehouse(), lake);
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, 'there' AS place");
    rig.stopS3();
    assertThat(failure(rig.warehouse(), lake)).contains("warehouse");
    try (Connection connection = rig.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT place FROM p_1.dim_sensors")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("here");
    }
  }

  @Test
  void aBucketThatMayNotBeWrittenIsNamedBeforeTheLoadBegins() throws Exception {
    FixedLake lake = new FixedLake(folder.resolve("lake"), engine);
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, 'here' AS place");
    assertThat(failure(rig.stranger(folder.resolve("drafts")), lake))
        .contains(
            "put an object into s3://", "/_warehouse", "the load was not begun", "s3:PutObject");
    try (Connection connection = rig.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'p_1'")) {
      row.next();
      assertThat(row.getLong(1)).isZero();
    }
  }

  @Test
  void whatAKilledLoadLeftIsRemovedByTheFirstLoadADayLater() throws Exception {
    FixedLake lake = new FixedLake(folder.resolve("lake"), engine);
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, 'here' AS place");
    rig.store().put("_warehouse/of-the-killed/dim_sensors.manifest", new byte[] {'{', '}'});
    load(rig.warehouse(), lake);
    // It could be another's that still loads.
    assertThat(rig.store().walk("_warehouse")).hasSize(1);
    lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, 'there' AS place");
    load(rig.warehouse(() -> Instant.now().plus(Duration.ofHours(25))), lake);
    assertThat(rig.store().walk("_warehouse")).isEmpty();
  }

  private void load(Warehouse warehouse, FixedLake lake) {
    assertThat(warehouse.load(PIPELINE, lake, engine, Instant.EPOCH, Progress.NONE).changed())
        .isTrue();
  }

  private String failure(Warehouse warehouse, FixedLake lake) {
    try {
      var _ = warehouse.load(PIPELINE, lake, engine, Instant.EPOCH, Progress.NONE);
      throw new AssertionError("loaded");
    } catch (MillraceException e) {
      return e.what() + "; " + e.remedy();
    }
  }

  private static String refusal(Statement statement, String sql) {
    try {
      statement.execute(sql);
      throw new AssertionError("not refused: " + sql);
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String state(Statement statement, String sql) {
    try {
      statement.execute(sql);
      throw new AssertionError("not refused: " + sql);
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }

  private static String copy(String table, String manifest) {
    return "COPY %s FROM '%s' IAM_ROLE '%s' FORMAT AS PARQUET MANIFEST"
        .formatted(table, manifest, StandInRig.ROLE);
  }

  /// @param length left out when negative
  private String manifest(String name, LakeFile file, long length) throws Exception {
    String object = "files/" + file.path().getFileName();
    Path draft = rig.store().draft(object);
    Files.copy(file.path(), draft);
    rig.store().put(object, draft);
    String meta = length < 0 ? "" : ", \"meta\": {\"content_length\": " + length + "}";
    rig.store()
        .put(
            name,
            "{\"entries\": [{\"url\": \"%s\", \"mandatory\": true%s}]}"
                .formatted(rig.store().place(object), meta)
                .getBytes(StandardCharsets.UTF_8));
    return rig.store().place(name);
  }

  private LakeFile write(String sql) throws Exception {
    try (SqlSession session = engine.session()) {
      Schema schema = session.describe(sql);
      Path to = Files.createDirectories(folder.resolve("written"));
      return session.write(sql, schema, Optional.empty(), _ -> to).getFirst();
    }
  }
}
