package dev.millrace.views.sample;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.FlowDefinition;
import dev.millrace.engine.pipeline.FlowDefinition.Step;
import dev.millrace.engine.pipeline.KafkaTopic;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.pipeline.Roles;
import dev.millrace.engine.pipeline.ValueRange;
import dev.millrace.engine.pipeline.WarehouseTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The definition of `building-sensors`, written out.
public final class SamplePipeline {

  public static final String NAME = "building-sensors";
  public static final String FEED = "sensor-events";
  public static final TableName BRONZE = TableName.bronze(FEED);
  public static final TableName DEAD_LETTERS = TableName.deadLetters(FEED);
  public static final TableName SILVER = new TableName(Layer.SILVER, "readings");
  public static final TableName FIVE_MINUTES = new TableName(Layer.GOLD, "sensor_5min");
  public static final TableName HOURLY = new TableName(Layer.GOLD, "location_hourly");
  public static final TableName DAILY = new TableName(Layer.GOLD, "daily_summary");
  public static final TableName SENSORS = new TableName(Layer.GOLD, "sensors");

  private SamplePipeline() {}

  public static Pipeline definition() {
    return definition(0);
  }

  /// @param more warehouse tables beside those it has
  static Pipeline definition(int more) {
    Feed feed =
        new Feed(
            FEED,
            new KafkaTopic(FEED, 3, "sensor_id"),
            new Schema(
                List.of(
                    Column.required("sensor_id", ColumnType.STRING),
                    Column.required("sensor_type", ColumnType.STRING),
                    Column.required("event_time", ColumnType.TIMESTAMP))),
            new Roles(
                Optional.of("sensor_id"),
                Optional.of("sensor_type"),
                Optional.of("location"),
                Optional.of("value"),
                Optional.of("unit"),
                "event_time"),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            200_000);
    return new Pipeline(
        NAME,
        "1.0.0",
        "Building sensors",
        "sample",
        List.of(feed),
        Map.of(
            "temperature", new ValueRange(-40, 85),
            "humidity", new ValueRange(0, 100),
            "pressure", new ValueRange(800, 1200),
            "vibration", new ValueRange(0, 50)),
        List.of(
            derived(SILVER, BRONZE, "sensor_id", "event_time"),
            derived(FIVE_MINUTES, SILVER, "sensor_id", "window_start"),
            derived(HOURLY, SILVER, "location", "sensor_type", "hour_start"),
            derived(DAILY, SILVER, "event_date", "sensor_type"),
            derived(SENSORS, SILVER, "sensor_id")),
        Map.of(BRONZE, SampleQuality.suite(BRONZE), SILVER, SampleQuality.suite(SILVER)),
        warehouse(more),
        List.of(
            new FlowDefinition(
                "daily",
                "Bronze to warehouse",
                List.of(
                    new Step.CatchUp(FEED),
                    new Step.Check(BRONZE),
                    new Step.Transform(SILVER),
                    new Step.Check(SILVER),
                    new Step.Transform(FIVE_MINUTES),
                    new Step.Transform(HOURLY),
                    new Step.Transform(DAILY),
                    new Step.Transform(SENSORS),
                    new Step.Load()))));
  }

  private static List<WarehouseTable> warehouse(int more) {
    List<WarehouseTable> tables =
        new ArrayList<>(
            List.of(
                new WarehouseTable.ReplacePartitions(
                    "fact_sensor_5min",
                    FIVE_MINUTES,
                    List.of("sensor_id", "window_start"),
                    "event_date"),
                new WarehouseTable.ReplacePartitions(
                    "fact_location_hourly",
                    HOURLY,
                    List.of("location", "sensor_type", "hour_start"),
                    "event_date"),
                new WarehouseTable.ReplacePartitions(
                    "fact_daily_summary",
                    DAILY,
                    List.of("event_date", "sensor_type"),
                    "event_date"),
                new WarehouseTable.Merge("dim_sensors", SENSORS, List.of("sensor_id"))));
    for (int i = 0; i < more; i++) {
      tables.add(
          new WarehouseTable.ReplacePartitions(
              "fact_location_%03d".formatted(i + 1),
              HOURLY,
              List.of("location", "sensor_type", "hour_start"),
              "event_date"));
    }
    return tables;
  }

  private static DerivedTable derived(TableName name, TableName from, String... key) {
    return new DerivedTable(
        name,
        List.of(from),
        List.of(key),
        Optional.of("event_date"),
        new Reach.Whole(),
        name + ".sql",
        "SELECT 1");
  }
}
