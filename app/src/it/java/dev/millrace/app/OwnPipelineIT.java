package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A user's own pipeline, of another trade and without sensors, from its topic to the warehouse.
class OwnPipelineIT {

  private static final int TICKETS = 500;

  @TempDir Path folder;

  @Test
  void ticketsGoTheWholeWay() throws IOException {
    Home home = new Home(folder.resolve("home"));
    Path definition = write(home.pipelines().resolve("tickets"));
    Program.run(home.root(), "pipeline", "check", definition.toString()).succeeded();
    Pipeline pipeline = PipelineReader.read(definition);

    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      String servers = services.endpoints().kafka();
      KafkaTopics.ensure(servers, pipeline.feeds().getFirst());
      try (KafkaSink topic = KafkaSink.open(servers, "tickets")) {
        for (int i = 0; i < TICKETS; i++) {
          String event =
              "{\"ticket\":\"t%d\",\"queue\":\"q%d\",\"priority\":%d,\"opened\":\"2026-01-0%dT10:00:00Z\"}"
                  .formatted(i, i % 3, i % 5, 1 + i % 2);
          topic.send(bytes("t" + i), bytes(event));
        }
        topic.send(bytes("x"), bytes("no ticket"));
        topic.flush();
      }
      JsonNode run =
          Program.run(home.root(), "run", "daily", "tickets", "--json").succeeded().json();

      assertThat(run.get("rows").get("catch up tickets").asLong()).isEqualTo(TICKETS + 1);
      assertThat(run.get("rows").get("transform gold.per_queue").asLong()).isEqualTo(6);
      assertThat(run.get("rows").get("load warehouse").asLong()).isEqualTo(6);
      JsonNode rows =
          Program.run(
                  home.root(),
                  "table",
                  "sql",
                  "--pipeline",
                  "tickets",
                  "select sum(tickets)::bigint as n from gold_per_queue",
                  "--json")
              .succeeded()
              .json();
      assertThat(rows.get("rows").get(0).get("n").asLong()).isEqualTo(TICKETS);
      JsonNode fields =
          Program.run(home.root(), "pipeline", "suggest", "tickets", "--json")
              .succeeded()
              .json()
              .get("fields");
      assertThat(fields).hasSize(1);
      assertThat(fields.get(0).get("yaml").asText()).isEqualTo("priority: bigint");
      assertThat(fields.get(0).get("events").asLong()).isEqualTo(TICKETS);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
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
              queue: string not null
              opened: timestamp not null
            roles: { time: opened }
            watermark: 1h
            trigger: 1s
        tables:
          gold.per_queue:
            { from: bronze.tickets, key: [queue, event_date], partition: event_date, sql: per_queue.sql }
        quality:
          gold.per_queue: suite.json
        warehouse:
          per_queue: { from: gold.per_queue, replace: event_date }
        flows:
          daily:
            title: The whole way
            steps:
              - catch up tickets
              - transform gold.per_queue
              - check gold.per_queue
              - load warehouse
        """);
    Files.writeString(
        folder.resolve("per_queue.sql"),
        "SELECT queue, count(*) AS tickets, event_date FROM bronze_tickets GROUP BY queue, event_date\n");
    Files.writeString(
        folder.resolve("suite.json"),
        """
        {
          "name": "per_queue",
          "expectations": [
            {
              "type": "expect_column_values_to_not_be_null",
              "kwargs": { "column": "queue" },
              "meta": {},
              "severity": "critical"
            }
          ],
          "meta": {}
        }
        """);
    return folder;
  }
}
