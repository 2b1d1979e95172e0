package dev.millrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.transform.BuildOutcome;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Measures the rebuild of every table on DuckDB and on Spark, one after the other on this machine,
/// and prints CPU-seconds (this process and the server) and seconds of the clock. Only when asked:
/// `-Dspark.bench.events=10000000`.
final class EngineBenchIT {

  @RegisterExtension static final ConnectProcess.Shared SERVER = new ConnectProcess.Shared();

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final int COMMIT = 500_000;

  @Test
  void rebuildOnBoth(@TempDir Path folder) throws Exception {
    int events = Integer.getInteger("spark.bench.events", 0);
    assumeTrue(events > 0, "not asked for");
    SimulatedBronze bronze =
        new SimulatedBronze(new Pipelines(new Home(folder)), "building-sensors");
    DeltaLake lake = lake(folder.resolve("duckdb"));
    for (int round = 0; round * COMMIT < events; round++) {
      bronze.append(lake, round, Math.min(COMMIT, events - round * COMMIT));
    }
    tell(lake, TableName.bronze("sensor-events"));
    SameOnSparkIT.copy(folder.resolve("duckdb"), folder.resolve("spark"));

    try (SqlEngine duckDb = new DuckDbEngine(folder.resolve("tmp"), 4L << 30, 2)) {
      rebuild("duckdb", bronze, lake, duckDb);
    }
    try (SqlEngine spark = SparkEngineIT.spark(SERVER.address(), folder.resolve("spark"))) {
      rebuild("spark", bronze, lake(folder.resolve("spark")), spark);
    }
    for (DerivedTable table : bronze.pipeline().tables()) {
      tell(lake, table.name());
      assertThat(rows(lake(folder.resolve("spark")), table.name()))
          .isEqualTo(rows(lake, table.name()));
    }
  }

  private static void rebuild(
      String name, SimulatedBronze bronze, DeltaLake lake, SqlEngine engine) {
    for (DerivedTable table : bronze.pipeline().tables()) {
      Duration cpu = cpu();
      long start = System.nanoTime();
      BuildOutcome outcome =
          new BuildTable().build(bronze.pipeline(), table, lake, engine, NOW, Progress.NONE);
      System.out.printf(
          "%-8s %-24s %,12d rows %8.1f s %8.1f cpu-s%n",
          name,
          table.name(),
          outcome.rowsNow(),
          (System.nanoTime() - start) / 1e9,
          cpu().minus(cpu).toMillis() / 1e3);
    }
  }

  private static void tell(DeltaLake lake, TableName table) {
    LakeSnapshot snapshot = lake.find(table).orElseThrow().snapshot();
    long bytes = snapshot.files().stream().mapToLong(LakeFile::bytes).sum();
    System.out.printf(
        "%s: %,d rows, %,d bytes, %.1f bytes a row, %d files%n",
        table,
        snapshot.rows(),
        bytes,
        bytes / (double) Math.max(1, snapshot.rows()),
        snapshot.files().size());
  }

  private static long rows(DeltaLake lake, TableName table) {
    return lake.find(table).orElseThrow().snapshot().rows();
  }

  /// Of this process and the server.
  private static Duration cpu() {
    return of(ProcessHandle.current()).plus(of(SERVER.process()));
  }

  private static Duration of(ProcessHandle process) {
    Optional<Duration> cpu = process.info().totalCpuDuration();
    return cpu.orElseThrow(() -> new IllegalStateException("No CPU time of " + process));
  }

  private static DeltaLake lake(Path folder) {
    return new DeltaLake(folder, "Millrace/bench", InstantSource.fixed(NOW));
  }
}
