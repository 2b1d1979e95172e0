package dev.millrace.engine.care;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.care.CareOrder.Erase;
import dev.millrace.engine.care.CareOrder.Prove;
import dev.millrace.engine.model.TableName;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The care of tables is killed in a process of its own, as `kill -9` does it, somewhere on its
/// way; whoever comes next finds every table whole and completes the work.
///
/// `-Dcare.kills=N` kills each work N times, `-Dcare.seed=S` at other places.
class KilledCareTest {

  private static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final int KILLS = Integer.getInteger("care.kills", 2);
  private static final long SEED = Long.getLong("care.seed", System.nanoTime());

  @TempDir Path folder;

  @Test
  void aKilledErasureIsCompletedByTheNext() throws Exception {
    SplittableRandom random = random();
    int most = 24;
    for (int kill = 0; kill < KILLS; kill++) {
      Path own = folder.resolve("erase-" + kill);
      int lines = 1 + random.nextInt(most);
      fill(own);
      boolean killed = killAfter(own, "erase", lines);
      try (CareHome home = new CareHome(own)) {
        assertWhole(home, lines);
        // What the killed process was writing may still be thought in flight.
        home.clock.pass(Duration.ofHours(2));
        CareReport done = home.carryOut(new Erase(CareChild.SUBJECT));
        assertThat(done.complete()).as("after %d lines: %s", lines, done).isTrue();
        assertThat(home.carryOut(new Prove(CareChild.SUBJECT)).complete())
            .as("after %d lines", lines)
            .isTrue();
        assertThat(home.count(CareHome.BRONZE, "TRUE")).isEqualTo(390);
      }
      if (!killed) {
        most = Math.max(2, lines / 2);
      }
    }
  }

  @Test
  void aKilledOptimizeLeavesTheTableAsBeforeOrAfter() throws Exception {
    SplittableRandom random = random();
    int most = 8;
    for (int kill = 0; kill < KILLS; kill++) {
      Path own = folder.resolve("optimize-" + kill);
      int lines = 1 + random.nextInt(most);
      fill(own);
      boolean killed = killAfter(own, "optimize", lines);
      try (CareHome home = new CareHome(own)) {
        assertWhole(home, lines);
        assertThat(home.offsets(home.bronze().snapshot())).hasSize(400).doesNotHaveDuplicates();
        home.carryOut(CareChild.OPTIMIZE);
        assertThat(home.offsets(home.bronze().snapshot())).hasSize(400).doesNotHaveDuplicates();
        assertThat(home.bronze().snapshot().files()).hasSize(1);
      }
      if (!killed) {
        most = Math.max(2, lines / 2);
      }
    }
  }

  private static SplittableRandom random() {
    System.out.println("killed care: seed " + SEED);
    return new SplittableRandom(SEED);
  }

  private static void fill(Path own) {
    try (CareHome home = new CareHome(own)) {
      for (int i = 0; i < 4; i++) {
        home.append(DAY, i * 100L, i * 100L + 100, 40);
      }
      home.build();
    }
  }

  private static void assertWhole(CareHome home, int lines) {
    for (TableName name : home.lake.tables()) {
      assertThat(home.count(name, "TRUE"))
          .as("%s after %d lines", name, lines)
          .isEqualTo(home.table(name).snapshot().rows());
    }
  }

  /// @return false when it had ended before
  private static boolean killAfter(Path own, String work, int lines) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CareChild.class.getName(),
                own.toString(),
                work)
            .redirectError(Redirect.INHERIT)
            .start();
    boolean more = read(child, lines);
    child.destroyForcibly().waitFor();
    return more;
  }

  private static boolean read(Process child, int lines) throws IOException {
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines; i++) {
        if (out.readLine() == null) {
          return false;
        }
      }
      return true;
    }
  }
}
