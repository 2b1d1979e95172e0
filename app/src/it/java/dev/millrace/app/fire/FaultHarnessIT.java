package dev.millrace.app.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.fire.Fault.Struck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Real workers, a real broker and real tables under every fault of {@link Faults}, one after
/// another; after each the tables are counted.
///
/// `-Dfire.seed=N` repeats a run's random part; `-Dfire.minutes=60` goes on with faults drawn at
/// random until the time is over; `-Dfire.only=freeze` keeps to faults whose name has that word.
class FaultHarnessIT {

  private static final long SEED = Long.getLong("fire.seed", 1);
  private static final Duration LONGER = Duration.ofMinutes(Long.getLong("fire.minutes", 0));

  private static final String ONLY = System.getProperty("fire.only", "");

  /// Left behind by a failure, for its logs.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private record Row(String fault, Struck struck, long events, Ledger after, double seconds) {}

  @Test
  void everyEventStandsOnceWhateverBreaks() throws Exception {
    long deadline = System.nanoTime() + LONGER.toNanos();
    List<Fault> faults =
        Faults.all().stream().filter(fault -> fault.name().contains(ONLY)).toList();
    assertThat(faults).as("faults named '%s'", ONLY).isNotEmpty();
    List<Row> rows = new ArrayList<>();
    try (Ground ground = Ground.prepare(folder, SEED)) {
      for (Fault fault : faults) {
        rows.add(strike(ground, fault));
      }
      while (System.nanoTime() < deadline) {
        // The first point is that of a table's making, which is over.
        int first = ONLY.isEmpty() ? 1 : 0;
        rows.add(strike(ground, faults.get(ground.random().nextInt(first, faults.size()))));
      }
      ground.settle(ground.main());
      Ledger.read(ground.main().lake(), ground.main().feed()).check();
    } finally {
      print(rows);
    }
  }

  private static Row strike(Ground ground, Fault fault) throws Exception {
    long since = System.nanoTime();
    Line main = ground.main();
    Ledger before = Ledger.read(main.lake(), main.feed());
    Struck struck;
    Ledger after;
    try {
      struck = fault.strike().at(ground);
      after = Ledger.read(main.lake(), main.feed());
      after.check();
    } catch (Exception | AssertionError e) {
      throw new AssertionError(fault.name() + " (seed " + SEED + ")", e);
    }
    Set<Path> gone = new TreeSet<>(before.files());
    gone.removeAll(after.files());
    assertThat(gone).as("data files deleted that another worker may commit").isEmpty();
    double seconds = (System.nanoTime() - since) / 1e9;
    return struck
        .elsewhere()
        .map(other -> new Row(fault.name(), struck, other.events(), other, seconds))
        .orElseGet(
            () -> new Row(fault.name(), struck, after.events() - before.events(), after, seconds));
  }

  private static void print(List<Row> rows) {
    StringBuilder table = new StringBuilder();
    table.append(
        "%nFaults, seed %d%n%-42s %5s %9s %12s %5s %7s %8s %7s%n"
            .formatted(
                SEED,
                "fault",
                "times",
                "events",
                "dead letters",
                "lost",
                "doubled",
                "orphans",
                "s"));
    for (Row row : rows) {
      table.append(
          "%-42s %5d %9d %12d %5d %7d %8d %7.1f  %s%n"
              .formatted(
                  row.fault(),
                  row.struck().times(),
                  row.events(),
                  row.after().deadLetters(),
                  row.after().lost(),
                  row.after().doubled(),
                  row.after().orphans(),
                  row.seconds(),
                  row.struck().note()));
    }
    System.out.println(table);
  }
}
