package dev.millrace.engine.ingest;

import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;

/// Hears of every Bronze commit that landed: the place to see small files gather and to have them
/// merged.
///
/// Called on the commit's thread, which the next batch waits for: whoever has work to do does it
/// elsewhere, and commits it like any other writer; the stream's own commits are then tried again.
@FunctionalInterface
public interface CommitListener {

  CommitListener NONE = (_, _) -> {};

  /// @param snapshot the version just committed
  void committed(LakeTable bronze, LakeSnapshot snapshot);
}
