package dev.millrace.engine.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.transform.BuildOutcome.Built;
import dev.millrace.engine.transform.BuildOutcome.Mode;
import dev.millrace.engine.transform.BuildOutcome.UpToDate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole pipeline over Delta tables, read again by a lake that has seen none of it.
class BuildOnDeltaTest {

  private static final long START = 1_772_000_000_000_000L;

  @TempDir Path folder;

  @Test
  void tablesAreBuiltOnceAndStandAfterARestart() {
    try (TransformFixture fixture = new TransformFixture(folder, lake())) {
      fixture.append(readings(0, 3_000));
      fixture.append(readings(2_900, 300));
      for (DerivedTable table : fixture.pipeline.tables()) {
        assertThat(fixture.build(table.name().toString())).isInstanceOf(Built.class);
      }
    }

    try (TransformFixture fixture = new TransformFixture(folder, lake())) {
      for (DerivedTable table : fixture.pipeline.tables()) {
        assertThat(fixture.build(table.name().toString()))
            .as(table.name().toString())
            .isInstanceOf(UpToDate.class);
      }
      assertThat(fixture.rows("SELECT count(*) AS n FROM silver_readings"))
          .containsExactly(Map.of("n", 3_200L));
      LakeTable silver = fixture.lake.find(fixture.table("silver.readings").name()).orElseThrow();
      assertThat(silver.snapshot().rows()).isEqualTo(3_200);
      assertThat(BuildTable.sourceRows(silver.snapshot()))
          .isEqualTo(Map.of(TransformFixture.BRONZE, 3_300L));

      fixture.append(readings(3_200, 10));
      assertThat(fixture.build("silver.readings"))
          .isInstanceOfSatisfying(
              Built.class, built -> assertThat(built.rowsNow()).isEqualTo(3_210));
      assertThat(fixture.build("gold.daily_summary")).isInstanceOf(Built.class);
      assertThat(fixture.rows("SELECT sum(reading_count) AS n FROM gold_daily_summary"))
          .containsExactly(Map.of("n", 3_210L));
    }
  }

  @Test
  void aTableMadeAnewUnderTheOldNameIsNotTakenForTheOldOne() {
    try (TransformFixture fixture = new TransformFixture(folder, lake())) {
      fixture.append(readings(0, 100));
      fixture.append(readings(100, 100));
      fixture.build("silver.readings");
    }
    IncrementalWorld.delete(folder.resolve("lake").resolve("bronze"));

    try (TransformFixture fixture = new TransformFixture(folder, lake())) {
      for (int i = 0; i < 3; i++) {
        fixture.append(readings(1_000 + i * 10, 10));
      }

      assertThat(fixture.build("silver.readings"))
          .isInstanceOfSatisfying(
              Built.class,
              built ->
                  assertThat(built.mode())
                      .isEqualTo(
                          new Mode.Rebuilt(
                              "bronze.sensor_events is another table than it was built from")));
      assertThat(fixture.rows("SELECT count(*) AS n FROM silver_readings"))
          .containsExactly(Map.of("n", 30L));
    }
  }

  private Lake lake() {
    return new DeltaLake(folder.resolve("lake"), "test", InstantSource.system());
  }

  private static List<Reading> readings(int from, int count) {
    List<Reading> readings = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      long micros = START + i * 60_000_000L;
      readings.add(
          new Reading("s" + i % 4, "humidity", "f/z", 20.0 + i % 7, micros, micros + from, 0, i));
    }
    return readings;
  }
}
