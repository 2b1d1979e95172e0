package dev.millrace.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.pipeline.SuiteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuitesInForceTest {

  private static final TableName BRONZE = TableName.parse("bronze.tickets").orElseThrow();

  private static final Schema SCHEMA =
      Schema.of(
          Column.required("ticket", ColumnType.STRING),
          Column.required("opened", ColumnType.TIMESTAMP));

  @TempDir Path root;

  @Test
  void anAcceptedSuiteCountsAtTheNextLookOfEveryProcess() throws IOException {
    Pipeline pipeline = written("as_defined");
    SuitesInForce running = new SuitesInForce(pipeline, new Home(root));
    assertThat(suite(running)).isEqualTo("as_defined");

    SuitesInForce other = new SuitesInForce(pipeline, new Home(root));
    SuiteSource accepted =
        other.accept(
            BRONZE,
            new SuiteSource("mine.json", json("accepted")),
            Optional.empty(),
            SuiteTrial.NONE);
    assertThat(Files.readString(Path.of(accepted.file()))).isEqualTo(json("accepted"));
    assertThat(suite(running)).isEqualTo("accepted");
    assertThat(running.known()).containsEntry(BRONZE, accepted);

    assertThat(running.revert(BRONZE)).isTrue();
    assertThat(suite(other)).isEqualTo("as_defined");
    assertThat(running.revert(BRONZE)).as("there is none to take back").isFalse();
  }

  @Test
  void anEditOfTheDefinitionsFileCountsAtTheNextLook() throws IOException {
    Pipeline pipeline = written("as_defined");
    SuitesInForce suites = new SuitesInForce(pipeline, new Home(root));
    Path file = root.resolve("pipelines/tickets/bronze.json");
    Files.writeString(file, json("edited"));
    assertThat(suite(suites)).isEqualTo("edited");
    Files.delete(file);
    assertThat(suite(suites)).as("what was read at the start").isEqualTo("as_defined");
  }

  @Test
  void aTableWithoutSuiteGetsOne() {
    Home home = new Home(root);
    Pipeline shipped = new Pipelines(home).find("building-sensors");
    TableName table =
        shipped.tables().stream()
            .map(t -> t.name())
            .filter(t -> !shipped.suites().containsKey(t))
            .findFirst()
            .orElseThrow();
    SuitesInForce suites = new SuitesInForce(shipped, home);
    assertThat(suites.all()).isEqualTo(shipped.suites());
    suites.accept(
        table, new SuiteSource("mine.json", json("first")), Optional.empty(), SuiteTrial.NONE);
    assertThat(suites.all().keySet()).contains(table).containsAll(shipped.suites().keySet());
  }

  @Test
  void aFaultySuiteOrAnUnknownTableIsRefusedAndNothingChanges() throws IOException {
    SuitesInForce suites = new SuitesInForce(written("as_defined"), new Home(root));
    assertThatThrownBy(
            () ->
                suites.accept(
                    BRONZE,
                    new SuiteSource("mine.json", "{\"name\": 3}"),
                    Optional.empty(),
                    SuiteTrial.NONE))
        .isInstanceOf(ProblemsException.class);
    TableName gone = TableName.parse("silver.gone").orElseThrow();
    assertThatThrownBy(
            () ->
                suites.accept(
                    gone,
                    new SuiteSource("mine.json", json("x")),
                    Optional.empty(),
                    SuiteTrial.NONE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("silver.gone");
    assertThat(suite(suites)).isEqualTo("as_defined");
    assertThat(suites.all()).containsOnlyKeys(BRONZE);
  }

  @Test
  void whatCouldNeverBeJudgedIsRefusedWithItsLineAndNeverWritten() throws IOException {
    SuitesInForce suites = new SuitesInForce(written("as_defined"), new Home(root));
    SuiteSource faulty =
        new SuiteSource(
            "mine.json",
            """
            {"name": "faulty", "expectations": [
              {"type": "expect_column_values_to_be_splendid", "kwargs": {"column": "ticket"}},
              {"type": "expect_column_values_to_not_be_null", "kwargs": {}},
              {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "ticket", "mostly": 7}},
              {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "ticket",
                "value_sett": ["a"], "value_set": ["a"]}},
              {"type": "expect_table_row_count_to_equal", "kwargs": {"value": {"$PARAMETER": "nowhere"}}},
              {"type": "expect_column_values_to_be_between", "kwargs": {"column": "opened",
                "min_value": "2026-01-01", "row_condition": "ticket == 'a'"}},
              {"type": "unexpected_rows_expectation", "kwargs": {"unexpected_rows_query": "DROP TABLE x"}}
            ]}
            """);
    for (Optional<Schema> schema : List.of(Optional.<Schema>empty(), Optional.of(SCHEMA))) {
      assertThatThrownBy(() -> suites.accept(BRONZE, faulty, schema, SuiteTrial.NONE))
          .isInstanceOfSatisfying(
              ProblemsException.class,
              e ->
                  assertThat(e.problems())
                      .extracting(p -> p.line())
                      .containsExactly(2, 3, 4, 5, 7, 10));
    }
    assertThatThrownBy(
            () ->
                suites.accept(
                    BRONZE,
                    new SuiteSource("mine.json", json("x").replace("\"ticket\"", "\"tocket\"")),
                    Optional.of(SCHEMA),
                    SuiteTrial.NONE))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("tocket");
    assertThatThrownBy(
            () ->
                suites.accept(
                    BRONZE,
                    new SuiteSource("mine.json", "{\"name\": \"x\", \"expectations\": []}"),
                    Optional.empty(),
                    SuiteTrial.NONE))
        .hasMessageContaining("no expectation");
    assertThat(suite(suites)).isEqualTo("as_defined");
    assertThat(Files.exists(new Home(root).suites("tickets"))).isFalse();
  }

  private static String suite(SuitesInForce suites) {
    return ReadSuite.of(suites.of(BRONZE).orElseThrow()).name();
  }

  private Pipeline written(String suite) throws IOException {
    Path folder = Files.createDirectories(root.resolve("pipelines/tickets"));
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: tickets
        version: 0.1.0
        feeds:
          tickets:
            kafka: { topic: tickets, partitions: 2, key: ticket }
            schema:
              ticket: string not null
              opened: timestamp not null
            roles: { time: opened }
            watermark: 1h
            trigger: 1s
        quality:
          bronze.tickets: bronze.json
        """);
    Files.writeString(folder.resolve("bronze.json"), json(suite));
    return new Pipelines(new Home(root)).find("tickets");
  }

  private static String json(String name) {
    return """
        {"name": "%s", "expectations": [
          {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "ticket"}}]}
        """
        .formatted(name);
  }
}
