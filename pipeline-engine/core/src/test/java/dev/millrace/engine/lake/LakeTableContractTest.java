package dev.millrace.engine.lake;

import static dev.millrace.engine.lake.ReadingFiles.BY_DATE;
import static dev.millrace.engine.lake.ReadingFiles.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.CommitOutcome.Conflict;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.TopicPartition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of the lake owes, whichever it is.
public abstract class LakeTableContractTest {

  protected static final TableName READINGS = TableName.bronze("readings");
  protected static final LocalDate DAY = LocalDate.parse("2026-03-01");
  protected static final Instant NOW = Instant.parse("2026-03-02T08:00:00.123456Z");
  protected static final InstantSource CLOCK = InstantSource.fixed(NOW);
  protected static final String ENGINE = "Millrace/test";

  private static final TopicPartition FIRST = new TopicPartition("sensor-events", 0);
  private static final TopicPartition SECOND = new TopicPartition("sensor-events", 1);

  protected final ReadingFiles readings = new ReadingFiles();

  /// The lake at the one place of this test, as a process just started sees it.
  protected abstract Lake lake();

  private LakeTable table;

  @BeforeEach
  void openTable() {
    table = lake().open(READINGS, SCHEMA, BY_DATE);
  }

  @AfterEach
  void closeReadings() {
    readings.close();
  }

  @Test
  void aNewTableIsEmpty() {
    LakeSnapshot snapshot = table.snapshot();

    assertThat(snapshot.version()).isZero();
    assertThat(snapshot.files()).isEmpty();
    assertThat(snapshot.rows()).isZero();
    assertThat(snapshot.nextOffsets()).isEmpty();
    assertThat(snapshot.sourceVersions()).isEmpty();
    assertThat(snapshot.committedAt()).isEqualTo(Instant.parse("2026-03-02T08:00:00.123Z"));
    assertThat(table.name()).isEqualTo(READINGS);
    assertThat(table.schema()).isEqualTo(SCHEMA);
    assertThat(table.partition()).isEqualTo(BY_DATE);
  }

  @Test
  void anAppendAddsItsFilesToThoseThatStand() {
    LakeFile monday = readings.write(table, DAY, 0, 100);
    LakeFile tuesday = readings.write(table, DAY.plusDays(1), 100, 150);

    LakeSnapshot first = committed(table, append(monday));
    LakeSnapshot second = committed(table, append(tuesday));

    assertThat(first.version()).isEqualTo(1);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.rows()).isEqualTo(150);
    assertThat(second.bytes()).isEqualTo(monday.bytes() + tuesday.bytes());
    assertThat(second.files()).extracting(LakeFile::path).contains(monday.path(), tuesday.path());
    assertThat(second.files())
        .extracting(LakeFile::partitionValue)
        .containsExactlyInAnyOrder(Optional.of(DAY), Optional.of(DAY.plusDays(1)));
    assertThat(readings.ids(second.files())).isEqualTo(range(0, 150));
    assertThat(table.snapshot()).isEqualTo(second);
  }

  @Test
  void statisticsBoundTheirColumns() {
    LakeFile file = readings.write(table, DAY, 10, 30);

    LakeSnapshot snapshot = committed(table, append(file));

    Map<String, ColumnStatistics> statistics = snapshot.files().getFirst().statistics();
    assertThat(statistics.get("id"))
        .isEqualTo(new ColumnStatistics(Optional.of(10L), Optional.of(29L), 0));
    assertThat(statistics.get("value"))
        .isEqualTo(new ColumnStatistics(Optional.of(2.5), Optional.of(7.25), 0));
    assertThat(statistics.get("kafka_partition"))
        .isEqualTo(new ColumnStatistics(Optional.of(0), Optional.of(2), 0));
    assertThat(statistics.get("sensor"))
        .isEqualTo(new ColumnStatistics(Optional.of("sensor-0"), Optional.of("sensor-6"), 0));
    Optional<Object> day = Optional.of((int) DAY.toEpochDay());
    assertThat(statistics.get("event_date")).isEqualTo(new ColumnStatistics(day, day, 0));
    assertThat(statistics.get("note"))
        .isNotNull()
        .extracting(ColumnStatistics::nulls)
        .isEqualTo(4L);
    long midnight = DAY.toEpochDay() * 86_400_000_000L;
    assertThat(statistics.get("seen_at"))
        .isNotNull()
        .satisfies(
            of -> {
              assertThat((Long) of.min().orElseThrow())
                  .isBetween(midnight + 10_000_000, midnight + 10_001_234);
              assertThat((Long) of.max().orElseThrow())
                  .isBetween(midnight + 29_001_234, midnight + 29_002_233);
            });
  }

  @Test
  void aReplaceTakesOldFilesOutAsItPutsNewOnesIn() {
    LakeFile kept = readings.write(table, DAY, 0, 10);
    LakeFile replaced = readings.write(table, DAY.plusDays(1), 10, 20);
    committed(table, append(kept, replaced));
    LakeFile better = readings.write(table, DAY.plusDays(1), 50, 55);

    LakeSnapshot after =
        committed(
            table,
            new LakeCommit("REBUILD", List.of(better), List.of(replaced), Map.of(), Map.of()));

    assertThat(after.files())
        .extracting(LakeFile::path)
        .containsExactlyInAnyOrder(kept.path(), better.path());
    assertThat(after.rows()).isEqualTo(15);
    assertThat(lake().open(READINGS, SCHEMA, BY_DATE).snapshot().rows()).isEqualTo(15);
  }

  @Test
  void filesOutliveTheirVersion() {
    LakeFile old = readings.write(table, DAY, 0, 10);
    LakeSnapshot before = committed(table, append(old));
    LakeFile young = readings.write(table, DAY, 10, 20);

    committed(table, new LakeCommit("REBUILD", List.of(young), before.files(), Map.of(), Map.of()));

    assertThat(before.files()).extracting(LakeFile::path).containsExactly(old.path());
    assertThat(readings.ids(before.files())).isEqualTo(range(0, 10));
  }

  @Test
  void aCommitAgainstAnOlderVersionChangesNothing() {
    LakeSnapshot base = table.snapshot();
    committed(table, append(readings.write(table, DAY, 0, 10)));
    LakeCommit late =
        new LakeCommit(
            "WRITE",
            List.of(readings.write(table, DAY, 10, 20)),
            List.of(),
            Map.of(FIRST, 20L),
            Map.of());

    CommitOutcome outcome = table.commit(base, late);

    assertThat(outcome).isEqualTo(new Conflict(1));
    assertThat(table.snapshot().rows()).isEqualTo(10);
    assertThat(table.snapshot().nextOffset(FIRST)).isEmpty();
    assertThat(table.history(10)).hasSize(2);
  }

  @Test
  void ofManyCommitsAgainstOneVersionOneLands() throws Exception {
    for (int round = 0; round < 10; round++) {
      long version = table.snapshot().version();
      List<CommitOutcome> outcomes =
          atOnce(
              6,
              writer -> {
                LakeTable own = lake().open(READINGS, SCHEMA, BY_DATE);
                LakeCommit commit = append(write(own, writer));
                LakeSnapshot base = own.snapshot();
                return () -> own.commit(base, commit);
              });

      assertThat(outcomes).filteredOn(Committed.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(Conflict.class::isInstance)
          .allSatisfy(o -> assertThat(((Conflict) o).newestVersion()).isEqualTo(version + 1));
      assertThat(table.snapshot().version()).isEqualTo(version + 1);
      assertThat(table.snapshot().rows()).isEqualTo((round + 1) * 3L);
    }
  }

  @Test
  void threadsThatRetryAllLandOnce() throws Exception {
    int writers = 4;
    int commits = 6;
    atOnce(
        writers,
        writer -> {
          LakeTable shared = writer % 2 == 0 ? table : lake().open(READINGS, SCHEMA, BY_DATE);
          return () -> {
            for (int i = 0; i < commits; i++) {
              LakeFile file = write(shared, writer * commits + i);
              while (!(shared.commit(shared.snapshot(), append(file)) instanceof Committed)) {
                Thread.onSpinWait();
              }
            }
            return writer;
          };
        });

    LakeSnapshot end = table.snapshot();
    assertThat(end.version()).isEqualTo((long) writers * commits);
    assertThat(readings.ids(end.files())).isEqualTo(range(0, 3L * writers * commits));
  }

  @Test
  void markersStandUntilTheyAreSetAnew() {
    committed(table, marked(Map.of(FIRST, 100L, SECOND, 7L), Map.of("bronze.readings", 3L)));
    LakeSnapshot after = committed(table, marked(Map.of(FIRST, 250L), Map.of()));

    assertThat(after.nextOffsets()).isEqualTo(Map.of(FIRST, 250L, SECOND, 7L));
    assertThat(after.sourceVersions()).isEqualTo(Map.of("bronze.readings", 3L));
    assertThat(lake().open(READINGS, SCHEMA, BY_DATE).snapshot()).isEqualTo(after);
  }

  @Test
  void anotherInstanceReadsWhatWasCommitted() {
    LakeSnapshot last = table.snapshot();
    for (int i = 0; i < 23; i++) {
      List<LakeFile> removed = i % 4 == 3 ? List.of(last.files().getFirst()) : List.of();
      last =
          committed(
              table,
              new LakeCommit(
                  "STREAMING UPDATE",
                  List.of(write(table, i)),
                  removed,
                  Map.of(FIRST, i * 3L),
                  Map.of()));
    }

    LakeSnapshot read = lake().find(READINGS).orElseThrow().snapshot();

    assertThat(read.version()).isEqualTo(23);
    assertThat(read.files()).containsExactlyInAnyOrderElementsOf(last.files());
    assertThat(read.committedAt()).isEqualTo(last.committedAt());
    assertThat(read.nextOffsets()).isEqualTo(last.nextOffsets());
  }

  @Test
  void anotherInstancesCommitsAreSeenAtOnce() {
    LakeTable other = lake().open(READINGS, SCHEMA, BY_DATE);
    assertThat(other.snapshot().version()).isZero();

    for (int i = 0; i < 12; i++) {
      LakeSnapshot mine = committed(table, append(write(table, i)));
      assertThat(other.snapshot()).isEqualTo(mine);
    }
    committed(other, append(write(other, 12)));
    assertThat(table.snapshot().rows()).isEqualTo(39);
  }

  @Test
  void historyTellsVersionsFromTheNewestBack() {
    committed(table, append(write(table, 0)));
    committed(table, marked(Map.of(FIRST, 1L), Map.of()));

    Instant at = Instant.parse("2026-03-02T08:00:00.123Z");
    assertThat(table.history(2))
        .containsExactly(
            new LakeVersion(2, at, "MARK", ENGINE, effect(0, 0)),
            new LakeVersion(1, at, "STREAMING UPDATE", ENGINE, effect(1, 3)));
    assertThat(table.history(100)).extracting(LakeVersion::version).containsExactly(2L, 1L, 0L);
  }

  @Test
  void anEarlierVersionIsReadAsItWas() {
    LakeSnapshot first = committed(table, append(write(table, 0)));
    LakeSnapshot last = first;
    for (int i = 1; i < 24; i++) {
      last =
          committed(
              table,
              new LakeCommit(
                  "REBUILD",
                  List.of(write(table, i)),
                  last.files(),
                  Map.of(FIRST, i * 3L),
                  Map.of()));
    }

    assertThat(table.snapshotAt(1)).isEqualTo(first);
    assertThat(lake().find(READINGS).orElseThrow().snapshotAt(1)).isEqualTo(first);
    assertThat(table.snapshotAt(24)).isEqualTo(last);
    assertThat(table.snapshotAt(0).files()).isEmpty();
    assertThat(readings.ids(table.snapshotAt(13).files())).isEqualTo(range(36, 39));
    for (long none : new long[] {-1, 25}) {
      assertThatThrownBy(() -> table.snapshotAt(none))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE))
          .hasMessageContaining("no version " + none)
          .hasMessageContaining("24");
    }
  }

  @Test
  void changesTellTheRowsThatCameAndWent() {
    LakeFile a = write(table, 0);
    LakeFile b = write(table, 1);
    LakeSnapshot standing = committed(table, append(a, b));
    LakeFile c = write(table, 2);
    committed(table, append(c));
    LakeFile d = write(table, 3);
    LakeSnapshot to =
        committed(table, new LakeCommit("ERASE", List.of(d), List.of(b), Map.of(), Map.of()));

    LakeChanges changes = table.changes(standing.version(), to.version()).orElseThrow();
    assertThat(changes.added()).extracting(LakeFile::path).containsExactly(c.path(), d.path());
    assertThat(changes.removed()).containsExactlyElementsOf(filesAt(standing, b));
    assertThat(changes.added()).containsExactlyElementsOf(filesAt(to, c, d));
    assertThat(table.changes(to.version(), to.version()).orElseThrow().isEmpty()).isTrue();
    assertThat(lake().find(READINGS).orElseThrow().changes(standing.version(), to.version()))
        .contains(changes);
  }

  @Test
  void whatCameAndWentAgainIsNoChange() {
    long from = table.snapshot().version();
    LakeFile passing = write(table, 0);
    LakeSnapshot between = committed(table, append(passing));
    LakeSnapshot to =
        committed(table, new LakeCommit("DELETE", List.of(), between.files(), Map.of(), Map.of()));

    assertThat(table.changes(from, to.version()).orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void anotherLayoutOfTheSameRowsIsNoChange() {
    LakeFile a = write(table, 0);
    LakeFile b = write(table, 1);
    LakeSnapshot before = committed(table, append(a));
    LakeSnapshot both = committed(table, append(b));
    LakeFile merged;
    synchronized (readings) {
      merged = readings.write(table, DAY, 0, 6);
    }
    LakeSnapshot after =
        committed(table, LakeCommit.rearranging("OPTIMIZE", List.of(merged), both.files()));

    assertThat(after.files()).extracting(LakeFile::path).containsExactly(merged.path());
    LakeChanges changes = table.changes(before.version(), after.version()).orElseThrow();
    assertThat(changes.added()).extracting(LakeFile::path).containsExactly(b.path());
    assertThat(changes.removed()).isEmpty();
    assertThat(table.changes(both.version(), after.version()).orElseThrow().isEmpty()).isTrue();
  }

  private static List<LakeFile> filesAt(LakeSnapshot snapshot, LakeFile... files) {
    List<Path> paths = Stream.of(files).map(LakeFile::path).toList();
    return snapshot.files().stream()
        .filter(f -> paths.contains(f.path()))
        .sorted(Comparator.comparingInt(f -> paths.indexOf(f.path())))
        .toList();
  }

  @Test
  void whatLiesInTheFolderIsToldAndTaken() {
    LakeFile a = write(table, 0);
    LakeFile b = write(table, 1);
    LakeFile c = write(table, 2);
    committed(table, append(a));
    committed(table, append(b));
    committed(table, new LakeCommit("REBUILD", List.of(c), List.of(a), Map.of(), Map.of()));
    TableStorage storage = table.storage();

    assertThat(storage.dataFiles())
        .extracting(StoredFile::path)
        .containsExactlyInAnyOrder(a.path(), b.path(), c.path());
    assertThat(storage.removedSince(NOW.minusSeconds(1))).containsOnlyKeys(a.path());
    assertThat(storage.removedSince(NOW.plusSeconds(1))).isEmpty();
    assertThat(storage.missing(List.of(a, b, c))).isEmpty();

    storage.delete(
        storage.dataFiles().stream().filter(file -> file.path().equals(a.path())).toList());

    assertThat(storage.missing(List.of(a, b, c))).containsExactly(a);
    assertThat(readings.ids(table.snapshot().files())).isEqualTo(range(3, 9));
  }

  @Test
  void boundsInTheLogCanBeErased() {
    committed(table, append(write(table, 0)));
    committed(table, append(write(table, 1)));
    LakeSnapshot before = table.snapshot();
    List<LakeVersion> history = table.history(10);
    assertThat(log(table)).contains("sensor-5");

    TableStorage.LogErasure erased = table.storage().eraseFromLog(text -> text.equals("sensor-5"));

    assertThat(erased.entries()).isEqualTo(1);
    assertThat(log(table)).doesNotContain("sensor-5").contains("sensor-2");
    LakeTable anew = lake().find(READINGS).orElseThrow();
    assertThat(anew.history(10)).isEqualTo(history);
    assertThat(anew.snapshot().rows()).isEqualTo(before.rows());
    assertThat(anew.snapshotAt(1).rows()).isEqualTo(3);
    assertThat(committed(anew, append(write(anew, 2))).rows()).isEqualTo(9);
  }

  /// Entries of the table's log.
  private static String log(LakeTable table) {
    StringBuilder text = new StringBuilder();
    for (StoredFile file : table.storage().logFiles()) {
      if (file.path().toString().endsWith(".json")) {
        text.append(
            new String(
                table.storage().read(file, 0, Math.toIntExact(file.bytes())),
                StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  private static Optional<LakeVersion.Effect> effect(long files, long rows) {
    return Optional.of(new LakeVersion.Effect(files, 0, rows, 0));
  }

  @Test
  void aTableMayBeUnpartitioned() {
    TableName name = TableName.parse("gold.sensor_5min").orElseThrow();
    LakeTable gold = lake().open(name, SCHEMA, Optional.empty());
    LakeFile file = readings.write(gold, DAY, 0, 20);

    LakeSnapshot snapshot = committed(gold, append(file));

    assertThat(snapshot.files().getFirst().partitionValue()).isEmpty();
    assertThat(snapshot.files().getFirst().statistics()).containsKey("event_date");
    assertThat(lake().find(name).orElseThrow().partition()).isEmpty();
    assertThat(lake().find(name).orElseThrow().snapshot()).isEqualTo(snapshot);
  }

  @Test
  void aTableOfAnotherShapeIsRefused() {
    assertThatThrownBy(
            () ->
                lake()
                    .open(READINGS, SCHEMA.with(Column.optional("more", ColumnType.INT)), BY_DATE))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE))
        .hasMessageContaining("bronze.readings")
        .hasMessageContaining("more: int");
    assertThatThrownBy(() -> lake().open(READINGS, SCHEMA, Optional.empty()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("is partitioned by event_date and not by nothing");
  }

  @Test
  void aTableGetsTheNullableColumnsItLacks() {
    LakeFile before = readings.write(table, DAY, 0, 10);
    committed(
        table, new LakeCommit("APPEND", List.of(before), List.of(), Map.of(FIRST, 10L), Map.of()));
    Schema wide = SCHEMA.with(Column.optional("more", ColumnType.STRING));
    Lake other = lake();
    LakeTable seenBefore = other.find(READINGS).orElseThrow();

    LakeTable widened = lake().openWidened(READINGS, wide, BY_DATE);

    assertThat(widened.schema()).isEqualTo(wide);
    assertThat(widened.snapshot().version()).isEqualTo(2);
    assertThat(widened.snapshot().files()).containsExactlyElementsOf(table.snapshot().files());
    assertThat(widened.snapshot().nextOffset(FIRST)).hasValue(10);
    assertThat(widened.history(1))
        .extracting(LakeVersion::operation)
        .containsExactly("ADD COLUMNS");
    assertThat(seenBefore.snapshot().version()).isEqualTo(2);
    assertThat(seenBefore.schema()).isEqualTo(wide);
    assertThat(lake().openWidened(READINGS, wide, BY_DATE).snapshot().version()).isEqualTo(2);
    List<Column> among = new ArrayList<>(wide.columns());
    among.add(1, Column.optional("between", ColumnType.DOUBLE));
    assertThat(lake().openWidened(READINGS, new Schema(among), BY_DATE).schema().columns())
        .isEqualTo(among);
    assertThatThrownBy(() -> lake().openWidened(READINGS, wide, BY_DATE))
        .isInstanceOf(MillraceException.class);
    Schema required = new Schema(among).with(Column.required("must", ColumnType.INT));
    assertThatThrownBy(() -> lake().openWidened(READINGS, required, BY_DATE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("must: int");
  }

  @Test
  void whoeverMakesATableFirstAllGetTheSame() throws Exception {
    for (int round = 0; round < 5; round++) {
      TableName name = TableName.bronze("race_" + round);
      List<LakeTable> made =
          atOnce(
              6,
              _ -> {
                Lake own = lake();
                return () -> own.open(name, SCHEMA, BY_DATE);
              });
      committed(made.getFirst(), append(write(made.getFirst(), round)));

      assertThat(made).allSatisfy(t -> assertThat(t.snapshot().version()).isEqualTo(1));
    }
  }

  @Test
  void tablesAreListedByLayerAndName() {
    Lake lake = lake();
    lake.open(TableName.parse("gold.b").orElseThrow(), SCHEMA, Optional.empty());
    lake.open(TableName.parse("silver.z").orElseThrow(), SCHEMA, Optional.empty());
    lake.open(TableName.parse("silver.a").orElseThrow(), SCHEMA, Optional.empty());

    assertThat(lake.tables())
        .extracting(TableName::toString)
        .containsExactly("bronze.readings", "silver.a", "silver.z", "gold.b");
    assertThat(lake.find(TableName.bronze("nothing"))).isEmpty();
  }

  @Test
  void aCommitOfAMissingFileIsRefusedWhole() throws Exception {
    LakeFile there = write(table, 0);
    LakeFile missing = write(table, 1);
    Files.delete(missing.path());

    assertThatThrownBy(() -> table.commit(table.snapshot(), append(there, missing)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(missing.path().toString());
    assertThat(table.snapshot().version()).isZero();
    assertThat(committed(table, append(there)).rows()).isEqualTo(3);
  }

  @Test
  void onlyLiveFilesCanBeRemoved() {
    LakeFile never = write(table, 0);

    assertThatThrownBy(
            () ->
                table.commit(
                    table.snapshot(),
                    new LakeCommit("DELETE", List.of(), List.of(never), Map.of(), Map.of())))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("not live");
  }

  @Test
  void anInterruptedThreadCommitsWhole() {
    LakeFile file = write(table, 0);
    Thread.currentThread().interrupt();

    LakeSnapshot after = committed(table, append(file));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(lake().open(READINGS, SCHEMA, BY_DATE).snapshot()).isEqualTo(after);
  }

  protected static LakeCommit append(LakeFile... files) {
    return new LakeCommit("STREAMING UPDATE", List.of(files), List.of(), Map.of(), Map.of());
  }

  protected static LakeCommit marked(Map<TopicPartition, Long> offsets, Map<String, Long> sources) {
    return new LakeCommit("MARK", List.of(), List.of(), offsets, sources);
  }

  protected static LakeSnapshot committed(LakeTable table, LakeCommit commit) {
    return switch (table.commit(table.snapshot(), commit)) {
      case Committed(LakeSnapshot snapshot) -> snapshot;
      case Conflict(long newest) -> throw new AssertionError("lost to version " + newest);
    };
  }

  /// Three readings of their own for each number.
  protected LakeFile write(LakeTable to, long number) {
    synchronized (readings) {
      return readings.write(to, DAY, number * 3, number * 3 + 3);
    }
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  private static <T> List<T> atOnce(int threads, Preparation<T> preparation) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      CountDownLatch start = new CountDownLatch(threads);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<T> work = preparation.of(i);
        running.add(
            pool.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return work.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    }
  }

  private interface Preparation<T> {
    Callable<T> of(int number);
  }
}
