package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.simulator.sink.KafkaSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A load held by a failed expectation goes on once a person decided about the rows; and what was
/// judged is told by history and reports.
class QualityIT {

  private static final int TICKETS = 60;

  @TempDir Path folder;

  @Test
  void aHeldLoadGoesOnAfterRelease() throws IOException {
    Home home = new Home(folder.resolve("home"));
    Path definition = write(home.pipelines().resolve("tickets"));
    Pipeline pipeline = PipelineReader.read(definition);
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      String servers = services.endpoints().kafka();
      KafkaTopics.ensure(servers, pipeline.feeds().getFirst());
      try (KafkaSink topic = KafkaSink.open(servers, "tickets")) {
        for (int i = 0; i < TICKETS; i++) {
          send(topic, "t" + i, "q" + i % 3);
        }
        send(topic, "odd-1", "vip");
        send(topic, "odd-2", "garbage");
        topic.flush();
      }

      Program.Ended held = program(home, "run", "daily", "tickets");
      assertThat(held.code()).isEqualTo(1);
      assertThat(held.err()).contains("The load is held", "2 rows of bronze.tickets", "release");
      assertThat(program(home, "warehouse", "load", "tickets").err()).contains("The load is held");
      Program.Ended previewed = program(home, "warehouse", "preview", "tickets", "--json");
      JsonNode plan = previewed.succeeded().json();
      assertThat(plan.get("held").asBoolean()).isTrue();
      assertThat(plan.get("hold").get("reasons").toString()).contains("2 rows of bronze.tickets");
      assertThat(plan.get("hold").get("remedy").asText())
          .contains("millrace quality quarantine ls tickets", "release");
      assertThat(held.err()).as("what comes before the load went on").doesNotContain("gold failed");
      assertThat(count(home, "gold_per_queue", "tickets")).isEqualTo(TICKETS + 2);

      Program.Ended tried =
          program(
              home,
              "quality",
              "validate",
              "tickets",
              "--table",
              "bronze.tickets",
              "--where",
              "queue == 'garbage'");
      assertThat(tried.code()).isEqualTo(1);
      assertThat(tried.out()).contains("would hold the load", "it holds no load");
      assertThat(tried.out()).doesNotContain("load held", "in quarantine");

      JsonNode rows =
          program(home, "quality", "quarantine", "show", "tickets", "--json")
              .succeeded()
              .json()
              .get("rows");
      assertThat(rows).hasSize(2);
      assertThat(rows.get(0).get("reasons").get(0).asText())
          .isEqualTo("expect_column_values_to_be_in_set (queue): one of q0, q1, q2");
      String vip = "";
      for (JsonNode row : rows) {
        if (row.get("values").get("queue").asText().equals("vip")) {
          vip = row.get("id").asText();
        }
      }
      assertThat(program(home, "quality", "quarantine", "release", "tickets", "--why", "x").code())
          .as("it must be said which")
          .isEqualTo(2);
      JsonNode released =
          program(
                  home,
                  "quality",
                  "quarantine",
                  "release",
                  "tickets",
                  "--id",
                  vip.substring(0, 10),
                  "--why",
                  "a queue of ours",
                  "--yes",
                  "--json")
              .succeeded()
              .json();
      assertThat(released.get("rows").get("bronze.tickets").asLong()).isEqualTo(1);
      assertThat(released.get("held").asBoolean()).as("by the other row").isTrue();
      assertThat(program(home, "warehouse", "load", "tickets").code())
          .as("one row is still held")
          .isEqualTo(1);
      Program.Ended discarded =
          program(
              home,
              "quality",
              "quarantine",
              "discard",
              "tickets",
              "--reason",
              "(queue)",
              "--why",
              "noise",
              "--yes");
      assertThat(discarded.succeeded().out()).contains("1 row discarded, 1 event taken out of");
      assertThat(discarded.err()).contains("1 event would be taken out of Bronze");

      assertThat(program(home, "warehouse", "load", "tickets").err())
          .as("Gold still counts the discarded event")
          .contains("gold.per_queue was made before rows were discarded", "run the flow");
      program(home, "run", "daily", "tickets").succeeded();
      program(home, "warehouse", "load", "tickets").succeeded();
      assertThat(count(home, "gold_per_queue", "tickets")).isEqualTo(TICKETS + 1);
      JsonNode counts =
          program(home, "quality", "quarantine", "ls", "tickets", "--json")
              .succeeded()
              .json()
              .get("rows");
      List<String> states = new ArrayList<>();
      counts.forEach(c -> states.add(c.get("state").asText() + " " + c.get("rows").asLong()));
      assertThat(states).containsExactlyInAnyOrder("released 1", "discarded 1");
      tellsWhatWas(home);
      refusesAReportOfNothing(home);
    }
  }

  private void tellsWhatWas(Home home) throws IOException {
    JsonNode history =
        program(home, "quality", "history", "tickets", "--table", "bronze.tickets", "--json")
            .succeeded()
            .json()
            .get("tables")
            .get(0);
    assertThat(history.get("validations").size()).isGreaterThanOrEqualTo(4);
    assertThat(history.get("validations").get(0).get("holds_load").asBoolean()).isTrue();
    assertThat(history.get("validations").get(0).get("run").asLong()).isPositive();
    assertThat(history.get("worst").get(0).get("fails_now").asBoolean()).isFalse();

    for (String format : List.of("pdf", "html", "csv", "json")) {
      Path out = folder.resolve("report." + format);
      program(
              home,
              "quality",
              "report",
              "tickets",
              "--table",
              "bronze.tickets",
              "--out",
              out.toString())
          .succeeded();
      byte[] bytes = Files.readAllBytes(out);
      assertThat(bytes.length).isGreaterThan(200);
      if (format.equals("pdf")) {
        assertThat(new String(bytes, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
      }
    }
    JsonNode report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(report.get("verdict").asText()).isEqualTo("Passed");
    assertThat(report.get("tables").get(0).get("lineage").get("flow").asText()).isEqualTo("daily");

    Path suite = folder.resolve("profiled.json");
    program(
            home,
            "quality",
            "profile",
            "tickets",
            "--table",
            "bronze.tickets",
            "--accept-all",
            "--out",
            suite.toString())
        .succeeded();
    program(
            home,
            "quality",
            "validate",
            "tickets",
            "--table",
            "bronze.tickets",
            "--suite",
            suite.toString(),
            "--json")
        .succeeded();
  }

  private void refusesAReportOfNothing(Home home) {
    String out = folder.resolve("nothing.pdf").toString();
    Program.Ended run = program(home, "quality", "report", "tickets", "--run", "99", "--out", out);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("There is no flow run 99", "run that judged tables; the nearest: 1, 2");
    Program.Ended day =
        program(home, "quality", "report", "tickets", "--day", "1999-12-31", "--out", out);
    assertThat(day.code()).isEqualTo(2);
    assertThat(day.err()).contains("judged on 1999-12-31", "the nearest: 20");
    assertThat(folder.resolve("nothing.pdf")).doesNotExist();
  }

  private static Program.Ended program(Home home, String... arguments) {
    return Program.run(home.root(), arguments);
  }

  private static long count(Home home, String table, String column) {
    return program(
            home,
            "table",
            "sql",
            "--pipeline",
            "tickets",
            "select sum(%s)::bigint as n from %s".formatted(column, table),
            "--json")
        .succeeded()
        .json()
        .get("rows")
        .get(0)
        .get("n")
        .asLong();
  }

  private static void send(KafkaSink topic, String ticket, String queue) {
    String event =
        "{\"ticket\":\"%s\",\"queue\":\"%s\",\"opened\":\"2026-01-02T10:00:00Z\"}"
            .formatted(ticket, queue);
    topic.send(ticket.getBytes(StandardCharsets.UTF_8), event.getBytes(StandardCharsets.UTF_8));
  }

  private static Path write(Path pipeline) throws IOException {
    Files.createDirectories(pipeline);
    Files.writeString(
        pipeline.resolve("pipeline.yaml"),
        """
        name: tickets
        version: 0.1.0
        feeds:
          tickets:
            kafka: { topic: tickets, partitions: 2, key: ticket }
            schema:
              ticket: string not null
              queue: string not null
              opened: timestamp not null
            roles: { time: opened }
            watermark: 1h
            trigger: 1s
        tables:
          gold.per_queue:
            { from: bronze.tickets, key: [queue, event_date], partition: event_date, sql: per_queue.sql }
        quality:
          bronze.tickets: bronze.json
        warehouse:
          per_queue: { from: gold.per_queue, replace: event_date }
        flows:
          daily:
            title: The whole way
            steps:
              - catch up tickets
              - check bronze.tickets
              - transform gold.per_queue
              - load warehouse
        """);
    Files.writeString(
        pipeline.resolve("per_queue.sql"),
        "SELECT queue, count(*) AS tickets, event_date FROM bronze_tickets GROUP BY queue,"
            + " event_date\n");
    Files.writeString(
        pipeline.resolve("bronze.json"),
        """
        {
          "name": "bronze_tickets",
          "expectations": [
            {
              "type": "expect_column_values_to_be_in_set",
              "kwargs": { "column": "queue", "value_set": ["q0", "q1", "q2"] },
              "meta": { "on_failure": "stop_load" },
              "severity": "critical"
            },
            {
              "type": "expect_column_values_to_not_be_null",
              "kwargs": { "column": "ticket" },
              "meta": {},
              "severity": "critical"
            }
          ],
          "meta": {}
        }
        """);
    return pipeline;
  }
}
