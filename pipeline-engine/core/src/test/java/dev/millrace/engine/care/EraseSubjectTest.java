package dev.millrace.engine.care;

import static dev.millrace.engine.care.CareHome.BRONZE;
import static dev.millrace.engine.care.CareHome.LETTERS;
import static dev.millrace.engine.care.CareHome.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.care.CareOrder.Erase;
import dev.millrace.engine.care.CareOrder.Offsets;
import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.care.CareOrder.Prove;
import dev.millrace.engine.care.CareOrder.Restore;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.lake.StoredFile;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One sensor is erased from real Bronze, Silver, Gold and dead letters, their past included.
class EraseSubjectTest {

  private static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final TableName SILVER = TableName.parse("silver.readings").orElseThrow();
  private static final TableName SENSORS = TableName.parse("gold.sensors").orElseThrow();
  private static final TableName DAILY = TableName.parse("gold.daily_summary").orElseThrow();
  private static final String VALUE = "sensor-3";

  private static final Pattern WORD =
      Pattern.compile("(?<![A-Za-z0-9-])" + VALUE + "(?![A-Za-z0-9-])");

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
  void nothingOfTheSensorIsLeftInAnyFile() throws Exception {
    fill();
    long others = home.count(BRONZE, "sensor_id <> '" + VALUE + "'");
    assertThat(where()).as("the search finds it while it is there").isNotEmpty();
    assertThat(home.carryOut(prove()).complete()).isFalse();

    CareReport preview = home.preview(erase());
    CareReport done = home.carryOut(erase());

    assertThat(preview.carriedOut()).isFalse();
    assertThat(preview.findings())
        .filteredOn(f -> f.table().equals(BRONZE))
        .allSatisfy(f -> assertThat(f.count("rows to remove")).isEqualTo(120));
    assertThat(done.complete()).as("%s", done).isTrue();
    assertThat(where()).isEmpty();
    CareReport proof = home.carryOut(prove());
    assertThat(proof.complete()).as("%s", proof).isTrue();
    assertThat(proof.findings())
        .allSatisfy(f -> assertThat(f.count("files looked through")).isPositive());

    assertThat(home.count(BRONZE, "TRUE")).isEqualTo(others);
    assertThat(home.count(SILVER, "TRUE")).isEqualTo(others);
    assertThat(home.count(SENSORS, "sensor_id = 'sensor-30'")).isEqualTo(1);
    assertThat(home.count(SENSORS, "TRUE")).isEqualTo(39);
    assertThat(home.count(LETTERS, "TRUE")).as("letters of others stay").isEqualTo(2);
    assertThat(home.bronze().snapshot().nextOffset(CareHome.PARTITION)).hasValue(4800);
  }

  /// Told of all reports; stops when one begins with the words.
  private static Progress until(String words, List<String> told) {
    return new Progress() {
      @Override
      public void report(String what, long done, long total) {
        told.add(what);
      }

      @Override
      public boolean cancelled() {
        return !words.isEmpty() && told.stream().anyMatch(t -> t.startsWith(words));
      }
    };
  }

  @Test
  void aPreviewTellsFirstWhetherAnyRowIsMeantAndStopsWhenItIsCalledOff() {
    small();
    Erase nobody = new Erase(new Subject(Set.of("sensor_id"), "sensor-none"));
    List<String> told = new ArrayList<>();
    home.preview(nobody, until("", told));
    assertThat(told.getFirst()).startsWith("count rows of ");
    assertThat(told).contains("no row is of it so far; look through " + BRONZE);
    List<String> some = new ArrayList<>();
    home.preview(erase(), until("", some));
    assertThat(some).anyMatch(t -> t.matches("\\d+ rows so far; look through " + BRONZE));

    for (String moment : List.of("count rows", "no row is of it so far")) {
      List<String> until = new ArrayList<>();
      assertThatThrownBy(() -> home.preview(nobody, until(moment, until)))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      assertThat(until.getLast()).startsWith(moment);
    }
  }

  @Test
  void whoIsNowhereAndWhatIsNoColumnAreTwoThings() {
    small();
    CareReport nobody = home.preview(new Erase(new Subject(Set.of("sensor_id"), "sensor-none")));
    assertThat(nobody.nothingToDo()).isTrue();
    assertThat(nobody.summary()).contains("No row").doesNotContain("sensor-none");
    assertThat(home.preview(erase()).nothingToDo()).isFalse();

    Subject mistyped = new Subject(Set.of("sensr_id"), "sensor-1");
    for (CareOrder order : List.of(new Erase(mistyped), new Prove(mistyped))) {
      assertThatThrownBy(() -> home.carryOut(order))
          .isInstanceOfSatisfying(
              MillraceException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
                assertThat(e.what()).contains("sensr_id").doesNotContain("sensor-1");
                assertThat(e.remedy()).isEqualTo("did you mean sensor_id?");
              });
    }
    assertThat(home.audit.records()).as("nothing was begun").isEmpty();
  }

  @Test
  void sumsNoLongerCountIt() {
    fill();
    long before = sum();

    home.carryOut(erase());

    assertThat(sum()).isEqualTo(before - 120);
  }

  @Test
  void theRecordTellsWhatWasDoneAndNotWhom() throws Exception {
    fill();

    home.carryOut(erase());

    String audit = Files.readString(folder.resolve("audit").resolve("tables.ndjson"));
    assertThat(audit).doesNotContain(VALUE + "\"").contains("\"work\":\"erase\"");
    List<AuditRecord> records = home.audit.records();
    assertThat(records)
        .extracting(AuditRecord::state)
        .containsExactly(AuditRecord.State.STARTED, AuditRecord.State.DONE);
    AuditRecord done = records.getLast();
    assertThat(done.subject()).contains(home.audit.hashed(subject()));
    assertThat(done.who()).contains("@");
    assertThat(done.findings())
        .filteredOn(f -> f.table().equals(BRONZE))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.count("rows removed")).isEqualTo(120);
              assertThat(f.version()).isEqualTo(home.bronze().snapshot().version());
            });
    assertThat(erase().toString()).doesNotContain(VALUE);
    assertThat(home.audit.hashed(new Subject(Set.of("sensor_id"), "sensor-4")))
        .isNotEqualTo(home.audit.hashed(subject()));
  }

  /// The work is broken off wherever it looks whether it should stop, and done again.
  @Test
  void whateverBreaksOffTheNextRunCompletesIt() throws Exception {
    for (int steps = 1; ; steps += 2 + steps) {
      home.close();
      Path own = folder.resolve("broken-" + steps);
      home = new CareHome(own);
      fill();
      Countdown countdown = new Countdown(steps);
      boolean broke = false;
      try {
        home.care().carryOut(erase(), countdown);
      } catch (MillraceException cancelled) {
        broke = true;
      }
      // Nobody sees a half state: every table reads whole.
      for (TableName name : home.lake.tables()) {
        assertThat(home.count(name, "TRUE")).isEqualTo(home.table(name).snapshot().rows());
      }
      if (!broke) {
        assertThat(steps).as("it was broken off somewhere").isGreaterThan(5);
        return;
      }
      CareReport second = home.carryOut(erase());
      assertThat(second.complete()).as("after %d steps: %s", steps, second).isTrue();
      assertThat(where()).as("after %d steps", steps).isEmpty();
    }
  }

  /// The process ends before or after a change on the disk, and another begins anew; every such
  /// place with `-Dcare.stride=1`.
  @Test
  void whereverTheProcessEndsTheNextRunCompletesIt() throws Exception {
    int stride = Integer.getInteger("care.stride", 4);
    int first = (int) Math.floorMod(System.nanoTime() / 1000, (long) stride);
    for (int side = first; ; side += stride) {
      home.close();
      Path own = folder.resolve("ended-" + side);
      home = new CareHome(own);
      small();
      boolean ended = false;
      try {
        new TableCare(
                home.pipeline,
                new Breaking(side).over(home.lake),
                home.engine,
                home.audit,
                home.clock,
                List.of())
            .carryOut(erase(), Progress.NONE);
      } catch (Breaking.Ended e) {
        ended = true;
      }
      if (!ended) {
        assertThat(side).as("it ended everywhere").isGreaterThan(10);
        return;
      }
      home.close();
      home = new CareHome(own);
      for (TableName name : home.lake.tables()) {
        assertThat(home.count(name, "TRUE"))
            .as("%s after side %d", name, side)
            .isEqualTo(home.table(name).snapshot().rows());
      }
      // What the process was writing may still be thought in flight.
      home.clock.pass(Duration.ofHours(2));
      CareReport second = home.carryOut(erase());
      assertThat(second.complete()).as("after side %d: %s", side, second).isTrue();
      assertThat(home.carryOut(prove()).complete()).as("after side %d", side).isTrue();
      assertThat(home.count(BRONZE, "TRUE")).isEqualTo(39);
      assertThat(home.count(SILVER, "TRUE")).isEqualTo(39);
      assertThat(sum()).isEqualTo(39);
    }
  }

  @Test
  void anErasedSensorDoesNotComeBackByARestore() {
    fill();
    long early = 1;
    home.carryOut(erase());

    assertThatThrownBy(() -> home.carryOut(new Restore(BRONZE, early, Offsets.KEEP)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("deleted by a vacuum or an erasure");
    assertThatThrownBy(() -> home.carryOut(new Restore(BRONZE, 0, Offsets.REREAD)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("could bring back");
  }

  @Test
  void theHistoryStaysReadable() {
    fill();
    List<LakeVersion> before = home.bronze().history(100);

    home.carryOut(erase());

    LakeTable bronze = new CareHome(folder).bronze();
    assertThat(bronze.history(100)).containsAll(before);
    assertThat(bronze.history(100)).extracting(LakeVersion::operation).contains("ERASE");
    assertThat(bronze.snapshotAt(before.getFirst().version()).rows()).isEqualTo(4800);
  }

  @Test
  void aFileThatMayBeInFlightIsLeftAndSaid() throws Exception {
    fill();
    LakeTable bronze = home.bronze();
    Path inFlight = bronze.dataFolder(Optional.of(DAY)).resolve("part-in-flight.zstd.parquet");
    Files.copy(bronze.snapshot().files().getFirst().path(), inFlight);

    CareReport first = home.carryOut(erase());

    assertThat(first.complete()).isFalse();
    assertThat(first.notes()).anyMatch(note -> note.startsWith("1 files were left"));
    assertThat(inFlight).exists();
    assertThat(home.carryOut(prove()).complete()).isFalse();
    home.clock.pass(Duration.ofHours(2));
    assertThat(home.carryOut(erase()).complete()).isTrue();
    assertThat(inFlight).doesNotExist();
    assertThat(home.carryOut(prove()).complete()).isTrue();
  }

  @Test
  void anyColumnMayNameWhoIsMeant() {
    fill();
    Subject zone = new Subject(Set.of("location"), "floor-1/zone-2");

    CareReport done = home.carryOut(new Erase(zone));

    assertThat(done.complete()).as("%s", done).isTrue();
    assertThat(home.count(BRONZE, "location = 'floor-1/zone-2'")).isZero();
    assertThat(home.carryOut(new Prove(zone)).complete()).isTrue();
  }

  @Test
  void aLongNameLeavesNoStartOfItInTheLog() throws Exception {
    String person = "maria.katharina.von.hohenberg-lichtenstein@example.org";
    home.append(
        """
        SELECT CASE WHEN i %% 2 = 0 THEN '%s' ELSE 'zz-other' END AS sensor_id,
          'temperature' AS sensor_type, 'floor-1/zone-1' AS location, 20.0 AS value, '°C' AS unit,
          TIMESTAMPTZ '%s 00:00:00+00' + to_seconds(i) AS event_time,
          TIMESTAMPTZ '%s 12:00:00+00' AS ingestion_time,
          'sensor-events' AS kafka_topic, 0 AS kafka_partition, i AS kafka_offset,
          DATE '%s' AS event_date
        FROM range(100) t(i)\
        """
            .formatted(person, DAY, DAY, DAY),
        100);
    Subject subject = new Subject(Set.of("sensor_id"), person);
    assertThat(log(home.bronze())).contains(person.substring(0, 32));

    assertThat(home.carryOut(new Erase(subject)).complete()).isTrue();

    assertThat(log(home.bronze())).doesNotContain(person.substring(0, 20));
    assertThat(home.carryOut(new Prove(subject)).complete()).isTrue();
    assertThat(home.count(BRONZE, "TRUE")).isEqualTo(50);
  }

  @Test
  void whatOthersSayOfItInFieldsOfNoColumnGoesToo() {
    home.append(
        """
        SELECT 'sensor-' || i AS sensor_id, 'temperature' AS sensor_type,
          'floor-1/zone-1' AS location, 20.0 AS value, '°C' AS unit,
          TIMESTAMPTZ '%s 00:00:00+00' + to_seconds(i) AS event_time,
          TIMESTAMPTZ '%s 12:00:00+00' AS ingestion_time,
          'sensor-events' AS kafka_topic, 0 AS kafka_partition, i AS kafka_offset,
          DATE '%s' AS event_date,
          CASE WHEN i = 5 THEN '{"next":"sensor-3"}' WHEN i = 6 THEN '{"next":"sensor-30"}' END
            AS _extra
        FROM range(10) t(i)\
        """
            .formatted(DAY, DAY, DAY),
        10);

    CareReport done = home.carryOut(erase());

    assertThat(done.complete()).as("%s", done).isTrue();
    assertThat(done.findings().getFirst().count("texts blanked")).isEqualTo(1);
    assertThat(home.count(BRONZE, "TRUE")).isEqualTo(9);
    assertThat(home.count(BRONZE, "sensor_id = 'sensor-5' AND _extra IS NULL")).isEqualTo(1);
    assertThat(home.count(BRONZE, "_extra IS NOT NULL")).isEqualTo(1);
    assertThat(home.carryOut(prove()).complete()).isTrue();
  }

  @Test
  void lettersAreFoundHoweverTheirBytesSpellIt() {
    home.letter(1, utf8("{\"sensor_id\":\"sensor-3\",\"value\":"), "cut off");
    home.letter(2, utf8("{\"sensor_id\":\"sens\\u006fr-3\",\"value\":\"x\"}"), "no number");
    home.letter(3, "{\"sensor_id\":\"sensor-3\"".getBytes(StandardCharsets.UTF_16LE), "bytes");
    home.letter(4, utf8("{\"sensor_id\":\"sensor-33\"}"), "other");
    home.letter(5, utf8("nothing to do with it"), "value of sensor-3 is no number");
    home.letter(6, utf8("{\"sensor_id\":\"xsensor-3\"}"), "other");
    home.letter(7, new byte[0], "empty");

    home.carryOut(erase());

    assertThat(home.count(LETTERS, "kafka_offset IN (4, 6, 7)")).isEqualTo(3);
    assertThat(home.count(LETTERS, "TRUE")).isEqualTo(3);
    assertThat(home.table(LETTERS).storage().dataFiles())
        .as("files of earlier versions that hold any of the others")
        .hasSize(3);
  }

  /// One reading of each of 40 sensors in two commits, built; a letter.
  private void small() {
    home.append(DAY, 0, 20, 40);
    home.append(DAY, 20, 40, 40);
    home.build();
    home.letter(10, utf8("{\"sensor_id\":\"sensor-3\",\"value\":"), "cut off");
  }

  /// Twelve commits of Bronze over two days, twice built, optimized in between; letters; a
  /// checkpoint.
  private void fill() {
    for (int i = 0; i < 12; i++) {
      home.append(DAY.plusDays(i % 2), i * 400L, i * 400L + 400, 40);
      if (i == 4) {
        home.build();
        home.carryOutQuietly(
            new Optimize(
                BRONZE,
                Optimize.DEFAULT_TARGET_BYTES,
                List.of("sensor_id"),
                Optional.empty(),
                Optional.empty()));
      }
    }
    home.build();
    home.letter(10, utf8("{\"sensor_id\":\"sensor-3\",\"value\":"), "cut off");
    home.letter(11, utf8("{\"sensor_id\":\"sensor-30\",\"value\":"), "cut off");
    home.letter(12, utf8("garbage"), "no JSON");
  }

  private long sum() {
    try (SqlSession session = home.engine.session()) {
      LakeTable table = home.table(DAILY);
      session.view("v", table.schema(), table.snapshot().files());
      return CareHome.number(session, "SELECT CAST(sum(reading_count) AS BIGINT) FROM v");
    }
  }

  /// Files of the lake that hold the value as a word, found by other means than the product's: each
  /// column of each Parquet file compared, and the plain text of everything else.
  private List<String> where() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder);
        SqlSession session = home.engine.session()) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (!file.startsWith(home.folder.resolve("lake"))) {
          continue;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean holds = WORD.matcher(text).find();
        if (name.endsWith(".parquet") && !name.contains("checkpoint")) {
          session.viewAsStored("f", List.of(stored(file)));
          holds |= session.rows("SELECT * FROM f").stream().anyMatch(EraseSubjectTest::names);
        } else if (name.endsWith(".parquet")) {
          session.viewAsStored("f", List.of(stored(file)));
          holds |=
              CareHome.number(
                      session,
                      "SELECT count(*) FROM f WHERE CAST(f AS VARCHAR) LIKE '%\"sensor-3\"%'")
                  > 0;
        }
        if (holds) {
          found.add(home.folder.relativize(file).toString());
        }
      }
    }
    return found;
  }

  private static StoredFile stored(Path file) throws IOException {
    return new StoredFile(file, Files.size(file), Instant.EPOCH);
  }

  /// Whether a value of a row holds it, bytes read as letters; the file's own name is no value.
  private static boolean names(Map<String, Object> row) {
    return row.entrySet().stream()
        .filter(value -> !value.getKey().equals("_source_file"))
        .map(
            value ->
                value.getValue() instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                    : String.valueOf(value.getValue()))
        .anyMatch(text -> WORD.matcher(text).find());
  }

  private static String log(LakeTable table) throws IOException {
    StringBuilder text = new StringBuilder();
    for (var file : table.storage().logFiles()) {
      text.append(Files.readString(file.path(), StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }

  private static Subject subject() {
    return new Subject(Set.of("sensor_id"), VALUE);
  }

  private static Erase erase() {
    return new Erase(subject());
  }

  private static Prove prove() {
    return new Prove(subject());
  }

  /// Says stop from a certain question on.
  private static final class Countdown implements Progress {
    private int left;

    Countdown(int left) {
      this.left = left;
    }

    @Override
    public synchronized void report(String what, long done, long total) {
      left--;
    }

    @Override
    public synchronized boolean cancelled() {
      return left <= 0;
    }
  }
}
