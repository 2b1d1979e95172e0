package dev.millrace.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.event.Feeds;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.TopicPartition;
import dev.millrace.engine.pipeline.Feed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two workers at the same tables, each with what it remembers of them.
class BatchCommitterTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final String EVENT =
      "{\"sensor_id\":\"s\",\"sensor_type\":\"temperature\",\"value\":21.5,\"event_time\":\"%s\"}"
          .formatted(NOON);
  private static final String NO_EVENT = "no event";

  private final Feed feed = Feeds.readings(3, Duration.ofSeconds(30), 100);
  private final MemoryLake lake = new MemoryLake();
  private final BatchCommitter one = new BatchCommitter(feed, lake, lake, CommitListener.NONE);
  private final BatchCommitter other = new BatchCommitter(feed, lake, lake, CommitListener.NONE);

  /// As after a freeze: the other worker went on with the partition before this one, which has
  /// heard nothing of it, was given another partition and looked at the tables for that.
  @Test
  void aPartitionThatMovedIsFencedThoughTheTableWasLookedAtSince() {
    one.startOf(Set.of(0));
    other.startOf(Set.of(0));
    assertThat(other.commit(batch(0, 0, 9, EVENT))).isInstanceOf(CommitResult.Landed.class);

    one.startOf(Set.of(1));
    lake.beforeFile =
        () -> {
          throw new AssertionError("a file is written for a batch that will not land");
        };
    assertThat(one.commit(batch(0, 0, 4, EVENT))).isInstanceOf(CommitResult.Fenced.class);

    assertThat(lake.coordinates(feed.bronze())).containsExactlyElementsOf(coordinates(0, 9));
    assertThat(marker(feed.bronze(), 0)).hasValue(9);
  }

  /// A commit of other partitions that met the other worker's and went on behind it.
  @Test
  void aPartitionThatMovedIsFencedThoughABatchWithoutItLanded() {
    one.startOf(Set.of(0, 1));
    other.startOf(Set.of(0));
    assertThat(other.commit(batch(0, 0, 9, EVENT))).isInstanceOf(CommitResult.Landed.class);

    assertThat(one.commit(batch(1, 0, 3, EVENT))).isInstanceOf(CommitResult.Landed.class);
    assertThat(one.commit(batch(0, 0, 4, EVENT))).isInstanceOf(CommitResult.Fenced.class);

    assertThat(marker(feed.bronze(), 0)).hasValue(9);
    assertThat(lake.coordinates(feed.bronze())).doesNotHaveDuplicates().hasSize(12);
  }

  @Test
  void deadLettersOfAPartitionThatMovedAreFencedAsWell() {
    one.startOf(Set.of(0));
    other.startOf(Set.of(0));
    assertThat(other.commit(batch(0, 0, 9, NO_EVENT))).isInstanceOf(CommitResult.Landed.class);

    one.startOf(Set.of(1));
    assertThat(one.commit(batch(0, 0, 4, NO_EVENT))).isInstanceOf(CommitResult.Fenced.class);

    assertThat(lake.coordinates(feed.deadLetters())).containsExactlyElementsOf(coordinates(0, 9));
    assertThat(marker(feed.deadLetters(), 0)).hasValue(9);
  }

  @Test
  void aFencedPartitionGoesOnWhereTheTableStands() {
    one.startOf(Set.of(0));
    other.startOf(Set.of(0));
    other.commit(batch(0, 0, 9, EVENT));
    one.startOf(Set.of(1));
    one.commit(batch(0, 0, 4, EVENT));

    assertThat(one.startOf(Set.of(0)))
        .containsEntry(0, new BatchCommitter.Start(OptionalLong.of(9), 0));
    assertThat(one.commit(batch(0, 9, 12, EVENT))).isInstanceOf(CommitResult.Landed.class);

    assertThat(lake.coordinates(feed.bronze())).containsExactlyElementsOf(coordinates(0, 12));
  }

  private MicroBatch batch(int partition, long from, long to, String value) {
    Intake intake = new Intake(feed, EventListener.NONE, 10, () -> NOON);
    intake.assign(partition, new BatchCommitter.Start(OptionalLong.of(from), 0), NOON);
    intake.beginPoll();
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    for (long offset = from; offset < to; offset++) {
      intake.accept(partition, offset, bytes, 0, bytes.length);
    }
    intake.endPoll((int) (to - from), _ -> OptionalLong.empty());
    return intake.take(_ -> OptionalLong.empty());
  }

  private static List<String> coordinates(int partition, int to) {
    return IntStream.range(0, to).mapToObj(offset -> partition + ":" + offset).toList();
  }

  private OptionalLong marker(TableName table, int partition) {
    return lake.find(table)
        .orElseThrow()
        .snapshot()
        .nextOffset(new TopicPartition(feed.kafka().topic(), partition));
  }
}
