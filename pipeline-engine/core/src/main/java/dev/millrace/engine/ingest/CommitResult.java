package dev.millrace.engine.ingest;

import dev.millrace.engine.error.MillraceException;

/// How the commit of a micro-batch ended.
sealed interface CommitResult {

  /// Both tables hold all of it.
  record Landed() implements CommitResult {}

  /// A table went on without us: its partitions are another worker's. Nothing of Bronze landed.
  record Fenced(String detail) implements CommitResult {}

  /// It was given up before it could land; it may be read again.
  record Abandoned() implements CommitResult {}

  /// It can never land.
  record Failed(MillraceException cause) implements CommitResult {}
}
