package dev.millrace.engine.event;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.Feed;
import java.time.Instant;

/// A value that is no event of its feed, kept whole. The array is shared: read only.
///
/// @param raw the value's bytes as they came; empty for a tombstone
/// @param detail what is wrong, one sentence without a full stop
/// @param position byte of the value, from 0, where the fault was seen
/// @param seenAt when the stream met it
public record DeadLetter(
    byte[] raw,
    String topic,
    int partition,
    long offset,
    Reason reason,
    String detail,
    long position,
    Instant seenAt) {

  /// State of a dead letter nobody has dealt with.
  public static final String NEW = "new";

  /// Columns of every dead-letter table. The last four are of whoever deals with a letter: the id
  /// of its replay, where the topic's partitions ended before it, where it went or why it was
  /// discarded, and when.
  public static final Schema SCHEMA =
      Schema.of(
          Column.required("raw", ColumnType.BINARY),
          Feed.KAFKA_TOPIC,
          Feed.KAFKA_PARTITION,
          Feed.KAFKA_OFFSET,
          Column.required("reason", ColumnType.STRING),
          Column.required("detail", ColumnType.STRING),
          Column.required("position", ColumnType.BIGINT),
          Column.required("seen_at", ColumnType.TIMESTAMP),
          Column.required("state", ColumnType.STRING),
          Column.optional("replay_id", ColumnType.STRING),
          Column.optional("replay_from", ColumnType.STRING),
          Column.optional("note", ColumnType.STRING),
          Column.optional("changed_at", ColumnType.TIMESTAMP));

  /// Adds this letter as the next row of a batch of {@link #SCHEMA}.
  public void appendTo(ColumnBatch batch) {
    batch.openRow();
    batch.bytes(0).set(batch.rows(), raw);
    batch.text(1).set(batch.rows(), topic);
    batch.ints(2).set(batch.rows(), partition);
    batch.longs(3).set(batch.rows(), offset);
    batch.text(4).set(batch.rows(), reason.name());
    batch.text(5).set(batch.rows(), detail);
    batch.longs(6).set(batch.rows(), position);
    batch.longs(7).set(batch.rows(), Micros.of(seenAt));
    batch.text(8).set(batch.rows(), NEW);
    for (int column = 9; column < SCHEMA.size(); column++) {
      batch.vector(column).setNull(batch.rows());
    }
    batch.endRow();
  }
}
