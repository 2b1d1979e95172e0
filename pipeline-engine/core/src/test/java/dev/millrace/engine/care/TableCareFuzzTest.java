package dev.millrace.engine.care;

import static dev.millrace.engine.care.CareHome.BRONZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.care.CareOrder.Erase;
import dev.millrace.engine.care.CareOrder.Offsets;
import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.care.CareOrder.Prove;
import dev.millrace.engine.care.CareOrder.Restore;
import dev.millrace.engine.care.CareOrder.Vacuum;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random appends, layouts, erasures, restores and vacuums against a plain model of the rows of
/// every version.
class TableCareFuzzTest {

  private static final int RUNS = Integer.getInteger("care.runs", 3);
  private static final int STEPS = 25;
  private static final int SENSORS = 6;
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");

  @TempDir Path folder;

  @Test
  void everyVersionIsWhatTheModelSays() {
    long first = Long.getLong("care.seed", System.nanoTime());
    for (int run = 0; run < RUNS; run++) {
      long seed = first + run;
      try {
        new Run(seed, folder.resolve("run-" + run)).go();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("failed with -Dcare.seed=" + seed + " -Dcare.runs=1", e);
      }
    }
  }

  private static final class Run {
    private final Random random;
    private final CareHome home;

    /// The sensor of each Kafka offset, live now.
    private Map<Long, Integer> rows = new TreeMap<>();

    private final Map<Long, Map<Long, Integer>> versions = new HashMap<>();
    private final List<String> steps = new ArrayList<>();
    private long next;

    Run(long seed, Path folder) {
      this.random = new Random(seed);
      this.home = new CareHome(folder);
    }

    void go() {
      try (home) {
        remember();
        for (int i = 0; i < STEPS; i++) {
          step();
          assertThat(home.offsets(home.bronze().snapshot()))
              .as("after %s", steps)
              .isEqualTo(List.copyOf(rows.keySet()));
          remember();
          lookBack();
        }
        LakeSnapshot seen = home.bronze().snapshot();
        try (CareHome anew = new CareHome(home.folder)) {
          LakeSnapshot read = anew.bronze().snapshot();
          assertThat(read.version()).isEqualTo(seen.version());
          assertThat(read.nextOffsets()).isEqualTo(seen.nextOffsets());
          assertThat(read.files()).containsExactlyInAnyOrderElementsOf(seen.files());
        }
      }
    }

    private void step() {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> append();
        case 4, 5 -> optimize();
        case 6 -> erase();
        case 7, 8 -> restore();
        default -> vacuum();
      }
    }

    private void append() {
      int count = 1 + random.nextInt(40);
      steps.add("append " + count);
      home.append(DAY.plusDays(random.nextInt(3)), next, next + count, SENSORS);
      for (int i = 0; i < count; i++, next++) {
        rows.put(next, (int) (next % SENSORS));
      }
    }

    private void optimize() {
      List<String> zOrder =
          switch (random.nextInt(3)) {
            case 0 -> List.of();
            case 1 -> List.of("event_time");
            default -> List.of("sensor_id", "value");
          };
      long target = random.nextBoolean() ? 4000 : Optimize.DEFAULT_TARGET_BYTES;
      steps.add("optimize " + zOrder);
      long before = home.bronze().snapshot().version();
      home.carryOut(new Optimize(BRONZE, target, zOrder, Optional.empty(), Optional.empty()));
      assertThat(
              home.bronze()
                  .changes(before, home.bronze().snapshot().version())
                  .orElseThrow()
                  .isEmpty())
          .isTrue();
    }

    private void erase() {
      int sensor = random.nextInt(SENSORS);
      steps.add("erase " + sensor);
      Subject subject = new Subject(Set.of("sensor_id"), "sensor-" + sensor);
      // Files that are younger than an hour and unknown to the log would be left.
      CareReport done = home.carryOut(new Erase(subject));
      assertThat(done.complete()).as("%s: %s", steps, done).isTrue();
      assertThat(home.carryOut(new Prove(subject)).complete()).as("%s", steps).isTrue();
      rows.values().removeIf(s -> s == sensor);
      // No version that can still be read has it.
      versions.values().forEach(past -> past.values().removeIf(s -> s == sensor));
    }

    private void restore() {
      long newest = home.bronze().snapshot().version();
      if (newest == 0) {
        return;
      }
      long version = random.nextLong(newest);
      boolean whole = isWhole(version);
      steps.add("restore " + version);
      try {
        home.carryOut(new Restore(BRONZE, version, Offsets.KEEP));
        assertThat(whole).as("%s", steps).isTrue();
        rows = new TreeMap<>(model(version));
      } catch (MillraceException refused) {
        assertThat(whole).as("%s: %s", steps, refused.what()).isFalse();
      }
    }

    private void vacuum() {
      home.clock.pass(Duration.ofHours(random.nextInt(200)));
      Duration retention = Duration.ofHours(random.nextInt(300));
      steps.add("vacuum " + retention);
      home.carryOut(new Vacuum(BRONZE, retention, true));
    }

    /// Whatever version can still be read holds what it held, less what was erased.
    private void lookBack() {
      long version = random.nextLong(home.bronze().snapshot().version() + 1);
      if (isWhole(version)) {
        assertThat(home.offsets(home.bronze().snapshotAt(version)))
            .as("version %d after %s", version, steps)
            .isEqualTo(List.copyOf(model(version).keySet()));
      }
    }

    private Map<Long, Integer> model(long version) {
      return Objects.requireNonNull(versions.get(version));
    }

    private boolean isWhole(long version) {
      LakeSnapshot snapshot = home.bronze().snapshotAt(version);
      return home.bronze().storage().missing(snapshot.files()).isEmpty();
    }

    /// The model of every version up to the newest that is new.
    private void remember() {
      long newest = home.bronze().snapshot().version();
      for (long version = newest; version >= 0 && !versions.containsKey(version); version--) {
        versions.put(version, new TreeMap<>(rows));
      }
    }
  }
}
