package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.model.TopicPartition;
import java.util.HashMap;
import java.util.Map;

/// Progress markers as Delta transaction identifiers (`txn` actions): one application id each, its
/// version the marker's value.
///
/// See `docs/decisions/0003-offsets-in-the-delta-log.md`.
final class Markers {

  private static final String OFFSET = "millrace/offset/";
  private static final String SOURCE = "millrace/source/";

  private Markers() {}

  /// The markers of a commit by their application ids.
  static Map<String, Long> of(LakeCommit commit) {
    Map<String, Long> markers = new HashMap<>();
    commit
        .nextOffsets()
        .forEach((at, next) -> markers.put(OFFSET + at.topic() + "/" + at.partition(), next));
    commit.sourceVersions().forEach((table, version) -> markers.put(SOURCE + table, version));
    return markers;
  }

  /// The offsets among the application ids of a table; those of other writers are passed over.
  static Map<TopicPartition, Long> offsets(Map<String, Long> markers) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    markers.forEach(
        (id, next) -> {
          // A topic's name holds no slash, so the last one ends it.
          int end = id.lastIndexOf('/');
          if (id.startsWith(OFFSET) && end > OFFSET.length()) {
            offsets.put(
                new TopicPartition(
                    id.substring(OFFSET.length(), end), Integer.parseInt(id.substring(end + 1))),
                next);
          }
        });
    return offsets;
  }

  /// The source versions among the application ids of a table.
  static Map<String, Long> sources(Map<String, Long> markers) {
    Map<String, Long> sources = new HashMap<>();
    markers.forEach(
        (id, version) -> {
          if (id.startsWith(SOURCE)) {
            sources.put(id.substring(SOURCE.length()), version);
          }
        });
    return sources;
  }
}
