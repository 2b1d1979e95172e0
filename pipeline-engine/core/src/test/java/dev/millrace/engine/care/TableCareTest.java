package dev.millrace.engine.care;

import static dev.millrace.engine.care.CareHome.BRONZE;
import static dev.millrace.engine.care.CareHome.LETTERS;
import static dev.millrace.engine.care.CareHome.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.care.CareOrder.Offsets;
import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.care.CareOrder.Restore;
import dev.millrace.engine.care.CareOrder.Vacuum;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Layout, age, earlier versions and columns of real Delta tables.
class TableCareTest {

  private static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final Vacuum WEEK = new Vacuum(BRONZE, Duration.ofDays(7), false);
  private static final Vacuum AT_ONCE = new Vacuum(BRONZE, Duration.ZERO, true);

  @TempDir Path folder;
  private CareHome home;

  @BeforeEach
  void open() {
    home = new CareHome(folder);
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void smallFilesBecomeOneOfEachPartition() {
    LakeSnapshot before = smallFiles(20);

    CareReport preview = home.preview(optimize(List.of()));
    CareReport done = home.carryOut(optimize(List.of()));

    assertThat(preview.carriedOut()).isFalse();
    assertThat(preview.findings().getFirst().count("files to rewrite")).isEqualTo(20);
    assertThat(preview.findings().getFirst().count("files after, about")).isEqualTo(2);
    assertThat(done.findings().getFirst().count("files after")).isEqualTo(2);
    LakeSnapshot after = home.bronze().snapshot();
    assertThat(after.files()).hasSize(2);
    assertThat(after.files())
        .extracting(LakeFile::partitionValue)
        .containsExactlyInAnyOrder(Optional.of(DAY), Optional.of(DAY.plusDays(1)));
    assertThat(after.nextOffsets()).isEqualTo(before.nextOffsets());
    assertThat(home.offsets(after)).isEqualTo(home.offsets(before));
    assertThat(home.bronze().changes(before.version(), after.version()).orElseThrow().isEmpty())
        .as("readers of changes see no news")
        .isTrue();
    assertThat(home.bronze().history(1).getFirst())
        .satisfies(
            version -> {
              assertThat(version.operation()).isEqualTo("OPTIMIZE");
              assertThat(version.effect())
                  .contains(new LakeVersion.Effect(2, 20, before.rows(), before.rows()));
            });
    assertThat(home.carryOut(optimize(List.of())).findings().getFirst().count("files rewritten"))
        .as("a second run finds nothing to do")
        .isZero();
    assertThat(home.audit.records())
        .extracting(AuditRecord::state)
        .startsWith(AuditRecord.State.STARTED, AuditRecord.State.DONE);
  }

  @Test
  void inZOrderAFilterOnEitherColumnSkipsMostFiles() {
    // Every sensor at every time: as they came, each file holds all sensors.
    home.append(
        """
        SELECT 'sensor-' || lpad((i %% 64)::VARCHAR, 3, '0') AS sensor_id, 'temperature' AS sensor_type,
          md5(i::VARCHAR) || md5((i + 1)::VARCHAR) AS location, random() AS value, '°C' AS unit,
          TIMESTAMPTZ '%s 00:00:00+00' + to_seconds((i // 64) * 10) AS event_time,
          TIMESTAMPTZ '%s 12:00:00+00' AS ingestion_time,
          'sensor-events' AS kafka_topic, 0 AS kafka_partition, i AS kafka_offset,
          DATE '%s' AS event_date
        FROM range(200000) t(i)\
        """
            .formatted(DAY, DAY, DAY),
        200_000);
    LakeSnapshot before = home.bronze().snapshot();
    long target = before.bytes() / 40;

    home.carryOut(
        new Optimize(
            BRONZE,
            target,
            List.of("sensor_id", "event_time"),
            Optional.empty(),
            Optional.empty()));

    LakeSnapshot after = home.bronze().snapshot();
    assertThat(after.rows()).isEqualTo(before.rows());
    assertThat(after.files().size()).isBetween(20, 60);
    long bySensor =
        after.files().stream().filter(f -> mayHold(f, "sensor_id", "sensor-040")).count();
    long byTime =
        after.files().stream().filter(f -> mayHold(f, "event_time", micros(DAY, 15_000))).count();
    assertThat(bySensor).isLessThanOrEqualTo(after.files().size() / 2);
    assertThat(byTime).isLessThanOrEqualTo(after.files().size() / 2);
  }

  @Test
  void aStreamAppendsWhileATableIsOptimized() throws Exception {
    smallFiles(20);
    CompletableFuture<Void> stream =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 20; i < 40; i++) {
                appendRacing(i);
              }
            });
    for (int i = 0; i < 5; i++) {
      home.carryOut(optimize(List.of()));
    }
    stream.get();
    home.carryOut(optimize(List.of()));

    LakeSnapshot end = home.bronze().snapshot();
    assertThat(end.files()).hasSize(2);
    assertThat(home.offsets(end)).isEqualTo(LongStream.range(0, 4000).boxed().toList());
  }

  @Test
  void aVacuumTakesWhatNoVersionOfTheLastWeekNeeds() throws Exception {
    LakeSnapshot old = smallFiles(10);
    home.carryOut(optimize(List.of()));
    Path orphan = home.bronze().dataFolder(Optional.of(DAY)).resolve("part-orphan.zstd.parquet");
    Files.writeString(orphan, "left by a writer that was killed");

    home.clock.pass(Duration.ofDays(3));
    assertThat(home.preview(WEEK).findings().getFirst().count("files to delete")).isZero();
    assertThat(home.carryOut(WEEK).findings().getFirst().count("files deleted")).isZero();
    assertThat(home.offsets(home.bronze().snapshotAt(old.version()))).hasSize(1000);

    home.clock.pass(Duration.ofDays(5));
    assertThat(home.preview(WEEK).findings().getFirst().count("files to delete")).isEqualTo(11);
    assertThat(orphan).exists();
    assertThat(home.carryOut(WEEK).findings().getFirst().count("files deleted")).isEqualTo(11);

    assertThat(orphan).doesNotExist();
    assertThat(home.offsets(home.bronze().snapshot())).hasSize(1000);
    assertThatThrownBy(() -> home.preview(new Restore(BRONZE, old.version(), Offsets.KEEP)))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE))
        .hasMessageContaining("10 of its 10 files were deleted");
  }

  @Test
  void aVersionReplacedWithinTheWeekStaysWhole() {
    LakeSnapshot old = smallFiles(10);
    home.clock.pass(Duration.ofDays(30));
    // The files are a month old, and were live until now.
    home.carryOut(optimize(List.of()));
    home.clock.pass(Duration.ofDays(6));

    home.carryOut(WEEK);

    assertThat(home.offsets(home.bronze().snapshotAt(old.version()))).hasSize(1000);
  }

  @Test
  void aFileAboutToBeCommittedIsNeverTaken() throws Exception {
    smallFiles(4);
    home.carryOut(optimize(List.of()));
    Path inFlight = home.bronze().dataFolder(Optional.of(DAY)).resolve("part-new.zstd.parquet");
    Files.writeString(inFlight, "a writer is about to commit this");
    Path killed = home.bronze().dataFolder(Optional.of(DAY)).resolve("part-old.zstd.parquet");
    Files.writeString(killed, "its writer died");
    Files.setLastModifiedTime(
        killed, FileTime.from(home.clock.instant().minus(Duration.ofHours(2))));
    home.clock.pass(Duration.ofSeconds(1));

    CareFinding finding = home.carryOut(AT_ONCE).findings().getFirst();

    assertThat(finding.count("files deleted")).isEqualTo(5);
    assertThat(finding.count("kept as perhaps in flight")).isEqualTo(1);
    assertThat(inFlight).exists();
    assertThat(killed).doesNotExist();
  }

  @Test
  void aShortRetentionIsRefusedUntilItIsMeant() {
    assertThatThrownBy(() -> home.preview(new Vacuum(BRONZE, Duration.ofHours(1), false)))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining("running query");
  }

  @Test
  void aRestoreBringsAVersionBackAndLeavesTheStreamWhereItIs() {
    LakeSnapshot good = home.append(DAY, 0, 100, 5);
    home.append(DAY, 100, 150, 5);
    LakeSnapshot bad = home.append(DAY, 150, 200, 5);

    CareReport preview = home.preview(new Restore(BRONZE, good.version(), Offsets.KEEP));
    CareReport done = home.carryOut(new Restore(BRONZE, good.version(), Offsets.KEEP));

    assertThat(preview.findings().getFirst().count("rows before")).isEqualTo(200);
    assertThat(preview.findings().getFirst().count("rows after")).isEqualTo(100);
    assertThat(preview.notes()).anyMatch(note -> note.contains("100 offsets"));
    assertThat(done.carriedOut()).isTrue();
    LakeSnapshot after = home.bronze().snapshot();
    assertThat(after.version()).isEqualTo(bad.version() + 1);
    assertThat(after.files()).containsExactlyInAnyOrderElementsOf(good.files());
    assertThat(after.nextOffset(PARTITION)).hasValue(200);
    // And a restore can be undone by one.
    home.carryOut(new Restore(BRONZE, bad.version(), Offsets.KEEP));
    assertThat(home.offsets(home.bronze().snapshot())).hasSize(200);
  }

  @Test
  void aRestoreCanSendTheStreamBackToWhereItWas() {
    LakeSnapshot good = home.append(DAY, 0, 100, 5);
    home.append(DAY, 100, 200, 5);

    home.carryOut(new Restore(BRONZE, good.version(), Offsets.REREAD));

    assertThat(home.bronze().snapshot().nextOffset(PARTITION)).hasValue(100);
    home.carryOut(new Restore(BRONZE, 0, Offsets.REREAD));
    assertThat(home.bronze().snapshot().nextOffset(PARTITION)).hasValue(0);
    assertThat(home.bronze().snapshot().rows()).isZero();
  }

  @Test
  void aRestoredDerivedTableIsSeenToBeBehind() {
    home.append(DAY, 0, 100, 5);
    home.build();
    TableName silver = TableName.parse("silver.readings").orElseThrow();
    LakeSnapshot old = home.table(silver).snapshot();
    home.append(DAY, 100, 200, 5);
    home.build();
    assertThat(home.table(silver).snapshot().rows()).isEqualTo(200);

    home.carryOut(new Restore(silver, old.version(), Offsets.KEEP));
    assertThat(home.table(silver).snapshot().rows()).isEqualTo(100);
    home.build();

    assertThat(home.table(silver).snapshot().rows()).isEqualTo(200);
  }

  @Test
  void columnsAreAddedWidenedAndRenamed() {
    LakeSnapshot old = home.append(DAY, 0, 100, 5);
    home.carryOut(
        new CareOrder.Evolve(BRONZE, List.of(new SchemaChange.Add("channel", ColumnType.INT))));

    CareReport report =
        home.carryOut(
            new CareOrder.Evolve(
                BRONZE,
                List.of(
                    new SchemaChange.Add("battery", ColumnType.DOUBLE),
                    new SchemaChange.Widen("channel", ColumnType.BIGINT),
                    new SchemaChange.Rename("location", "place"),
                    new SchemaChange.Relax("sensor_type"))));

    LakeTable bronze = home.bronze();
    assertThat(report.findings().getFirst().count("rows rewritten")).isEqualTo(100);
    assertThat(bronze.schema().columns().stream().map(Object::toString))
        .contains("battery: double", "channel: bigint", "place: string")
        .contains("sensor_type: string")
        .noneMatch(column -> column.startsWith("location"));
    Map<String, Object> row =
        home.rows(bronze.schema(), bronze.snapshot(), "place, channel, battery").getFirst();
    assertThat(row.get("place")).isEqualTo("floor-1/zone-0");
    assertThat(row.get("channel")).isNull();
    assertThat(row.get("battery")).isNull();
    // The version before is read by the columns it had.
    assertThat(bronze.schemaAt(old.version()).column("location")).isPresent();
    assertThat(
            home.rows(bronze.schemaAt(old.version()), bronze.snapshotAt(old.version()), "location")
                .getFirst()
                .get("location"))
        .isEqualTo("floor-1/zone-0");
    // A writer that has not heard of it commits nothing, rather than rows without their place.
    assertThatThrownBy(() -> appendOldColumns())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("bronze.sensor_events");
    home.carryOut(new Restore(BRONZE, old.version(), Offsets.KEEP));
    assertThat(home.bronze().schema().column("location")).isPresent();
    assertThat(home.offsets(home.bronze().snapshot())).hasSize(100);
  }

  @Test
  void whatWouldLoseValuesIsRefusedWithTheReason() {
    for (SchemaChange change :
        List.of(
            new SchemaChange.Widen("kafka_offset", ColumnType.INT),
            new SchemaChange.Widen("kafka_offset", ColumnType.DOUBLE),
            new SchemaChange.Widen("sensor_id", ColumnType.BINARY),
            new SchemaChange.Add("sensor_id", ColumnType.STRING),
            new SchemaChange.Add("No Name", ColumnType.STRING),
            new SchemaChange.Rename("event_date", "day"),
            new SchemaChange.Rename("kafka_offset", "position"),
            new SchemaChange.Widen("kafka_partition", ColumnType.BIGINT),
            new SchemaChange.Relax("ingestion_time"),
            new SchemaChange.Rename("nothing", "something"))) {
      assertThatThrownBy(() -> home.carryOut(new CareOrder.Evolve(BRONZE, List.of(change))))
          .as("%s", change)
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
    }
    assertThat(home.bronze().snapshot().version()).isZero();
    assertThat(home.audit.records())
        .extracting(AuditRecord::state)
        .contains(AuditRecord.State.FAILED);
  }

  @Test
  void partitionsPastTheirRetentionExpireWhole() {
    Pipeline shipped = home.pipeline;
    Pipeline short90 =
        new Pipeline(
            shipped.name(),
            shipped.version(),
            shipped.title(),
            shipped.source(),
            shipped.feeds(),
            shipped.ranges(),
            shipped.tables(),
            shipped.suites(),
            shipped.warehouse(),
            shipped.flows(),
            shipped.engine(),
            new Retention(
                Map.of(
                    "bronze", Optional.of(Duration.ofDays(90)),
                    "dead_letters", Optional.empty())));
    home.close();
    home = new CareHome(folder, short90);
    LocalDate today = LocalDate.ofInstant(home.clock.instant(), ZoneOffset.UTC);
    home.append(today.minusDays(91), 0, 10, 2);
    home.append(today.minusDays(90), 10, 30, 2);
    home.append(today, 30, 70, 2);
    home.build();
    CareOrder.Expire all = new CareOrder.Expire(Optional.empty());

    CareReport preview = home.preview(all);
    CareReport done = home.carryOut(all);

    assertThat(preview.findings().getFirst().count("rows to take out")).isEqualTo(10);
    assertThat(done.notes())
        .anyMatch(note -> note.startsWith("dead_letters.sensor_events is kept"));
    assertThat(home.offsets(home.bronze().snapshot()))
        .isEqualTo(LongStream.range(10, 70).boxed().toList());
    assertThat(home.count(TableName.parse("silver.readings").orElseThrow(), "TRUE")).isEqualTo(60);
    assertThat(done.notes())
        .anyMatch(note -> note.contains("flow") && note.contains("gold.sensors"));
    LakeTable sensors = home.table(TableName.parse("gold.sensors").orElseThrow());
    long stood = sensors.snapshot().version();
    home.build();
    assertThat(sensors.snapshot().version()).isGreaterThan(stood);
    assertThat(home.count(TableName.parse("silver.readings").orElseThrow(), "TRUE")).isEqualTo(60);
  }

  @Test
  void lettersExpireByFile() {
    home.letter(1, CareHome.utf8("one"), "bad");
    home.clock.pass(Duration.ofDays(1000));

    CareReport done = home.carryOut(new CareOrder.Expire(Optional.of(LETTERS)));

    assertThat(done.findings().getFirst().count("rows taken out")).isEqualTo(1);
    assertThat(home.table(LETTERS).snapshot().files()).isEmpty();
  }

  /// Files of 100 readings each, by turns of two days.
  private LakeSnapshot smallFiles(int count) {
    LakeSnapshot last = home.bronze().snapshot();
    for (int i = 0; i < count; i++) {
      last = home.append(DAY.plusDays(i % 2), i * 100L, i * 100L + 100, 5);
    }
    return last;
  }

  private void appendRacing(int i) {
    while (true) {
      try {
        home.append(DAY.plusDays(i % 2), i * 100L, i * 100L + 100, 5);
        return;
      } catch (AssertionError lost) {
        assertThat(lost).hasMessageContaining("race");
      }
    }
  }

  private void appendOldColumns() {
    LakeTable bronze = home.bronze();
    LakeSnapshot old = bronze.snapshotAt(1);
    LakeFile file = old.files().getFirst();
    CareHome.commit(bronze, new LakeCommit("WRITE", List.of(file), List.of(), Map.of(), Map.of()));
  }

  private static Optimize optimize(List<String> zOrder) {
    return new Optimize(
        BRONZE, Optimize.DEFAULT_TARGET_BYTES, zOrder, Optional.empty(), Optional.empty());
  }

  @SuppressWarnings("unchecked")
  private static boolean mayHold(LakeFile file, String column, Object value) {
    ColumnStatistics of = file.statistics().get(column);
    if (of == null || of.min().isEmpty() || of.max().isEmpty()) {
      return true;
    }
    Comparable<Object> wanted = (Comparable<Object>) value;
    return wanted.compareTo(of.min().get()) >= 0 && wanted.compareTo(of.max().get()) <= 0;
  }

  private static Object micros(LocalDate day, long seconds) {
    return (day.toEpochDay() * 86_400 + seconds) * 1_000_000L;
  }
}
