package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.time.Duration;

/// A stream of events: where it comes from, what an event holds, and what its columns mean.
///
/// @param schema the event's own columns
/// @param watermark how long after the newest event time an event still counts as on time
/// @param trigger longest time between two Bronze commits while events flow
/// @param batchRows a Bronze commit is made at the latest at this many events
public record Feed(
    String name,
    KafkaTopic kafka,
    Schema schema,
    Roles roles,
    Duration watermark,
    Duration trigger,
    int batchRows) {

  public static final Column INGESTION_TIME =
      Column.required("ingestion_time", ColumnType.TIMESTAMP);
  public static final Column KAFKA_TOPIC = Column.required("kafka_topic", ColumnType.STRING);
  public static final Column KAFKA_PARTITION = Column.required("kafka_partition", ColumnType.INT);
  public static final Column KAFKA_OFFSET = Column.required("kafka_offset", ColumnType.BIGINT);
  public static final Column EVENT_DATE = Column.required("event_date", ColumnType.DATE);

  public TableName bronze() {
    return TableName.bronze(name);
  }

  public TableName deadLetters() {
    return TableName.deadLetters(name);
  }

  /// The event's columns, then when it came in, its Kafka coordinates and its event date (UTC).
  public Schema bronzeSchema() {
    return schema.with(INGESTION_TIME, KAFKA_TOPIC, KAFKA_PARTITION, KAFKA_OFFSET, EVENT_DATE);
  }
}
