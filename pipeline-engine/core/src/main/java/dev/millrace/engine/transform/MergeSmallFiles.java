package dev.millrace.engine.transform;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.CommitOutcome.Conflict;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Progress;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the many small files that builds add from piling up: where a stretch of a table has {@link
/// #MANY} of them, they become one, in a commit that changes no row.
final class MergeSmallFiles {

  private static final Logger log = LoggerFactory.getLogger(MergeSmallFiles.class);

  static final int MANY = 8;

  /// A file of fewer than this part of the rows that one should hold is small.
  static final int SMALL = 8;

  private MergeSmallFiles() {}

  /// A failure is logged and harms nothing: the table stands as it was built.
  ///
  /// @param time column by which files are laid out within a date
  /// @param fileRows about as many rows as a file should hold; an eighth is small
  /// @return the table's newest snapshot known here
  static LakeSnapshot of(
      LakeTable target,
      LakeSnapshot snapshot,
      Optional<String> time,
      long fileRows,
      SqlSession session,
      Progress progress) {
    FileLayout layout = FileLayout.by(target.partition(), time, snapshot.files(), fileRows);
    List<LakeFile> small = small(target, snapshot, layout, fileRows / SMALL);
    if (small.isEmpty() || progress.cancelled()) {
      return snapshot;
    }
    try {
      session.view("_small", target.schema(), small);
      List<LakeFile> merged =
          session.write(
              "SELECT " + Columns.of(session, target.schema()) + " FROM _small",
              target.schema(),
              layout,
              value -> target.dataFolder(value));
      switch (target.commit(snapshot, LakeCommit.rearranging("MERGE FILES", merged, small))) {
        case Committed(LakeSnapshot after) -> {
          log.debug("{}: {} small files are {} now", target.name(), small.size(), merged.size());
          return after;
        }
        case Conflict _ -> {
          BuildTable.discard(merged);
          return snapshot;
        }
      }
    } catch (MillraceException failed) {
      log.warn("The small files of {} were not merged this time", target.name(), failed);
      return snapshot;
    }
  }

  private record Place(Optional<LocalDate> date, long stretch) {}

  private static List<LakeFile> small(
      LakeTable target, LakeSnapshot snapshot, FileLayout layout, long smallRows) {
    Map<Place, List<LakeFile>> places = new HashMap<>();
    for (LakeFile file : snapshot.files()) {
      if (file.rows() < smallRows) {
        long stretch =
            layout
                .stretch()
                .flatMap(
                    s ->
                        target
                            .schema()
                            .column(s.column())
                            .flatMap(column -> TimeSpan.of(file, column))
                            .map(span -> Math.floorDiv(span.from(), s.micros())))
                .orElse(0L);
        places
            .computeIfAbsent(new Place(file.partitionValue(), stretch), _ -> new ArrayList<>())
            .add(file);
      }
    }
    return places.values().stream()
        .filter(files -> files.size() >= MANY)
        .flatMap(List::stream)
        .toList();
  }
}
