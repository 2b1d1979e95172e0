package dev.millrace.engine.lake.store.s3;

import static dev.millrace.engine.lake.ReadingFiles.BY_DATE;
import static dev.millrace.engine.lake.ReadingFiles.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeTableContractTest;
import dev.millrace.engine.lake.store.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lake's contract kept by Delta tables on S3 over HTTP.
final class S3LakeTest extends LakeTableContractTest {

  @TempDir private static Path server;
  private static LocalS3 s3;

  @TempDir private static Path machines;

  private final String prefix = "of a test+" + UUID.randomUUID();
  private final Path machine = machines.resolve(UUID.randomUUID().toString());
  private final RemoteRig rig = open("one");

  @BeforeAll
  static void startServer() throws Exception {
    s3 = LocalS3.start(server);
  }

  @AfterAll
  static void stopServer() {
    s3.close();
  }

  S3LakeTest() {
    readings.readThrough(rig.files());
  }

  @Override
  protected Lake lake() {
    return rig.lake(ENGINE, CLOCK);
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    try (Stream<Path> left = Files.list(machine.resolve("one").resolve("work"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void anotherMachineReadsWhatWasWrittenHere() throws Exception {
    LakeTable table = lake().open(READINGS, SCHEMA, BY_DATE);
    LakeFile file = readings.write(table, DAY, 0, 100);
    LakeSnapshot written = committed(table, append(file));

    try (RemoteRig other = open("two")) {
      LakeSnapshot read = other.lake(ENGINE, CLOCK).find(READINGS).orElseThrow().snapshot();
      readings.readThrough(other.files());

      assertThat(read.rows()).isEqualTo(written.rows());
      assertThat(readings.ids(read.files())).hasSize(100).startsWith(0L).endsWith(99L);
      assertThat(readings.ids(read.files())).hasSize(100);
      assertThat(other.cache().fetches()).isEqualTo(1);
      assertThat(other.cache().hits()).isEqualTo(1);
    }
  }

  @Test
  void whatIsHeldStaysWhateverTheCacheLetsGoOf() throws Exception {
    LakeTable table = lake().open(READINGS, SCHEMA, BY_DATE);
    LakeFile file = readings.write(table, DAY, 0, 10);
    LakeSnapshot snapshot = committed(table, append(file));

    try (LakeFiles.Hold hold = rig.files().hold(snapshot.files())) {
      Path path = hold.path(snapshot.files().getFirst());
      deleteAll(machine.resolve("one").resolve("cache"));
      rig.store().delete("bronze/readings/event_date=2026-03-01/" + file.path().getFileName());

      assertThat(path).hasSize(file.bytes()).hasFileName(file.path().getFileName().toString());
    }
  }

  @Test
  void aTornCopyIsFetchedAnew() throws Exception {
    LakeTable table = lake().open(READINGS, SCHEMA, BY_DATE);
    LakeSnapshot snapshot = committed(table, append(readings.write(table, DAY, 0, 10)));
    try (Stream<Path> copies = Files.walk(machine.resolve("one").resolve("cache"))) {
      for (Path copy : copies.filter(Files::isRegularFile).toList()) {
        Files.writeString(copy, "torn");
      }
    }

    assertThat(readings.ids(snapshot.files())).hasSize(10);
    assertThat(rig.cache().fetches()).isEqualTo(1);
  }

  @Test
  void whatStandsOnS3IsPlainDelta() throws Exception {
    LakeTable table = lake().open(READINGS, SCHEMA, BY_DATE);
    for (int i = 0; i < 11; i++) {
      committed(table, append(write(table, i)));
    }

    assertThat(rig.store().walk("bronze/readings/_delta_log"))
        .extracting(Stored::lastName)
        .contains(
            "00000000000000000000.json",
            "00000000000000000011.json",
            "00000000000000000010.checkpoint.parquet",
            "_last_checkpoint");
    assertThat(rig.store().walk("bronze/readings/event_date=2026-03-01")).hasSize(11);
    try (Stream<Path> staged = Files.walk(machine.resolve("one").resolve("work"))) {
      assertThat(staged.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList())
          .isEqualTo(List.of("lock"));
    }
  }

  private RemoteRig open(String name) {
    try {
      return new RemoteRig(s3.access(prefix), machine.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void deleteAll(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }
}
