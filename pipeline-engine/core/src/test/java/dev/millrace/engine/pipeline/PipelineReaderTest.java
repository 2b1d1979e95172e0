package dev.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineReaderTest {

  @TempDir Path home;

  @Test
  void readsEveryKeyOfAPipelineWithoutSensors() {
    Pipeline pipeline = PipelineReader.read(TillReceipts.write(home));

    assertThat(pipeline.name()).isEqualTo("till-receipts");
    assertThat(pipeline.version()).isEqualTo("2.1");
    assertThat(pipeline.title()).isEqualTo("Till receipts");
    assertThat(pipeline.source()).endsWith("till-receipts/pipeline.yaml");
    assertThat(pipeline.ranges()).isEmpty();

    TableName silver = new TableName(Layer.SILVER, "receipts");
    TableName gold = new TableName(Layer.GOLD, "takings");
    assertThat(pipeline.feeds())
        .containsExactly(
            new Feed(
                "receipts",
                new KafkaTopic("shop.Receipts", 1, "receipt"),
                Schema.of(
                    Column.required("receipt", ColumnType.STRING),
                    Column.optional("cents", ColumnType.BIGINT),
                    Column.required("paid_at", ColumnType.TIMESTAMP)),
                new Roles(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("cents"),
                    Optional.empty(),
                    "paid_at"),
                Duration.ofMinutes(1),
                Duration.ofMillis(500),
                10));
    assertThat(pipeline.tables())
        .containsExactly(
            new DerivedTable(
                silver,
                List.of(TableName.bronze("receipts")),
                List.of("receipt"),
                Optional.of("day"),
                new Reach.Whole(),
                "silver.sql",
                "SELECT * FROM bronze_receipts -- one row per receipt\n"),
            new DerivedTable(
                gold,
                List.of(silver),
                List.of("day"),
                Optional.empty(),
                new Reach.Whole(),
                "gold/takings.sql",
                "SELECT day FROM silver_receipts GROUP BY day\n"));
    assertThat(pipeline.suites())
        .containsEntry(
            TableName.bronze("receipts"),
            new SuiteSource("suite.json", "{\"name\": \"receipts\", \"expectations\": []}\n"));
    assertThat(pipeline.warehouse())
        .containsExactly(
            new WarehouseTable.ReplacePartitions("receipts", silver, List.of("receipt"), "day"),
            new WarehouseTable.Merge("takings", gold, List.of("day")));
    assertThat(pipeline.flows())
        .containsExactly(
            new FlowDefinition(
                "nightly",
                "Close the till",
                List.of(
                    new FlowDefinition.Step.CatchUp("receipts"),
                    new FlowDefinition.Step.Check(TableName.bronze("receipts")),
                    new FlowDefinition.Step.Transform(silver),
                    new FlowDefinition.Step.Load())));
  }

  @Test
  void needsNoMoreThanAFeed() {
    Path folder = home.resolve("least");
    TillReceipts.file(
        folder,
        "pipeline.yaml",
        """
        name: least
        version: 1
        feeds:
          ticks:
            kafka: { topic: ticks, key: at }
            schema: { at: TIMESTAMP NOT NULL }
            roles: { time: at }
        """);

    Pipeline pipeline = PipelineReader.read(folder);

    assertThat(pipeline.title()).isEqualTo("least");
    assertThat(pipeline.tables()).isEmpty();
    assertThat(pipeline.flows()).isEmpty();
    Feed feed = pipeline.feed("ticks").orElseThrow();
    assertThat(feed.kafka().partitions()).isEqualTo(3);
    assertThat(feed.watermark()).isEqualTo(Duration.ofMinutes(10));
    assertThat(feed.trigger()).isEqualTo(Duration.ofSeconds(30));
    assertThat(feed.batchRows()).isEqualTo(200_000);
  }

  @Test
  void readsBuildingSensors() throws IOException {
    Pipeline pipeline = PipelineReader.read(buildingSensors());

    Feed feed = pipeline.feed("sensor-events").orElseThrow();
    assertThat(feed.schema().columns())
        .extracting(Column::toString)
        .containsExactly(
            "sensor_id: string not null",
            "sensor_type: string not null",
            "location: string",
            "value: double",
            "unit: string",
            "event_time: timestamp not null");
    assertThat(feed.roles().entity()).contains("sensor_id");
    assertThat(feed.roles().kind()).contains("sensor_type");
    assertThat(feed.roles().place()).contains("location");
    assertThat(feed.roles().unit()).contains("unit");
    assertThat(pipeline.ranges()).containsEntry("pressure", new ValueRange(800, 1200)).hasSize(4);
    assertThat(pipeline.tables()).extracting(DerivedTable::name).hasSize(6);
    assertThat(pipeline.tables())
        .extracting(DerivedTable::reach)
        .startsWith(
            new Reach.Lookback(60, "sensor_id", "event_time"),
            new Reach.Window(Duration.ofMinutes(5), "event_time", "window_start"),
            new Reach.Window(Duration.ofHours(1), "event_time", "hour_start"),
            new Reach.Window(Duration.ofDays(1), "event_time", "event_date"))
        .endsWith(new Reach.Whole());
    assertThat(pipeline.warehouse()).hasSize(4);
    assertThat(pipeline.flow("daily").orElseThrow().steps()).hasSize(10);
  }

  @Test
  void aFileMayBeginWithAByteOrderMark() {
    Path folder = TillReceipts.write(home, "\uFEFF" + TillReceipts.YAML);

    assertThat(PipelineReader.read(folder).name()).isEqualTo("till-receipts");
  }

  @Test
  void aFolderWithoutDefinitionIsNamed() {
    assertThatThrownBy(() -> PipelineReader.read(home))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.FILE);
              assertThat(e.what()).contains(home.resolve("pipeline.yaml").toString());
            });
  }

  /// The shipped definition, with stand-ins for the files it names.
  private Path buildingSensors() throws IOException {
    Path folder = home.resolve("building-sensors");
    try (InputStream in =
        PipelineReaderTest.class.getResourceAsStream("/pipelines/building-sensors/pipeline.yaml")) {
      assertThat(in).isNotNull();
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      TillReceipts.file(folder, "pipeline.yaml", yaml);
    }
    for (String sql :
        List.of(
            "silver/readings",
            "gold/sensor_5min",
            "gold/location_hourly",
            "gold/daily_summary",
            "gold/sensor_daily",
            "gold/sensors")) {
      TillReceipts.file(folder, sql + ".sql", "SELECT 1");
    }
    TillReceipts.file(folder, "quality/bronze.json", "{}");
    TillReceipts.file(folder, "quality/silver.json", "{}");
    return folder;
  }
}
