package dev.millrace.engine.ingest;

import java.util.Map;
import java.util.Optional;

/// Where a topic's partitions end, asked from outside the stream, on a connection of its own: the
/// stream's may be the one that is broken. Any thread may call.
@FunctionalInterface
public interface TopicEnds {

  /// Offset the next event of each partition will have; empty when the broker gives no answer.
  Optional<Map<Integer, Long>> ends();
}
