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
  /// @param mode what was done to the table
  /// @param read what was read for it
  /// @param rowsWritten rows in files of this commit, those among them that were only carried over
  ///   from a file that was replaced included
  /// @param rowsNow rows in the table now
  /// @param duration from the first look to the commit
  record Built(
      Mode mode,
      FilesRead read,
      long rowsWritten,
      long rowsNow,
      long version,
      int files,
      Duration duration)
      implements BuildOutcome {}

  /// Neither its sources nor its definition changed since it was built; nothing was committed.
  record UpToDate(long rowsNow, long version) implements BuildOutcome {}

  /// What a build did to the files that stood.
  sealed interface Mode {

    /// All of them stand; new rows came beside them.
    record Appended() implements Mode {}

    /// Those with rows that new ones change were replaced.
    record Rewrote(int files) implements Mode {}

    /// All were replaced.
    ///
    /// @param reason why what is new did not do, for people
    record Rebuilt(String reason) implements Mode {}
  }
}
