package dev.millrace.engine.lake;

import java.util.List;

/// What happened to a table's rows between two of its versions: the rows of `added` came and the
/// rows of `removed` went. Commits that only lay rows out in other files are no part of it.
///
/// The files need not be live at either end: one that was added and then merged into another is
/// here, and the other is not. So a vacuum may have taken a file; who cannot read it starts anew
/// from a snapshot.
///
/// @param added files of rows that came, in the order of their commits
/// @param removed files of rows that went, in the order of their commits
public record LakeChanges(List<LakeFile> added, List<LakeFile> removed) {

  public LakeChanges {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty();
  }
}
