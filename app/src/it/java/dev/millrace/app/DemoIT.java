package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.app.session.EngineSession;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.PipelineEngine;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.history.AnomalyQuery;
import dev.millrace.engine.history.ReadingHistory;
import dev.millrace.engine.history.ReadingHistory.Extent;
import dev.millrace.engine.history.ReadingTrace;
import dev.millrace.engine.history.ReadingTrace.Here;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Slice;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole way, from the fleet to the warehouse, without a display.
class DemoIT {

  private static final long EVENTS = 30_000;

  @TempDir Path folder;

  @Test
  void everyEventArrivesAndASecondRunAddsItsOwn() throws Exception {
    Path home = folder.resolve("home");
    Path pictures = folder.resolve("pictures");
    JsonNode first = demo(home, "--pictures", pictures.toString());

    assertThat(first.get("produced").asLong()).isEqualTo(EVENTS);
    assertAddsUp(first);
    assertThat(first.get("dead_letters").asLong()).isPositive();
    assertThat(first.get("duplicates").asLong()).isPositive();
    assertThat(first.get("late").asLong()).isPositive();
    assertThat(first.get("anomalies").asLong()).isPositive();
    assertThat(first.get("gold").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "gold.sensor_5min",
            "gold.location_hourly",
            "gold.daily_summary",
            "gold.sensor_daily",
            "gold.sensors");
    assertThat(first.get("quality").get("silver.readings").asDouble()).isEqualTo(100.0);
    first.get("loaded").forEach(rows -> assertThat(rows.asLong()).isPositive());
    assertThat(first.get("loaded").get("dim_sensors").asLong()).isEqualTo(50);
    assertThat(first.get("loaded").get("fact_sensor_5min").asLong())
        .isEqualTo(first.get("gold").get("gold.sensor_5min").asLong());
    try (Stream<Path> files = Files.list(pictures)) {
      assertThat(files.filter(f -> f.toString().endsWith(".png")).count())
          .isGreaterThanOrEqualTo(4);
    }

    JsonNode second = demo(home);
    assertThat(second.get("produced").asLong()).isEqualTo(2 * EVENTS);
    assertAddsUp(second);

    JsonNode again =
        Program.run(home, "run", "daily", "building-sensors", "--json").succeeded().json();
    assertThat(again.get("rows").get("load warehouse").asLong())
        .as("nothing new, nothing loaded")
        .isZero();
    JsonNode tables =
        Program.run(
                home,
                "table",
                "sql",
                "select count(*) as n, count(distinct (kafka_partition, kafka_offset)) as d from bronze_sensor_events",
                "--json")
            .succeeded()
            .json();
    JsonNode row = tables.get("rows").get(0);
    assertThat(row.get("n").asLong()).isEqualTo(second.get("bronze").asLong());
    assertThat(row.get("d").asLong()).isEqualTo(row.get("n").asLong());
    assertAReadingIsFollowed(new Home(home));
  }

  /// From its bytes in the broker to its rows in the database.
  private static void assertAReadingIsFollowed(Home home) {
    try (EngineSession session =
        EngineSession.open(
            home,
            List.of(new Pipelines(home).find("building-sensors")),
            Optional.empty(),
            new SimpleMeterRegistry(),
            Progress.NONE)) {
      ReadingHistory readings = session.engine().readings("building-sensors").orElseThrow();
      Extent extent = readings.extent().orElseThrow();
      Anomaly anomaly =
          readings
              .anomalies(AnomalyQuery.all(extent.first(), extent.last(), 1))
              .anomalies()
              .getFirst();
      ReadingTrace trace = readings.follow(anomaly.entity(), anomaly.time()).orElseThrow();
      assertThat(trace.event().value())
          .isInstanceOfSatisfying(
              Here.class, here -> assertThat((String) here.what()).contains(anomaly.entity()));
      assertThat(trace.bronze()).isInstanceOf(Here.class);
      assertThat(trace.silver()).isInstanceOf(Here.class);
      assertThat(trace.window()).isPresent();
      assertThat(trace.gold()).extracting(row -> row.table().name()).contains("sensor_5min");
      assertThat(trace.warehouse())
          .isNotEmpty()
          .allSatisfy(loaded -> assertThat(loaded.row()).isInstanceOf(Here.class));
      assertASuitePutInForceCountsAtTheNextRun(session.engine());
    }
  }

  /// In the engine that runs, and back again.
  private static void assertASuitePutInForceCountsAtTheNextRun(PipelineEngine engine) {
    TableName table = TableName.parse("gold.sensors").orElseThrow();
    SuiteSource suite =
        new SuiteSource(
            "mine.json",
            """
            {"name": "mine", "expectations": [
              {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}}]}
            """);
    var _ = quality(engine, new QualityOrder.AcceptSuite(table, suite));
    QualityAnswer judged =
        quality(engine, new QualityOrder.Judge(table, Slice.WHOLE, Optional.empty()));
    assertThat(judged)
        .isInstanceOfSatisfying(
            QualityAnswer.Judged.class,
            answer -> {
              assertThat(answer.kept()).isTrue();
              assertThat(answer.validation().suite()).isEqualTo("mine");
              assertThat(answer.validation().success()).isTrue();
            });
    assertThat(engine.snapshot().pipelines().getFirst().definition().suites()).containsKey(table);
    assertThat(quality(engine, new QualityOrder.RevertSuite(table)))
        .isEqualTo(new QualityAnswer.InForce(table, Optional.empty(), Optional.empty()));
  }

  private static QualityAnswer quality(PipelineEngine engine, QualityOrder order) {
    Outcome outcome =
        engine.submit(new Command.Quality("building-sensors", order)).outcome().join();
    assertThat(outcome).isInstanceOf(Outcome.Quality.class);
    return ((Outcome.Quality) outcome).answer();
  }

  private static JsonNode demo(Path home, String... more) {
    String[] args =
        Stream.concat(
                Stream.of("demo", "--headless", "--events", Long.toString(EVENTS), "--json"),
                Stream.of(more))
            .toArray(String[]::new);
    return Program.run(home, args).succeeded().json();
  }

  private static void assertAddsUp(JsonNode report) {
    assertThat(report.get("bronze").asLong() + report.get("dead_letters").asLong())
        .as("Bronze and dead letters hold every event: %s", report)
        .isEqualTo(report.get("produced").asLong());
    assertThat(report.get("silver").asLong() + report.get("duplicates").asLong())
        .as("Silver holds each reading once: %s", report)
        .isLessThanOrEqualTo(report.get("bronze").asLong());
  }
}
