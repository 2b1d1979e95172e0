package dev.millrace.engine.lake.delta;

import static dev.millrace.engine.lake.ReadingFiles.BY_DATE;
import static dev.millrace.engine.lake.ReadingFiles.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeTableContractTest;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.TopicPartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lake's contract kept by Delta tables in a folder, and what only these can get wrong.
final class DeltaLakeTest extends LakeTableContractTest {

  private static final TopicPartition PARTITION = new TopicPartition("a.b-c_d", 12);

  @TempDir Path folder;

  @Override
  protected Lake lake() {
    return new DeltaLake(root(), ENGINE, CLOCK);
  }

  // Every character a home may have and a URI may not.
  private Path root() {
    return folder.resolve("a home, 100% Ünlike #1?");
  }

  private Path log() {
    return root().resolve("bronze").resolve("readings").resolve("_delta_log");
  }

  private LakeTable table() {
    return lake().open(READINGS, SCHEMA, BY_DATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"commitInfo\":{\"timesta", "", "[]", "no JSON"})
  void aBrokenLineOfTheLogIsNamed(String broken) throws Exception {
    table();
    String whole = entry(0);
    int first = whole.indexOf('\n') + 1;
    Path log = log().resolve("00000000000000000000.json");
    Files.writeString(log, broken.isEmpty() ? "" : whole.substring(0, first) + broken + "\n");

    assertThatThrownBy(() -> lake().find(READINGS))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LAKE);
              assertThat(e.what())
                  .contains("line " + (broken.isEmpty() ? 1 : 2), log.toString())
                  .doesNotContain("REDACTED");
              assertThat(e.remedy()).contains("from a backup");
            });
  }

  @Test
  void everyReaderOfThePlainProtocolCanReadATable() throws Exception {
    table();

    assertThat(entry(0)).contains("\"minReaderVersion\":1", "\"minWriterVersion\":2");
    assertThat(entry(0)).doesNotContain("readerFeatures", "writerFeatures");
  }

  @Test
  void filesAreReferredToFromTheTableOnwards() throws Exception {
    LakeTable table = table();
    LakeFile file = write(table, 0);

    committed(table, append(file));

    assertThat(entry(1))
        .contains("\"path\":\"event_date=2026-03-01/" + file.path().getFileName() + "\"")
        .contains("\"partitionValues\":{\"event_date\":\"2026-03-01\"}");
  }

  @Test
  void markersOutliveTheEntriesTheyCameWith() throws Exception {
    LakeTable table = table();
    committed(table, marked(Map.of(PARTITION, 17L), Map.of("bronze.readings", 4L)));
    LakeSnapshot last = table.snapshot();
    for (int i = 0; i < 21; i++) {
      last = committed(table, append(write(table, i)));
    }
    for (int version = 0; version < 20; version++) {
      Files.delete(log().resolve("%020d.json".formatted(version)));
    }
    Files.delete(log().resolve("%020d.checkpoint.parquet".formatted(10)));

    LakeSnapshot read = table().snapshot();

    assertThat(read.nextOffsets()).isEqualTo(Map.of(PARTITION, 17L));
    assertThat(read.sourceVersions()).isEqualTo(Map.of("bronze.readings", 4L));
    assertThat(read.version()).isEqualTo(22);
    assertThat(read.files()).containsExactlyInAnyOrderElementsOf(last.files());
    assertThat(table().history(100)).hasSize(3);
  }

  @Test
  void whatTheLogNoLongerTellsIsSaid() throws Exception {
    LakeTable table = table();
    for (int i = 0; i < 12; i++) {
      committed(table, append(write(table, i)));
    }
    for (int version = 0; version < 10; version++) {
      Files.delete(log().resolve("%020d.json".formatted(version)));
    }

    assertThat(table.snapshotAt(11).rows()).isEqualTo(33);
    assertThat(table.changes(9, 12).orElseThrow().added()).hasSize(3);
    assertThat(table.changes(8, 12)).isEmpty();
    assertThat(table.changes(-1, 12)).isEmpty();
    assertThatThrownBy(() -> table.snapshotAt(5))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE))
        .hasMessageContaining("Version 5 of table bronze.readings");
  }

  @Test
  void aReaderLeftBehindByACleanUpReadsTheCheckpoint() throws Exception {
    LakeTable table = table();
    LakeTable behind = table();
    for (int i = 0; i < 12; i++) {
      committed(table, append(write(table, i)));
    }
    for (int version = 0; version < 10; version++) {
      Files.delete(log().resolve("%020d.json".formatted(version)));
    }

    assertThat(behind.snapshot().version()).isEqualTo(12);
    assertThat(behind.snapshot().rows()).isEqualTo(36);
  }

  @Test
  void aCheckpointThatFailsLeavesTheCommitStanding() throws Exception {
    LakeTable table = table();
    for (int i = 0; i < 9; i++) {
      committed(table, append(write(table, i)));
    }
    Path inTheWay = log().resolve("%020d.checkpoint.parquet".formatted(10));
    Files.createDirectories(inTheWay.resolve("occupied"));

    LakeSnapshot tenth = committed(table, append(write(table, 9)));
    LakeSnapshot eleventh = committed(table, append(write(table, 10)));

    assertThat(tenth.version()).isEqualTo(10);
    assertThat(eleventh.rows()).isEqualTo(33);
    assertThat(names(log())).noneMatch(name -> name.endsWith(".tmp"));
  }

  @Test
  void nothingTemporaryIsLeft() throws Exception {
    LakeTable table = table();
    for (int i = 0; i < 11; i++) {
      committed(table, append(write(table, i)));
    }

    assertThat(names(log())).noneMatch(name -> name.startsWith("."));
    assertThat(names(log())).contains("_last_checkpoint");
  }

  @Test
  void aShapeChangedByAnotherProgramIsSeen() throws Exception {
    LakeTable table = table();
    committed(table, append(write(table, 0)));
    String more =
        entry(0)
            .lines()
            .filter(line -> line.startsWith("{\"metaData\""))
            .findFirst()
            .orElseThrow()
            .replace(
                "{\\\"name\\\":\\\"event_date\\\"",
                "{\\\"name\\\":\\\"more\\\",\\\"type\\\":\\\"string\\\",\\\"nullable\\\":true,"
                    + "\\\"metadata\\\":{}},{\\\"name\\\":\\\"event_date\\\"");
    Files.writeString(log().resolve("%020d.json".formatted(2)), more + "\n");

    assertThat(table.snapshot().version()).isEqualTo(2);
    assertThat(table.schema().column("more")).isPresent();
  }

  @Test
  void aTableWhoseMarkersWouldExpireIsNotWritten() throws Exception {
    LakeTable table = table();
    String expiring =
        entry(0)
            .lines()
            .filter(line -> line.startsWith("{\"metaData\""))
            .findFirst()
            .orElseThrow()
            .replace(
                "\"configuration\":{",
                "\"configuration\":{\"delta.setTransactionRetentionDuration\":\"interval 1"
                    + " days\",");
    Files.writeString(log().resolve("%020d.json".formatted(1)), expiring + "\n");

    assertThatThrownBy(() -> table.commit(table.snapshot(), append(write(table, 0))))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("delta.setTransactionRetentionDuration");
    assertThat(table.snapshot().version()).isEqualTo(1);
  }

  @Test
  void aTableWithDeletionVectorsIsRefused() throws Exception {
    LakeTable table = table();
    committed(table, append(write(table, 0)));
    String add =
        entry(1)
            .lines()
            .filter(line -> line.startsWith("{\"add\""))
            .findFirst()
            .orElseThrow()
            .replace(
                "\"dataChange\":true",
                "\"dataChange\":true,\"deletionVector\":{\"storageType\":\"u\","
                    + "\"pathOrInlineDv\":\"ab^-aqEH.-t@S}K{vb[*k^\",\"offset\":4,"
                    + "\"sizeInBytes\":40,\"cardinality\":1}");
    Files.writeString(log().resolve("%020d.json".formatted(2)), add + "\n");

    assertThatThrownBy(table::snapshot)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("bronze.readings uses deletion vectors");
  }

  @Test
  void aDamagedLogIsNamed() throws Exception {
    table();
    Files.writeString(log().resolve("%020d.json".formatted(0)), "{\"commitInfo\":\n");

    assertThatThrownBy(this::table)
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.what()).contains(root().toString()))
        .hasMessageContaining("bronze.readings");
  }

  @Test
  void aRootThatIsAFileIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(
            () -> new DeltaLake(file, ENGINE, CLOCK).open(READINGS, SCHEMA, Optional.empty()))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE))
        .hasMessageContaining(file.toString());
  }

  @Test
  void anEmptyLogFolderIsNoTable() throws Exception {
    TableName started = TableName.bronze("started");
    Files.createDirectories(root().resolve("bronze").resolve("started").resolve("_delta_log"));

    assertThat(lake().find(started)).isEmpty();
    assertThat(lake().tables()).containsExactly(READINGS);
    assertThat(lake().open(started, SCHEMA, BY_DATE).snapshot().version()).isZero();
  }

  @Test
  void aFileOutsideTheTableIsRefused() throws Exception {
    LakeTable table = table();
    Path outside = Files.writeString(folder.resolve("x.parquet"), "x");
    LakeFile file = new LakeFile(outside, 1, 1, Optional.of(DAY), Map.of());

    assertThatThrownBy(
            () ->
                table.commit(
                    table.snapshot(),
                    new LakeCommit("WRITE", List.of(file), List.of(), Map.of(), Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside");
  }

  private String entry(long version) throws IOException {
    return Files.readString(log().resolve("%020d.json".formatted(version)));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
