package dev.millrace.engine.lake.store.s3;

import static dev.millrace.engine.lake.ReadingFiles.BY_DATE;
import static dev.millrace.engine.lake.ReadingFiles.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.ReadingFiles;
import dev.millrace.engine.lake.store.StoreException;
import dev.millrace.engine.model.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A lake on an S3 that fails: what was committed is there once, and what was not can be told.
///
/// Prints a row per fault; the seed of its schedule is in it.
@Timeout(60)
final class S3FaultsTest {

  private static final TableName READINGS = TableName.bronze("readings");
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final int WRITERS = 4;
  private static final int COMMITS = 4;
  private static final int ATTEMPTS = 3;
  private static final Duration TIMEOUT = Duration.ofMillis(400);

  @TempDir private static Path server;
  private static LocalS3 s3;
  private static final List<String> TABLE = new ArrayList<>();

  @TempDir private Path machine;
  private final String prefix = UUID.randomUUID().toString();

  @BeforeAll
  static void startServer() throws Exception {
    s3 = LocalS3.start(server);
  }

  @AfterAll
  static void stopServer() {
    s3.close();
    System.out.printf(
        "%-16s %8s %8s %8s %8s %6s %8s  %s%n",
        "S3 fault", "requests", "hit", "commits", "told", "lost", "doubled", "seed");
    TABLE.forEach(System.out::println);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostOrDoubled(Fault fault) throws Exception {
    long seed = Long.getLong("millrace.seed", System.nanoTime() & 0xFFFF_FFFFL);
    AtomicInteger told = new AtomicInteger();
    try (ReadingFiles readings = new ReadingFiles();
        FaultProxy proxy = FaultProxy.before(s3.port());
        RemoteRig rig = faulty(proxy)) {
      LakeTable table = rig.lake("writer", InstantSource.system()).open(READINGS, SCHEMA, BY_DATE);
      List<LakeTable> tables = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        tables.add(
            rig.lake("writer " + i, InstantSource.system()).find(READINGS).orElseThrow());
      }
      // Expired credentials are told at the first try, the others only after the last.
      double share = fault == Fault.EXPIRED ? 0.03 : 0.15;
      proxy.schedule(FaultProxy.Schedule.seeded(seed, fault, share));
      inParallel(
          WRITERS,
          writer -> {
            for (int i = 0; i < COMMITS; i++) {
              LakeFile file = write(readings, table, writer * COMMITS + i);
              told.addAndGet(commitUntilItStands(tables.get(writer), file));
            }
            return true;
          });
      proxy.calm();

      String what = "fault " + fault + ", seed " + seed;
      assertThat(proxy.hits()).as(what).isPositive();
      Verdict verdict = verify(readings, WRITERS * COMMITS);
      TABLE.add(
          "%-16s %8d %8d %8d %8d %6d %8d  %d"
              .formatted(
                  fault,
                  proxy.requests(),
                  proxy.hits(),
                  verdict.commits(),
                  told.get(),
                  verdict.lost(),
                  verdict.doubled(),
                  seed));
      assertThat(verdict).as(what).isEqualTo(new Verdict(WRITERS * COMMITS, 0, 0));
    }
  }

  @Test
  void sixteenWritersAllLandOnce() throws Exception {
    int writers = 16;
    int commits = 2;
    List<RemoteRig> machines = new ArrayList<>();
    try (ReadingFiles readings = new ReadingFiles()) {
      for (int i = 0; i < writers; i++) {
        machines.add(new RemoteRig(s3.access(prefix), machine.resolve("m" + i)));
      }
      AtomicInteger conflicts = new AtomicInteger();
      inParallel(
          writers,
          writer -> {
            RemoteRig rig = machines.get(writer);
            LakeTable table =
                rig.lake("writer " + writer, InstantSource.system())
                    .open(READINGS, SCHEMA, BY_DATE);
            for (int i = 0; i < commits; i++) {
              LakeFile file = write(readings, table, writer * commits + i);
              while (table.commit(table.snapshot(), append(file)) instanceof CommitOutcome.Conflict) {
                conflicts.incrementAndGet();
              }
            }
            return true;
          });

      Verdict verdict = verify(readings, writers * commits);
      System.out.println(
          "S3, 16 writers: " + verdict + ", lost races tried again: " + conflicts.get());
      assertThat(verdict).isEqualTo(new Verdict(writers * commits, 0, 0));
    } finally {
      for (RemoteRig rig : machines) {
        rig.close();
      }
    }
  }

  @Test
  void expiredCredentialsAreSaidAndRenewedOnesTakenUp() throws Exception {
    try (ReadingFiles readings = new ReadingFiles();
        FaultProxy proxy = FaultProxy.before(s3.port());
        RemoteRig rig = faulty(proxy)) {
      LakeTable table = rig.lake("writer", InstantSource.system()).open(READINGS, SCHEMA, BY_DATE);
      LakeFile file = write(readings, table, 0);
      LakeSnapshot base = table.snapshot();
      proxy.schedule(_ -> Optional.of(Fault.EXPIRED));

      assertThatThrownBy(() -> table.commit(base, append(file)))
          .isInstanceOfSatisfying(
              MillraceException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SERVICE);
                assertThat(e.remedy()).contains("renew").contains("committed is lost");
              })
          .hasMessageContaining("credentials have expired");
      int asked = proxy.requests();
      assertThatThrownBy(() -> rig.store().find("x")).isInstanceOf(StoreException.class);
      assertThat(proxy.requests()).as("asked once, and once why").isEqualTo(asked + 2);

      proxy.calm();
      assertThat(table.commit(base, append(file))).isInstanceOf(CommitOutcome.Committed.class);
      assertThat(verify(readings, 1)).isEqualTo(new Verdict(1, 0, 0));
    }
  }

  @Test
  void aReaderGetsWholeFiles() throws Exception {
    try (ReadingFiles readings = new ReadingFiles();
        RemoteRig writer = new RemoteRig(s3.access(prefix), machine.resolve("writer"))) {
      LakeTable table =
          writer.lake("writer", InstantSource.system()).open(READINGS, SCHEMA, BY_DATE);
      List<LakeFile> files = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        files.add(write(readings, table, i));
      }
      var _ = table.commit(table.snapshot(), append(files.toArray(LakeFile[]::new)));
      for (Fault fault : List.of(Fault.TRUNCATED, Fault.STALLED, Fault.RESET, Fault.SLOW_DOWN)) {
        long seed = System.nanoTime() & 0xFFFF_FFFFL;
        try (FaultProxy proxy = FaultProxy.before(s3.port());
            RemoteRig reader =
                new RemoteRig(
                    s3.access(prefix, proxy.port(), TIMEOUT, 8), machine.resolve("r" + fault))) {
          LakeTable read =
              reader.lake("reader", InstantSource.system()).find(READINGS).orElseThrow();
          LakeSnapshot snapshot = read.snapshot();
          proxy.schedule(FaultProxy.Schedule.seeded(seed, fault, 0.3));
          readings.readThrough(reader.files());
          assertThat(readings.ids(snapshot.files())).as(fault + ", seed " + seed).hasSize(36);

        }
      }
    }
  }

  private RemoteRig faulty(FaultProxy proxy) throws Exception {
    return new RemoteRig(
        s3.access(prefix, proxy.port(), TIMEOUT, ATTEMPTS),
        Files.createDirectories(machine.resolve("faulty")));
  }

  /// As a careful caller does: on a conflict or an error it looks whether its file stands, and
  /// tries again when it does not. Returns how often it was told of an error.
  private static int commitUntilItStands(LakeTable table, LakeFile file) {
    int told = 0;
    boolean doubt = false;
    while (true) {
      try {
        LakeSnapshot base = table.snapshot();
        if (doubt && base.files().stream().anyMatch(f -> f.path().equals(file.path()))) {
          return told;
        }
        if (table.commit(base, append(file)) instanceof CommitOutcome.Committed) {
          return told;
        }
      } catch (MillraceException failed) {
        assertThat(failed.code()).isEqualTo(ErrorCode.SERVICE);
        assertThat(failed.remedy()).isNotBlank();
        told++;
        doubt = true;
      }
    }
  }

  private record Verdict(long commits, int lost, int doubled) {}

  /// What stands, read by another machine straight from the server.
  private Verdict verify(ReadingFiles readings, int files) throws Exception {
    try (RemoteRig clean = new RemoteRig(s3.access(prefix), machine.resolve("clean"))) {
      LakeSnapshot snapshot =
          clean
              .lake("reader", InstantSource.system())
              .find(READINGS)
              .orElseThrow()
              .snapshot();
      readings.readThrough(clean.files());
      List<Long> ids = readings.ids(snapshot.files());
      Set<Long> missing = new TreeSet<>();
      for (long id = 0; id < files * 3L; id++) {
        missing.add(id);
      }
      Set<Long> distinct = new HashSet<>(ids);
      missing.removeAll(distinct);
      return new Verdict(snapshot.version(), missing.size(), ids.size() - distinct.size());
    }
  }

  private static LakeFile write(ReadingFiles readings, LakeTable table, int number) {
    synchronized (readings) {
      return readings.write(table, DAY, number * 3L, number * 3L + 3);
    }
  }

  private static LakeCommit append(LakeFile... files) {
    return new LakeCommit("STREAMING UPDATE", List.of(files), List.of(), Map.of(), Map.of());
  }

  private interface Work {
    boolean of(int number) throws Exception;
  }

  private static void inParallel(int threads, Work work) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Boolean>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        Callable<Boolean> each = () -> work.of(number);
        running.add(pool.submit(each));
      }
      for (Future<Boolean> each : running) {
        assertThat(each.get()).isTrue();
      }
    }
  }
}
