package dev.millrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.store.FolderStore;
import dev.millrace.engine.lake.store.ReadCache;
import dev.millrace.engine.lake.store.SharedStore;
import dev.millrace.engine.lake.store.StagedData;
import dev.millrace.engine.lake.store.StoreFileIO;
import dev.millrace.engine.lake.store.Stored;
import dev.millrace.engine.lake.store.WorkFolder;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.transform.BuildOutcome;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A lake in a store that the cluster reaches by itself, as a bucket: Spark reads its files where
/// they lie, and what it writes is taken over and put back by the commit.
///
/// The store is a folder here: S3 itself, and Hadoop's way to it, have no part in this test.
final class StoreOnSparkIT {

  @RegisterExtension static final ConnectProcess.Shared SERVER = new ConnectProcess.Shared();

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void aTableIsBuiltFromAndIntoTheStore(@TempDir Path folder) throws IOException {
    Path bucket = folder.resolve("bucket");
    SimulatedBronze bronze =
        new SimulatedBronze(new Pipelines(new Home(folder)), "building-sensors");
    DerivedTable silver = bronze.pipeline().tables().getFirst();
    try (FolderStore store = new FolderStore(bucket);
        WorkFolder work = WorkFolder.open(folder.resolve("work"))) {
      ReadCache cache =
          new ReadCache(folder.resolve("cache"), store, 1L << 30, InstantSource.system());
      StagedData data = new StagedData(store, cache, work);
      DeltaLake lake =
          new DeltaLake(
              data.root(),
              new StoreFileIO(data.root(), store),
              data,
              "Millrace/test",
              InstantSource.fixed(NOW));
      bronze.append(lake, 0, 1_000);

      SharedStore shared =
          new SharedStore(data.root(), store, "file:" + bucket, work.path().resolve("taken"));
      try (SqlEngine spark = SparkEngineIT.spark(SERVER.address(), shared)) {
        BuildOutcome outcome =
            new BuildTable().build(bronze.pipeline(), silver, lake, spark, NOW, Progress.NONE);
        assertThat(outcome.rowsNow()).isPositive();
      }

      LakeTable table = lake.find(silver.name()).orElseThrow();
      LakeSnapshot snapshot = table.snapshot();
      assertThat(store.walk("silver"))
          .extracting(Stored::lastName)
          .containsAll(
              snapshot.files().stream().map(f -> f.path().getFileName().toString()).toList());
      assertThat(store.walk("_cluster")).isEmpty();
      try (SqlEngine duckDb = new DuckDbEngine(folder.resolve("tmp"), 1L << 30, 2, data);
          SqlSession session = duckDb.session()) {
        session.view("t", table.schema(), snapshot.files());
        assertThat(session.rows("SELECT count(*) AS n FROM t"))
            .isEqualTo(List.of(Map.of("n", snapshot.rows())));
      }
    }
  }
}
