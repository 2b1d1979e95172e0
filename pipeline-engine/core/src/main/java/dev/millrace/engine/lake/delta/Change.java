package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
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

  /// @throws dev.millrace.engine.error.MillraceException `INTERNAL` when the commit adds what
  ///   stands or removes what does not
  static Change of(TableState from, LakeCommit commit, FileActions actions) {
    Map<String, LakeFile> added = new LinkedHashMap<>();
    for (LakeFile file : commit.added()) {
      if (file.partitionValue().isPresent() != actions.partition().isPresent()) {
        throw DeltaFaults.notWritten(actions.table(), file, "has no fitting partition value");
      }
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

  List<Row> rows(FileActions actions, CommitLabel label) {
    List<Row> rows = new ArrayList<>();
    markers.forEach(
        (id, value) ->
            rows.add(
                SingleAction.createTxnSingleAction(
                    new SetTransaction(id, value, Optional.of(label.at().toEpochMilli()))
                        .toRow())));
    removed.forEach((path, file) -> rows.add(actions.remove(path, file, label.at(), dataChange)));
    added.forEach((path, file) -> rows.add(actions.add(path, file, label.at(), dataChange)));
    return rows;
  }

  Map<String, String> metrics() {
    long rows = added.values().stream().mapToLong(LakeFile::rows).sum();
    return Map.of(
        "numAddedFiles", Integer.toString(added.size()),
        "numRemovedFiles", Integer.toString(removed.size()),
        "numOutputRows", Long.toString(rows));
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
