package dev.millrace.engine.transform;

import java.time.Duration;

/// How building a derived table ended.
public sealed interface BuildOutcome {

  /// Version of the table that now holds all of its sources.
  long version();

  /// Rows in the table now.
  long rowsNow();

  /// A new version was committed.
  ///
  /// @param rowsWritten rows in files of this commit
  /// @param rowsNow rows in the table now
  /// @param duration from the first look to the commit
  record Built(long rowsWritten, long rowsNow, long version, int files, Duration duration)
      implements BuildOutcome {}

  /// Neither its sources nor its definition changed since it was built; nothing was committed.
  record UpToDate(long rowsNow, long version) implements BuildOutcome {}
}
