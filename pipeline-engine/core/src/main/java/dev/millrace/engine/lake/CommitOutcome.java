package dev.millrace.engine.lake;

/// How a commit ended.
public sealed interface CommitOutcome {

  record Committed(LakeSnapshot snapshot) implements CommitOutcome {}

  /// Another commit landed first; nothing of this one did.
  record Conflict(long newestVersion) implements CommitOutcome {}
}
