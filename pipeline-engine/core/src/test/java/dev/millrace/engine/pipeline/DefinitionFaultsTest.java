package dev.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionFaultsTest {

  @TempDir Path home;

  /// One text of the sound definition is replaced; exactly one fault must be told, in that line.
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: till-receipts | name: Till | cannot be 'Till' | lower-case words
          name: till-receipts | name: shop | its folder till-receipts | same name
          name: till-receipts | nmae: till-receipts | `nmae` is no known key | write name?
          version: 2.1 | version: a b | cannot be 'a b' | 1.0.0
          version: 2.1 | version: | `version` has no value | version: 1.0.0
          title: Till receipts | title: [a] | `title` is a list where a text | one word
          title: Till receipts | title: | `title` has no value | leave the key out
          title: Till receipts | version: 3 | `version` stands twice, first in line 2 | leave one
          receipts: | Receipts!: | is no name of a feed | lower-case words
          kafka: { topic: shop.Receipts, partitions: 1, key: receipt } | kafka: 7 | is a single value where keys | key: value
          kafka: { topic: shop.Receipts, partitions: 1, key: receipt } | kafka: { partitions: 1, key: receipt } | `feeds.receipts.kafka.topic` is missing | topic: receipts
          topic: shop.Receipts | topic: a/b | cannot be 'a/b' | letters
          topic: shop.Receipts | topik: t, topic: x | kafka.topik` is no known key | known here
          partitions: 1 | partitions: none | is 'none' | whole number from 1
          partitions: 1 | partitions: 0 | is 0 | whole number from 1
          partitions: 1, key: receipt | partitions: 1, key: recipt | no column of the schema | write receipt?
          receipt: string not null | receipt: strnig | unknown type 'strnig' | write string?
          receipt: string not null | receipt: string not nil | is a string with 'not nil' | string not null
          receipt: string not null | receipt: string not null\\n      event_date: date | is a column that Bronze adds | otherwise
          receipt: string not null | receipt: string not null\\n      Big: date | is no name of a column | lower-case
          paid_at: timestamp not null | paid_at: timestamp | may be null | timestamp not null
          value: cents } | value: receipt } | is receipt, a string | double or int or bigint
          value: cents } | value: cents, place: cents } | is cents, a bigint | type string
          value: cents } | value: cents, entity: who } | is 'who', which is no column | write one of: receipt, cents, paid_at
          time: paid_at, value: cents | value: cents | `feeds.receipts.roles.time` is missing | time: event_time
          time: paid_at | time: cents | is cents, a bigint | type timestamp
          watermark: 1m | watermark: one minute | is no duration: 'one minute' | 10m
          watermark: 1m | watermark: 40d | is 40d | from 0s to 30d
          trigger: 500ms | trigger: 1ms | is 1ms | from 100ms
          batch: 10 | batch: 1.5 | is '1.5' | whole number
          gold.takings: { from: [silver.receipts] | gold.takings: { from: [silver.recipts] | no table of this pipeline | write silver.receipts?
          gold.takings: { from: [silver.receipts] | gold.takings: { from: [] | names no table | the tables its SQL reads
          gold.takings: { from: [silver.receipts] | gold.takings: { from: [silver.receipts, silver.receipts] | twice | once
          from: bronze.receipts | from: gold.takings | leads back from gold | layers before
          from: bronze.receipts | from: silver.receipts | reads itself: silver.receipts from silver.receipts | take one
          key: [day] | key: [day, day] | names day twice | once
          key: [day] | key: [] | names no column | name the columns
          key: receipt, partition: day | key: receipt, partition: Day | cannot be 'Day' | lower-case
          key: receipt, partition: day | partition: day | `tables.silver.receipts.key` is missing | key: [id]
          key: [day] | key: [day], window: 7h of paid_at at day | has windows of 7h | divides a day
          key: [day] | key: [day], window: 0m of paid_at at day | has windows of 0m | divides a day
          key: [day] | key: [day], window: 5m | cannot be '5m' | 5m of event_time at window_start
          key: [day] | key: [day], window: 1d of paid_at at day, lookback: 1 row per day by day | stands beside a lookback | keep the one
          key: [day] | key: [day], lookback: 3 rows per day by day | names day as entity and as time | they are two
          key: [day] | key: [day], lookback: 200000 rows per day by at | looks back 200000 rows | at most 100000
          key: [day] | key: [day], lookback: sixty rows per day by at | cannot be 'sixty rows per day by at' | 60 rows per sensor_id by event_time
          from: [silver.receipts] | from: [silver.receipts, bronze.receipts], window: 1d of paid_at at day | reads 2 tables | built whole
          sql: silver.sql | sql: silver/no.sql | names silver/no.sql, which is missing | silver/no.sql
          sql: silver.sql | sql: ../silver.sql | no path within the pipeline's folder | silver/readings.sql
          sql: silver.sql | sql: /etc/passwd | no path within the pipeline's folder | silver/readings.sql
          bronze.receipts: suite.json | bronze.recipts: suite.json | is for no table | write bronze.receipts?
          bronze.receipts: suite.json | bronze.receipts: missing.json | which is missing | missing.json
          from: silver.receipts, replace: day | from: silver.receipts, replace: month | partitioned by day | write day
          from: silver.receipts, replace: day | from: silver.receipts | no way to be loaded | merge: true
          from: silver.receipts, replace: day | from: bronze.receipts, replace: day | no derived table | silver.receipts
          merge: true | merge: maybe | is 'maybe' | true or false
          merge: true | merge: false | is false | write true
          merge: true | merge: true, replace: day | both replace and merge | either
          takings: { from: gold.takings, merge: true } | Takings: { from: gold.takings, merge: true } | is no name of a warehouse table | lower-case
          - catch up receipts | - catch up recipts | names 'recipts', which is no feed | write receipts?
          - transform silver.receipts | - transform bronze.receipts | no derived table | silver.receipts
          - transform silver.receipts | - check silver.receipts | no table with a quality suite | bronze.receipts
          - transform silver.receipts | - check bronze.receipts | once more | once
          - load warehouse | - sing | is no step: 'sing' | load warehouse
          - load warehouse | - [a] | is a list where a text | one word
          nightly: | Nightly: | is no name of a flow | lower-case
          title: Close the till | titel: Close the till | `flows.nightly.titel` is no known key | write title?
          """)
  void aFaultIsToldWithItsLineAndRemedy(String sound, String faulty, String what, String remedy) {
    String yaml = TillReceipts.YAML;
    assertThat(yaml).contains(sound);
    String written = faulty.replace("\\n", "\n");
    Path folder =
        TillReceipts.write(
            home, yaml.replaceFirst(Pattern.quote(sound), Matcher.quoteReplacement(written)));
    int line = (int) yaml.substring(0, yaml.indexOf(sound)).lines().count();
    int lines = (int) written.lines().count();

    assertThat(faults(folder))
        .anySatisfy(
            fault -> {
              assertThat(fault.file()).endsWith("pipeline.yaml");
              assertThat(fault.line()).isBetween(Math.max(1, line - 1), line + lines);
              assertThat(fault.what()).contains(what);
              assertThat(fault.remedy()).contains(remedy);
            });
  }

  @Test
  void allFaultsOfAllFilesAreToldInOneGo() {
    String yaml =
        TillReceipts.YAML
                .replace("version: 2.1\n", "")
                .replace("watermark: 1m", "watermark: soon")
                .replace("merge: true", "merge: 1")
            + "ranges: { cold: [5, -5], hot: [1], odd: [1, x] }\n";
    Path folder = TillReceipts.write(home, yaml);
    TillReceipts.file(folder, "silver.sql", "-- nothing yet\n/* really\n */");
    TillReceipts.file(folder, "suite.json", "{\n\"a\": ]\n}");

    assertThat(faults(folder))
        .extracting(f -> Path.of(f.file()).getFileName() + ":" + f.line() + " " + f.what())
        .containsExactly(
            "pipeline.yaml:1 `version` is missing",
            "pipeline.yaml:11 `feeds.receipts.watermark` is no duration: 'soon'",
            "pipeline.yaml:21 `warehouse.takings.merge` is '1'",
            "pipeline.yaml:30 `ranges` stand per kind, and no feed has the roles kind and value",
            "pipeline.yaml:30 `ranges.cold` has a low end that is not below its high end",
            "pipeline.yaml:30 `ranges.hot` has 1 values",
            "pipeline.yaml:30 `ranges.odd[2]` is 'x'",
            "silver.sql:0 the file holds no SQL",
            "suite.json:2 this is not JSON: Unexpected character (']' (code 93)): expected a"
                + " valid value (JSON String, Number, Array, Object or token 'null', 'true' or"
                + " 'false')");
  }

  @Test
  void tablesThatReadEachOtherAreACycle() {
    String yaml =
        TillReceipts.YAML
            .replace("from: bronze.receipts, key", "from: [silver.more], key")
            .replace(
                "quality:",
                "  silver.more: { from: silver.receipts, key: a, sql: silver.sql }\nquality:");

    assertThat(faults(TillReceipts.write(home, yaml)))
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.what())
                    .contains(
                        "reads itself: silver.receipts from silver.more from silver.receipts"));
  }

  @Test
  void twoFeedsOnOneTopicOrOneTableAreToldApart() {
    String yaml =
        """
        name: till-receipts
        version: 1
        feeds:
          a-b: { kafka: { topic: t, key: at }, schema: { at: timestamp not null }, roles: { time: at } }
          a_b: { kafka: { topic: t, key: at }, schema: { at: timestamp not null }, roles: { time: at } }
        """;

    assertThat(faults(TillReceipts.write(home, yaml)))
        .extracting(Problem::what)
        .containsExactly(
            "`feeds.a_b` has the same Bronze table as a-b",
            "`feeds.a_b.kafka.topic` is also the topic of a-b");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      commentCharacter = '§',
      textBlock =
          """
          {}                 | 1 | `name` is missing
          ""                 | 0 | the file is empty
          # nothing          | 0 | the file is empty
          - a                | 1 | the file holds no keys
          name: [a           | 2 | this is not YAML
          a: &x [1]          | 1 | 'x' is an anchor or alias
          a: *x              | 1 | 'x' is an anchor or alias
          a: 1\\n---\\nb: 2  | 2 | a second document begins
          a:\\n\\tb: 1       | 2 | a tab indents the line
          name: a\\u0007b    | 1 | character U+0007 is not allowed
          feeds: {}          | 1 | `feeds` names no feed
          feeds: [a]         | 1 | `feeds` is a list where keys should stand
          ? [a]\\n: b        | 1 | a key is no text
          """)
  void aBrokenFileIsOneClearFault(String yaml, int line, String what) {
    String text = yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007");
    Path folder = TillReceipts.write(home, text + "\n");

    assertThat(faults(folder))
        .anySatisfy(
            f -> {
              assertThat(f.line()).isEqualTo(line);
              assertThat(f.what()).contains(what);
            });
  }

  @Test
  void deepNestingIsRefusedBeforeItIsFollowed() {
    Path folder = TillReceipts.write(home, "a: " + "[".repeat(100_000));

    assertThat(faults(folder))
        .singleElement()
        .extracting(Problem::what)
        .asString()
        .contains("nest");
  }

  @Test
  void bytesThatAreNoUtf8AreToldWithTheirLine() throws IOException {
    Path folder = TillReceipts.write(home);
    byte[] latin = "name: x\ntitle: Caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("pipeline.yaml"), latin);

    assertThat(faults(folder))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.line()).isEqualTo(2);
              assertThat(f.what()).isEqualTo("byte 0xE9 is not UTF-8");
            });
  }

  @Test
  void utf16IsNamed() throws IOException {
    Path folder = TillReceipts.write(home);
    Files.write(
        folder.resolve("pipeline.yaml"), "\uFEFFname: x".getBytes(StandardCharsets.UTF_16LE));

    assertThat(faults(folder))
        .singleElement()
        .extracting(Problem::what)
        .isEqualTo("the file is UTF-16");
  }

  @Test
  void filesOverTheirBoundAreRefused() {
    Path folder = TillReceipts.write(home);
    TillReceipts.file(folder, "silver.sql", " ".repeat(PipelineFolder.LARGEST_FILE + 1));
    assertThat(faults(folder))
        .singleElement()
        .extracting(Problem::what)
        .asString()
        .contains("larger than 4 MiB");

    TillReceipts.file(folder, "pipeline.yaml", "#" + " ".repeat(1 << 20));
    assertThat(faults(folder))
        .singleElement()
        .extracting(Problem::what)
        .asString()
        .contains("1,048,577 bytes");
  }

  @Test
  void aFolderInPlaceOfAFileIsTold() throws IOException {
    Path folder = TillReceipts.write(home);
    Files.delete(folder.resolve("silver.sql"));
    Files.createDirectory(folder.resolve("silver.sql"));

    assertThat(faults(folder))
        .singleElement()
        .extracting(Problem::what)
        .asString()
        .contains("it is a folder");
  }

  private static List<Problem> faults(Path folder) {
    ProblemsException refused =
        catchThrowableOfType(ProblemsException.class, () -> PipelineReader.read(folder));
    assertThat(refused).isNotNull();
    return refused.problems();
  }
}
