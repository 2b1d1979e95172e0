package dev.millrace.engine.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// Whatever came in whatever order and was built in whatever portions: the tables equal those a
/// rebuild makes of all of Bronze.
///
/// `-Dincremental.cases=N` tries N cases, `-Dincremental.seed=S` begins with another seed. A case
/// that fails is made smaller before it is shown.
class IncrementalEqualsFullTest {

  private static final int CASES = Integer.getInteger("incremental.cases", 24);

  /// Without a number of cases asked for, no further one is begun after this time.
  private static final Duration ENOUGH = Duration.ofSeconds(30);

  private static final boolean ASKED = System.getProperty("incremental.cases") != null;
  private static final long SEED = Long.getLong("incremental.seed", 20_260_301L);
  private static final int SHRINKING_TRIES = 300;

  @TempDir(factory = InMemory.class)
  Path folder;

  /// The worlds are small and gone in a second: where there is a disk of memory, no real one waits
  /// for them.
  static final class InMemory implements TempDirFactory {

    private static final Path MEMORY = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
        throws IOException {
      return Files.isWritable(MEMORY)
          ? Files.createTempDirectory(MEMORY, "millrace")
          : Files.createTempDirectory("millrace");
    }
  }

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger worlds = new AtomicInteger();
  private final Map<String, Integer> modes = new ConcurrentSkipListMap<>();

  @Test
  void everyBuildEqualsARebuild() throws Exception {
    long until = System.nanoTime() + ENOUGH.toNanos();
    int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    int cases = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Callable<Integer>> work = Collections.nCopies(workers, () -> live(until));
      for (Future<Integer> lived : threads.invokeAll(work)) {
        cases += lived.get();
      }
    }
    System.out.println(
        "incremental equals full: %d cases from seed %d, builds %s".formatted(cases, SEED, modes));
    assertThat(cases).isPositive();
  }

  /// Lives through cases until there are enough.
  ///
  /// @return how many
  private int live(long until) {
    int lived = 0;
    try (DuckDbEngine engine =
        new DuckDbEngine(folder.resolve("tmp-" + Thread.currentThread().threadId()), 1L << 30, 1)) {
      while (ASKED || System.nanoTime() < until) {
        int number = begun.getAndIncrement();
        if (number >= CASES) {
          break;
        }
        long seed = SEED + number;
        IncrementalCase story = IncrementalCase.of(seed);
        Optional<String> fault = fault(engine, story, modes);
        if (fault.isPresent()) {
          begun.set(CASES);
          throw new AssertionError(told(engine, seed, story, fault.get()));
        }
        lived++;
      }
    }
    return lived;
  }

  private Optional<String> fault(
      SqlEngine engine, IncrementalCase story, Map<String, Integer> modes) {
    Path home = folder.resolve("world-" + worlds.getAndIncrement());
    IncrementalWorld world = new IncrementalWorld(home, engine, story);
    try {
      return world.fault();
    } catch (MillraceException e) {
      return Optional.of(e.toString());
    } finally {
      world.modes.forEach((mode, count) -> modes.merge(mode, count, Integer::sum));
      IncrementalWorld.delete(home);
    }
  }

  /// The failing case, made as small as some tries allow.
  private String told(SqlEngine engine, long seed, IncrementalCase story, String fault) {
    IncrementalCase small = story;
    String told = fault;
    int tries = SHRINKING_TRIES;
    boolean smaller = true;
    while (smaller && tries > 0) {
      smaller = false;
      for (IncrementalCase candidate : smaller(small)) {
        if (tries-- == 0) {
          break;
        }
        Optional<String> still = fault(engine, candidate, new TreeMap<>());
        if (still.isPresent()) {
          small = candidate;
          told = still.get();
          smaller = true;
          break;
        }
      }
    }
    return "seed %d (-Dincremental.seed=%d -Dincremental.cases=1), made smaller from %d to %d readings: %s%n%s"
        .formatted(seed, seed, story.readings(), small.readings(), told, small);
  }

  /// The case without a Gold table, a step, or some readings; the larger cuts first.
  private static List<IncrementalCase> smaller(IncrementalCase story) {
    List<IncrementalCase> smaller = new ArrayList<>();
    if (!story.gold().isEmpty()) {
      smaller.add(new IncrementalCase(story.lookback(), List.of(), story.steps()));
    }
    for (int i = story.steps().size() - 1; i >= 0; i--) {
      List<IncrementalCase.Step> steps = new ArrayList<>(story.steps());
      steps.remove(i);
      smaller.add(story.withSteps(steps));
    }
    for (int parts : new int[] {2, 4, 8, 1_000}) {
      for (int i = 0; i < story.steps().size(); i++) {
        if (story.steps().get(i) instanceof IncrementalCase.Step.Append(List<Reading> readings)) {
          int cut = Math.max(1, readings.size() / parts);
          for (int from = 0; from < readings.size(); from += cut) {
            List<Reading> fewer = new ArrayList<>(readings);
            fewer.subList(from, Math.min(readings.size(), from + cut)).clear();
            List<IncrementalCase.Step> steps = new ArrayList<>(story.steps());
            steps.set(i, new IncrementalCase.Step.Append(fewer));
            smaller.add(story.withSteps(steps));
          }
        }
      }
    }
    return smaller;
  }
}
