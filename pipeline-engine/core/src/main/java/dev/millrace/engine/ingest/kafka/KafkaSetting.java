package dev.millrace.engine.ingest.kafka;

import dev.millrace.engine.pipeline.Feed;
import java.util.Map;
import java.util.Optional;

/// How a worker takes part in reading a topic.
///
/// @param bootstrap servers to ask first, `host:port`, several with commas
/// @param group consumer group; its members share the partitions
/// @param member name that outlives a restart of this member: the broker then gives it its
///   partitions back at once, instead of after the session of the one killed has run out. No two
///   members that run may share it
/// @param isolation whether records of open and aborted transactions are read
/// @param more further settings of the Kafka consumer, for example security; they win over ours
public record KafkaSetting(
    String bootstrap,
    String group,
    Optional<String> member,
    Isolation isolation,
    Map<String, String> more) {

  public KafkaSetting {
    more = Map.copyOf(more);
  }

  /// What is read of transactions; producers that use none are read the same either way.
  public enum Isolation {
    /// Records as they were written, at once; those of aborted transactions too.
    ALL("read_uncommitted"),
    /// Records of committed transactions only, once they are.
    COMMITTED("read_committed");

    private final String value;

    Isolation(String value) {
      this.value = value;
    }

    String value() {
      return value;
    }
  }

  /// The group `millrace-<pipeline>-<feed>`, everything read.
  public static KafkaSetting of(String bootstrap, String pipeline, Feed feed) {
    return new KafkaSetting(
        bootstrap,
        "millrace-" + pipeline + "-" + feed.name(),
        Optional.empty(),
        Isolation.ALL,
        Map.of());
  }
}
