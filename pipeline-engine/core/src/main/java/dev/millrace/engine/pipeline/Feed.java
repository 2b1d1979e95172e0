package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A stream of events: where it comes from, what an event holds, and what its columns mean.
///
/// @param schema the event's own columns
/// @param watermark how long after the newest event time an event still counts as on time
/// @param trigger longest time between two Bronze commits while events flow
/// @param batchRows a Bronze commit is made at the latest at this many events
/// @param maxEventBytes a longer value is a dead letter and is not looked into
public record Feed(
    String name,
    KafkaTopic kafka,
    Schema schema,
    Roles roles,
    Duration watermark,
    Duration trigger,
    int batchRows,
    int maxEventBytes) {

  /// Longest event of a feed that does not say otherwise: 1 MiB.
  public static final int MAX_EVENT_BYTES = 1 << 20;

  public static final Column INGESTION_TIME =
      Column.required("ingestion_time", ColumnType.TIMESTAMP);
  public static final Column KAFKA_TOPIC = Column.required("kafka_topic", ColumnType.STRING);
  public static final Column KAFKA_PARTITION = Column.required("kafka_partition", ColumnType.INT);
  public static final Column KAFKA_OFFSET = Column.required("kafka_offset", ColumnType.BIGINT);
  public static final Column EVENT_DATE = Column.required("event_date", ColumnType.DATE);

  /// Fields of no column, as one JSON object of the names and values that were sent; null when
  /// there were none.
  public static final Column EXTRA = Column.optional("_extra", ColumnType.STRING);

  private static final Set<String> ADDED =
      Stream.of(INGESTION_TIME, KAFKA_TOPIC, KAFKA_PARTITION, KAFKA_OFFSET, EVENT_DATE, EXTRA)
          .map(Column::name)
          .collect(Collectors.toUnmodifiableSet());

  /// Of events up to {@link #MAX_EVENT_BYTES}.
  public Feed(
      String name,
      KafkaTopic kafka,
      Schema schema,
      Roles roles,
      Duration watermark,
      Duration trigger,
      int batchRows) {
    this(name, kafka, schema, roles, watermark, trigger, batchRows, MAX_EVENT_BYTES);
  }

  /// Whether Bronze adds a column of this name to the event's own.
  public static boolean adds(String column) {
    return ADDED.contains(column);
  }

  /// Why a feed's schema cannot have a column of this name; empty when it can.
  public static Optional<String> whyNoColumn(String name) {
    if (adds(name)) {
      return Optional.of("Bronze adds a column of that name itself");
    }
    return Names.COLUMN.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("a column's name is " + Names.COLUMN_RULE);
  }

  public TableName bronze() {
    return TableName.bronze(name);
  }

  public TableName deadLetters() {
    return TableName.deadLetters(name);
  }

  /// The event's columns, then when it came in, its Kafka coordinates, its event date (UTC) and its
  /// fields of no column.
  public Schema bronzeSchema() {
    return schema.with(
        INGESTION_TIME, KAFKA_TOPIC, KAFKA_PARTITION, KAFKA_OFFSET, EVENT_DATE, EXTRA);
  }
}
