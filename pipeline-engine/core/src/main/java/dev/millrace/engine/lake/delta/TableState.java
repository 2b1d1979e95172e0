package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the log says of a table up to one version.
///
/// @param files live files by the path the log knows them by
/// @param markers values of all transaction identifiers by application id
record TableState(
    TableShape shape, LiveFiles files, Map<String, Long> markers, LakeSnapshot snapshot) {

  private static final int FILES_PER_ENTRY = 200;

  static TableState of(
      long version,
      Instant committedAt,
      TableShape shape,
      LiveFiles files,
      Map<String, Long> markers) {
    return new TableState(
        shape,
        files,
        Map.copyOf(markers),
        new LakeSnapshot(
            version,
            committedAt,
            files.list(),
            Markers.offsets(markers),
            Markers.sources(markers)));
  }

  long version() {
    return snapshot.version();
  }

  /// Whether this version gets a checkpoint.
  ///
  /// Its cost grows with the files that stand. So where there are many it comes less often, and one
  /// commit's share of it stays the same; a reader then reads a few more entries beside a
  /// checkpoint that is large anyway.
  boolean isCheckpointDue() {
    long interval = shape.checkpointInterval();
    long every = interval * Math.max(1, files.size() / (interval * FILES_PER_ENTRY));
    return version() % every == 0;
  }

  /// The state one version on.
  TableState next(
      Instant committedAt,
      Map<String, LakeFile> added,
      Iterable<String> removed,
      Map<String, Long> marked) {
    Map<String, Long> now = new LinkedHashMap<>(markers);
    now.putAll(marked);
    return of(version() + 1, committedAt, shape, files.next(added, removed), now);
  }
}
