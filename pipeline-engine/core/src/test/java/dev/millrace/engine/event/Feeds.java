package dev.millrace.engine.event;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.KafkaTopic;
import dev.millrace.engine.pipeline.Roles;
import java.time.Duration;
import java.util.Optional;

/// Feeds for tests.
public final class Feeds {

  private Feeds() {}

  /// Sensor readings; commits every `trigger` or `batchRows` events.
  public static Feed readings(int partitions, Duration trigger, int batchRows) {
    return new Feed(
        "sensor-events",
        new KafkaTopic("sensor-events", partitions, "sensor_id"),
        Schema.of(
            Column.required("sensor_id", ColumnType.STRING),
            Column.required("sensor_type", ColumnType.STRING),
            Column.optional("location", ColumnType.STRING),
            Column.optional("value", ColumnType.DOUBLE),
            Column.optional("unit", ColumnType.STRING),
            Column.required("event_time", ColumnType.TIMESTAMP)),
        new Roles(
            Optional.of("sensor_id"),
            Optional.of("sensor_type"),
            Optional.of("location"),
            Optional.of("value"),
            Optional.of("unit"),
            "event_time"),
        Duration.ofMinutes(10),
        trigger,
        batchRows);
  }

  public static Feed readings() {
    return readings(3, Duration.ofSeconds(30), 200_000);
  }

  /// One column of every type, all but the time nullable.
  public static Feed everyType() {
    return new Feed(
        "every-type",
        new KafkaTopic("every-type", 1, "s"),
        Schema.of(
            Column.optional("s", ColumnType.STRING),
            Column.optional("b", ColumnType.BOOLEAN),
            Column.optional("i", ColumnType.INT),
            Column.optional("l", ColumnType.BIGINT),
            Column.optional("d", ColumnType.DOUBLE),
            Column.required("t", ColumnType.TIMESTAMP),
            Column.optional("day", ColumnType.DATE),
            Column.optional("x", ColumnType.BINARY)),
        new Roles(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "t"),
        Duration.ofMinutes(10),
        Duration.ofSeconds(30),
        1_000);
  }
}
