package dev.millrace.engine.warehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.PostgresServer;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import dev.millrace.engine.warehouse.FixedLake;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A loader that is killed with SIGKILL.
final class PostgresKilledIT {

  private static final TableName DAILY = new TableName(Layer.GOLD, "daily");
  private static final TableName SENSORS = new TableName(Layer.GOLD, "sensors");

  @TempDir Path folder;

  @Test
  void itLeavesTheWarehouseAsBeforeAndTheNextLoadIsRight() throws Exception {
    ServiceEndpoints endpoints = PostgresServer.freshDatabase();
    try (DuckDbEngine engine = new DuckDbEngine(folder.resolve("tmp"), 1L << 30, 1)) {
      FixedLake lake = new FixedLake(folder.resolve("lake"), engine);
      lake.put(
          "daily",
          Optional.of("day"),
          "SELECT DATE '2026-05-01' AS day, 'a' AS id, CAST(1 AS DOUBLE) AS value");
      lake.put("sensors", Optional.empty(), "SELECT 'a' AS id, 'old' AS place");
      PostgresWarehouse warehouse = new PostgresWarehouse(endpoints);
      var _ = warehouse.load(pipeline(), lake, engine, Instant.EPOCH, Progress.NONE);
      List<String> rows = rows(endpoints);

      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LoadChild.class.getName(),
                  Files.createDirectories(folder.resolve("child")).toString(),
                  endpoints.jdbcUrl(),
                  endpoints.user(),
                  endpoints.password())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
        String line = out.readLine();
        while (line != null && !line.equals("half")) {
          line = out.readLine();
        }
        assertThat(line).as("the child came to the second table").isEqualTo("half");
      } finally {
        int _ = child.destroyForcibly().waitFor();
      }
      assertThat(rows(endpoints)).isEqualTo(rows);

      otherRows(lake);
      assertThat(
              warehouse
                  .load(pipeline(), lake, engine, Instant.EPOCH.plusSeconds(1), Progress.NONE)
                  .changed())
          .isTrue();
      assertThat(rows(endpoints)).containsExactly("2026-05-02 b 2", "a old", "b new");
    }
  }

  static void otherRows(FixedLake lake) {
    lake.put(
        "daily",
        Optional.of("day"),
        "SELECT DATE '2026-05-02' AS day, 'b' AS id, CAST(2 AS DOUBLE) AS value");
    lake.put("sensors", Optional.empty(), "SELECT 'b' AS id, 'new' AS place");
  }

  static Pipeline pipeline() {
    return new Pipeline(
        "p-1",
        "1.0.0",
        "A pipeline",
        "test",
        List.of(),
        Map.of(),
        List.of(),
        Map.of(),
        List.of(
            new WarehouseTable.ReplacePartitions("fact_daily", DAILY, List.of("day", "id"), "day"),
            new WarehouseTable.Merge("dim_sensors", SENSORS, List.of("id"))),
        List.of());
  }

  private static List<String> rows(ServiceEndpoints endpoints) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                endpoints.jdbcUrl(), endpoints.user(), endpoints.password());
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                SELECT concat_ws(' ', day, id, value) FROM p_1.fact_daily
                UNION ALL SELECT concat_ws(' ', id, place) FROM p_1.dim_sensors ORDER BY 1
                """)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }
}
