package dev.millrace.engine.lake;

import dev.millrace.engine.model.TopicPartition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// One version of a table: its live files and the progress markers committed with them.
///
/// @param version from 0
/// @param committedAt when the version was committed
/// @param nextOffsets per Kafka partition the offset of the first event that is not yet in the
///   table
/// @param sourceVersions per source table (`bronze.sensor_events`) the version this table was built
///   from
public record LakeSnapshot(
    long version,
    Instant committedAt,
    List<LakeFile> files,
    Map<TopicPartition, Long> nextOffsets,
    Map<String, Long> sourceVersions) {

  public LakeSnapshot {
    files = List.copyOf(files);
    nextOffsets = Map.copyOf(nextOffsets);
    sourceVersions = Map.copyOf(sourceVersions);
  }

  public long rows() {
    return files.stream().mapToLong(LakeFile::rows).sum();
  }

  /// Size of the live files in bytes.
  public long bytes() {
    return files.stream().mapToLong(LakeFile::bytes).sum();
  }

  public OptionalLong nextOffset(TopicPartition partition) {
    Long next = nextOffsets.get(partition);
    return next == null ? OptionalLong.empty() : OptionalLong.of(next);
  }
}
