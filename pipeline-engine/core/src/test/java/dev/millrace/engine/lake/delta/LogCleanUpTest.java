package dev.millrace.engine.lake.delta;

import static dev.millrace.engine.lake.ReadingFiles.BY_DATE;
import static dev.millrace.engine.lake.ReadingFiles.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.ReadingFiles;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.TopicPartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Entries and checkpoints past their retention go, and nobody misses them.
@Timeout(120)
class LogCleanUpTest {

  private static final TableName READINGS = TableName.bronze("readings");
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final TopicPartition PARTITION = new TopicPartition("readings", 0);

  @TempDir Path folder;
  private final ReadingFiles readings = new ReadingFiles();

  @AfterEach
  void closeReadings() {
    readings.close();
  }

  @Test
  void whatIsOlderThanThirtyDaysGoesWithTheNextCheckpoint() throws Exception {
    LakeTable table = table();
    LakeTable open = table();
    commit(table, 35);
    LakeSnapshot held = open.snapshot();
    age(0, 22, Duration.ofDays(31));
    commit(table, 5);

    // The last checkpoint that is past retention itself stays, and all since it.
    assertThat(versions()).startsWith(20L).endsWith(40L).hasSize(21);
    assertThat(checkpoints()).containsExactly(20L, 30L, 40L);
    assertSame(open.snapshot(), 40);
    assertSame(table().snapshot(), 40);
    assertThat(held.files()).allSatisfy(f -> assertThat(f.path()).exists());
    assertThat(table().history(100)).hasSize(21);
  }

  @Test
  void youngerOnesStay() throws Exception {
    LakeTable table = table();
    commit(table, 25);
    age(0, 25, Duration.ofDays(29));
    commit(table, 15);
    assertThat(versions()).hasSize(41);
  }

  @Test
  void theTablesOwnRetentionCounts() throws Exception {
    LakeTable table = table();
    configure("\"delta.logRetentionDuration\":\"interval 2 days\"");
    commit(table, 24);
    age(0, 22, Duration.ofDays(3));
    commit(table, 15);
    assertThat(versions()).startsWith(20L);
    assertSame(table().snapshot(), 40);
  }

  @Test
  void aTableThatKeepsItsLogKeepsIt() throws Exception {
    LakeTable table = table();
    configure("\"delta.enableExpiredLogCleanup\":\"false\"");
    commit(table, 24);
    age(0, 22, Duration.ofDays(300));
    commit(table, 15);
    assertThat(versions()).hasSize(41);
  }

  /// Readers that begin anew and readers that go on while entries and checkpoints vanish under
  /// them.
  @Test
  void readersBesideACleanUpSeeEveryVersionWhole() throws Exception {
    LakeTable table = table();
    configure("\"delta.logRetentionDuration\":\"interval 1 seconds\"");
    AtomicBoolean done = new AtomicBoolean();
    Callable<Long> reader =
        () -> {
          LakeTable goingOn = table();
          long looks = 0;
          while (!done.get()) {
            assertWhole(goingOn.snapshot());
            assertWhole(table().snapshot());
            looks++;
          }
          return looks;
        };
    try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
      List<Future<Long>> looking = List.of(readers.submit(reader), readers.submit(reader));
      for (int round = 0; round < 12; round++) {
        commit(table, 9);
        age(0, table.snapshot().version(), Duration.ofMinutes(1));
        commit(table, 1);
      }
      done.set(true);
      for (Future<Long> each : looking) {
        assertThat(each.get(60, TimeUnit.SECONDS)).isPositive();
      }
    }
    assertThat(versions()).hasSizeLessThan(40);
    assertSame(table().snapshot(), table.snapshot().version());
  }

  private LakeTable table() {
    return new DeltaLake(folder, "test", InstantSource.system()).open(READINGS, SCHEMA, BY_DATE);
  }

  /// Every commit since the table has its settings adds three rows and moves the marker by three.
  private void assertWhole(LakeSnapshot snapshot) {
    assertThat(snapshot.rows()).isEqualTo(snapshot.nextOffset(PARTITION).orElse(0));
  }

  private void assertSame(LakeSnapshot snapshot, long version) {
    assertThat(snapshot.version()).isEqualTo(version);
    assertWhole(snapshot);
  }

  private void commit(LakeTable table, int times) {
    for (int i = 0; i < times; i++) {
      LakeSnapshot base = table.snapshot();
      long next = base.nextOffset(PARTITION).orElse(0) + 3;
      LakeFile file = readings.write(table, DAY, next - 3, next);
      assertThat(
              table.commit(
                  base,
                  new LakeCommit(
                      "STREAMING UPDATE",
                      List.of(file),
                      List.of(),
                      Map.of(PARTITION, next),
                      Map.of())))
          .isInstanceOf(Committed.class);
    }
  }

  /// Another program gives the table a setting.
  private void configure(String setting) throws IOException {
    String metadata =
        Files.readString(entry(0))
            .lines()
            .filter(line -> line.startsWith("{\"metaData\""))
            .findFirst()
            .orElseThrow()
            .replace("\"configuration\":{", "\"configuration\":{" + setting + ",");
    Files.writeString(entry(1), metadata + "\n");
  }

  /// Makes the files of these versions this old.
  private void age(long from, long to, Duration age) throws IOException {
    for (Path each : log()) {
      String name = each.getFileName().toString();
      if (name.matches("\\d{20}\\..*")) {
        long version = Long.parseLong(name.substring(0, 20));
        if (version >= from && version <= to) {
          Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(age)));
        }
      }
    }
  }

  private Path entry(long version) {
    return logFolder().resolve("%020d.json".formatted(version));
  }

  private List<Long> versions() throws IOException {
    return numbers(".json");
  }

  private List<Long> checkpoints() throws IOException {
    return numbers(".checkpoint.parquet");
  }

  private List<Long> numbers(String end) throws IOException {
    return log().stream()
        .map(p -> p.getFileName().toString())
        .filter(name -> name.matches("\\d{20}" + end.replace(".", "\\.")))
        .map(name -> Long.parseLong(name.substring(0, 20)))
        .sorted()
        .toList();
  }

  private List<Path> log() throws IOException {
    try (Stream<Path> entries = Files.list(logFolder())) {
      return entries.toList();
    }
  }

  private Path logFolder() {
    return folder.resolve("bronze").resolve("readings").resolve("_delta_log");
  }
}
