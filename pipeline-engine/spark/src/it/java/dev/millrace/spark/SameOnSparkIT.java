package dev.millrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.transform.BuildOutcome.Built;
import dev.millrace.engine.transform.BuildOutcome.Mode.Rebuilt;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every shipped pipeline gives the same tables on DuckDB and on Spark, from the same Bronze.
final class SameOnSparkIT {

  @RegisterExtension static final ConnectProcess.Shared SERVER = new ConnectProcess.Shared();

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00.123456Z");
  private static final int EVENTS = 6_000;

  /// When a row was written, which no two builds share.
  private static final String WRITTEN = "processing_timestamp";

  @TempDir static Path shared;

  private static SqlEngine duckDb;

  @TempDir Path folder;

  private SqlEngine spark;

  @BeforeAll
  static void openDuckDb() {
    duckDb = new DuckDbEngine(shared.resolve("tmp"), 2L << 30, 2);
  }

  @BeforeEach
  void openSpark() {
    spark = SparkEngineIT.spark(SERVER.address(), folder);
  }

  @AfterEach
  void closeSpark() {
    spark.close();
  }

  @AfterAll
  static void closeDuckDb() {
    duckDb.close();
  }

  static List<String> shipped() {
    return new Pipelines(new Home(shared))
        .listed().stream()
            .filter(p -> p.origin() == Pipelines.Origin.SHIPPED)
            .map(Pipelines.Listed::name)
            .toList();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyTableHoldsTheSameRows(String name) throws IOException {
    SimulatedBronze bronze = new SimulatedBronze(new Pipelines(new Home(shared)), name);
    Pipeline pipeline = bronze.pipeline();
    bronze.append(lake("one"), 0, EVENTS);
    copyOfOne("two");

    build(pipeline, lake("one"), duckDb, false);
    build(pipeline, lake("two"), spark, false);
    compare(pipeline);

    // More events, late ones among them; and each lake goes on with the other engine.
    Path second = folder.resolve("one");
    bronze.append(lake("one"), 1, EVENTS);
    copyBronze(pipeline, second, folder.resolve("two"));
    build(pipeline, lake("one"), spark, true);
    build(pipeline, lake("two"), duckDb, true);
    compare(pipeline);
    readByDelta(pipeline);
  }

  /// @param stands whether the tables stand already, so that what is new is to be taken in
  private static void build(Pipeline pipeline, DeltaLake lake, SqlEngine engine, boolean stands) {
    for (DerivedTable table : pipeline.tables()) {
      assertThat(new BuildTable().build(pipeline, table, lake, engine, NOW, Progress.NONE))
          .as(table.name().toString())
          .isInstanceOfSatisfying(
              Built.class,
              built -> {
                if (stands && !(table.reach() instanceof Reach.Whole)) {
                  assertThat(built.mode())
                      .as("%s takes in what is new", table.name())
                      .isNotInstanceOf(Rebuilt.class);
                }
              });
    }
  }

  private void compare(Pipeline pipeline) {
    for (DerivedTable table : pipeline.tables()) {
      List<List<Object>> one = rows(lake("one"), table);
      List<List<Object>> two = rows(lake("two"), table);
      assertThat(one).as(table.name() + " has rows").isNotEmpty();
      assertThat(two).as(table.name() + " has as many").hasSameSizeAs(one);
      for (int i = 0; i < one.size(); i++) {
        assertThat(same(one.get(i), two.get(i)))
            .as("%s row %d: %s and %s", table.name(), i, one.get(i), two.get(i))
            .isTrue();
      }
    }
  }

  private static List<List<Object>> rows(DeltaLake lake, DerivedTable table) {
    LakeTable found = lake.find(table.name()).orElseThrow();
    List<List<Object>> rows = new ArrayList<>();
    try (SqlSession session = duckDb.session()) {
      session.view("t", found.schema(), found.snapshot().files());
      session.forEachRow(
          "SELECT "
              + found.schema().columns().stream()
                  .map(Column::name)
                  .filter(c -> !c.equals(WRITTEN))
                  .collect(Collectors.joining(", "))
              + " FROM t ORDER BY "
              + table.key().stream()
                  .map(k -> k + " ASC NULLS LAST")
                  .collect(Collectors.joining(", ")),
          row -> rows.add(Arrays.asList(row.toArray())));
    }
    return rows;
  }

  private static boolean same(List<Object> left, List<Object> right) {
    for (int i = 0; i < left.size(); i++) {
      boolean equal =
          (left.get(i) instanceof Double a && right.get(i) instanceof Double b)
              ? Double.compare(a, b) == 0
                  || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.max(Math.abs(a), Math.abs(b)))
              : Objects.equals(left.get(i), right.get(i));
      if (!equal) {
        return false;
      }
    }
    return true;
  }

  /// As anybody's Spark with Delta Lake reads them, by their folders alone.
  private void readByDelta(Pipeline pipeline) {
    try (SqlSession session = spark.session()) {
      for (String which : List.of("one", "two")) {
        for (DerivedTable table : pipeline.tables()) {
          LakeTable found = lake(which).find(table.name()).orElseThrow();
          assertThat(
                  session.rows(
                      "SELECT count(*) AS n FROM delta.`"
                          + path(which, table.name()).toAbsolutePath()
                          + "`"))
              .as(which + " " + table.name())
              .singleElement()
              .satisfies(row -> assertThat(row).containsEntry("n", found.snapshot().rows()));
        }
      }
    }
  }

  private DeltaLake lake(String which) {
    return new DeltaLake(folder.resolve(which), "Millrace/test", InstantSource.fixed(NOW));
  }

  private Path path(String which, TableName name) {
    return folder.resolve(which).resolve(name.layer().sqlName()).resolve(name.name());
  }

  private void copyOfOne(String to) throws IOException {
    copy(folder.resolve("one"), folder.resolve(to));
  }

  private static void copyBronze(Pipeline pipeline, Path from, Path to) throws IOException {
    for (var feed : pipeline.feeds()) {
      Path table = Path.of(feed.bronze().layer().sqlName(), feed.bronze().name());
      copy(from.resolve(table), to.resolve(table));
    }
  }

  /// Adds what is not there yet: files of a table never change.
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else if (!Files.exists(target)) {
          Files.copy(each, target);
        }
      }
    }
  }
}
