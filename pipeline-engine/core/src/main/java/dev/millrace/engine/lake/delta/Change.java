package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.Column;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a commit does to a state, by the paths the log knows files by.
record Change(
    Map<String, LakeFile> added,
    Map<String, LakeFile> removed,
    Map<String, Long> markers,
    boolean dataChange) {

  private static final String ADDED_FILES = "numAddedFiles";
  private static final String REMOVED_FILES = "numRemovedFiles";
  private static final String ADDED_ROWS = "numOutputRows";
  private static final String REMOVED_ROWS = "numRemovedRows";

  /// @throws dev.millrace.engine.error.MillraceException `INTERNAL` when the commit adds what
  ///   stands or removes what does not
  static Change of(TableState from, LakeCommit commit, FileActions actions) {
    Map<String, LakeFile> added = new LinkedHashMap<>();
    for (LakeFile file : commit.added()) {
      if (file.partitionValue().isPresent() != actions.partition().isPresent()) {
        throw DeltaFaults.notWritten(actions.table(), file, "has no fitting partition value");
      }
      refuseOtherTypes(actions, file);
      String path = actions.pathInLog(file.path());
      if (from.files().containsKey(path) || added.put(path, actions.kept(file)) != null) {
        throw DeltaFaults.notWritten(actions.table(), file, "is in the table already");
      }
    }
    Map<String, LakeFile> removed = new LinkedHashMap<>();
    for (LakeFile file : commit.removed()) {
      removed.put(liveAs(from, actions, file), file);
    }
    return new Change(added, removed, Markers.of(commit), commit.dataChange());
  }

  /// @param before files as the version before knows their columns
  /// @param after files as this version does
  List<Row> rows(FileActions before, FileActions after, CommitLabel label) {
    List<Row> rows = new ArrayList<>();
    markers.forEach(
        (id, value) ->
            rows.add(
                SingleAction.createTxnSingleAction(
                    new SetTransaction(id, value, Optional.of(label.at().toEpochMilli()))
                        .toRow())));
    removed.forEach((path, file) -> rows.add(before.remove(path, file, label.at(), dataChange)));
    added.forEach((path, file) -> rows.add(after.add(path, file, label.at(), dataChange)));
    return rows;
  }

  Map<String, String> metrics() {
    return Map.of(
        ADDED_FILES, Integer.toString(added.size()),
        REMOVED_FILES, Integer.toString(removed.size()),
        ADDED_ROWS, Long.toString(rows(added)),
        REMOVED_ROWS, Long.toString(rows(removed)));
  }

  /// What a commit's own counts say it did; empty when they do not say.
  static Optional<LakeVersion.Effect> effect(Map<String, String> metrics) {
    try {
      return metrics.keySet().containsAll(List.of(ADDED_FILES, REMOVED_FILES, ADDED_ROWS))
          ? Optional.of(
              new LakeVersion.Effect(
                  Long.parseLong(metrics.get(ADDED_FILES)),
                  Long.parseLong(metrics.get(REMOVED_FILES)),
                  Long.parseLong(metrics.get(ADDED_ROWS)),
                  Long.parseLong(metrics.getOrDefault(REMOVED_ROWS, "0"))))
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static long rows(Map<String, LakeFile> files) {
    return files.values().stream().mapToLong(LakeFile::rows).sum();
  }

  /// Files written before the table got other columns do not fit it any more.
  private static void refuseOtherTypes(FileActions actions, LakeFile file) {
    for (String name : file.statistics().keySet()) {
      if (actions.schema().column(name).isEmpty()) {
        throw DeltaFaults.noSuchColumn(actions.table(), name);
      }
    }
    for (Column column : actions.schema().columns()) {
      ColumnStatistics of = file.statistics().get(column.name());
      if (of != null && !FileStatistics.fits(of, column.type())) {
        throw DeltaFaults.otherColumns(actions.table(), column);
      }
    }
  }

  /// The path the log knows a live file by.
  private static String liveAs(TableState from, FileActions actions, LakeFile file) {
    String path = actions.pathInLog(file.path());
    if (from.files().containsKey(path)) {
      return path;
    }
    // Another program may have written the same path with other escapes.
    return from.files().entrySet().stream()
        .filter(live -> live.getValue().path().equals(file.path()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                DeltaFaults.notWritten(actions.table(), file, "was to be removed and is not live"));
  }
}
