package dev.millrace.engine.event;

import dev.millrace.engine.pipeline.Feed;

/// Events of one feed, in the columns of its Bronze table.
///
/// {@link EventDecoder} fills the event's own columns of the open row and its fields of no column;
/// {@link #accept} adds arrival, coordinates and date and ends the row. Threads as {@link
/// ColumnBatch}.
public final class EventBatch {

  private final ColumnBatch columns;
  private final String topic;
  private final LongVector time;
  private final LongVector ingestionTime;
  private final TextVector kafkaTopic;
  private final IntVector kafkaPartition;
  private final LongVector kafkaOffset;
  private final IntVector eventDate;
  private int topicCode = -1;
  private int topicGeneration = -1;

  public EventBatch(Feed feed) {
    columns = new ColumnBatch(feed.bronzeSchema());
    topic = feed.kafka().topic();
    time = columns.longs(feed.schema().indexOf(feed.roles().time()));
    int own = feed.schema().size();
    ingestionTime = columns.longs(own);
    kafkaTopic = columns.text(own + 1);
    kafkaPartition = columns.ints(own + 2);
    kafkaOffset = columns.longs(own + 3);
    eventDate = columns.ints(own + 4);
  }

  /// The rows, in the schema of the feed's Bronze table.
  public ColumnBatch columns() {
    return columns;
  }

  public int rows() {
    return columns.rows();
  }

  /// Event times in microseconds.
  public LongVector time() {
    return time;
  }

  /// Event dates (UTC) as epoch days.
  public IntVector dates() {
    return eventDate;
  }

  /// Event time of the row that is decoded and not yet accepted, in microseconds.
  public long openTime() {
    return time.at(columns.rows());
  }

  /// Ends the open row.
  ///
  /// @param arrival when it came in, in microseconds
  public void accept(long arrival, int partition, long offset) {
    int row = columns.rows();
    ingestionTime.set(row, arrival);
    if (topicGeneration != kafkaTopic.generation()) {
      kafkaTopic.set(row, topic);
      topicCode = kafkaTopic.code(row);
      topicGeneration = kafkaTopic.generation();
    }
    kafkaTopic.setCode(row, topicCode);
    kafkaPartition.set(row, partition);
    kafkaOffset.set(row, offset);
    eventDate.set(row, Micros.epochDay(time.at(row)));
    columns.endRow();
  }

  public void clear() {
    columns.clear();
  }
}
