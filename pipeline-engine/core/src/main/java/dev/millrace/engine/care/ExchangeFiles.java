package dev.millrace.engine.care;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.StoredFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts files in the place of others in one commit, whatever others append meanwhile.
///
/// A lost race against an append is tried again with the same files; when another writer took out
/// one of the files to be replaced, what was written tells of a state that is past and is dropped.
record ExchangeFiles(LakeTable table) {

  private static final Logger LOG = LoggerFactory.getLogger(ExchangeFiles.class);
  private static final int MOST_RACES = 100;

  /// @param old files to be replaced, as a snapshot tells them
  /// @param commit the commit against a snapshot in which they are live
  /// @return the version, or empty when one of the old files is live no more
  Optional<LakeSnapshot> land(
      List<LakeFile> old, List<LakeFile> anew, Function<LakeSnapshot, LakeCommit> commit) {
    for (int race = 0; race < MOST_RACES; race++) {
      LakeSnapshot base = table.snapshot();
      if (!holds(base, old)) {
        discard(anew);
        return Optional.empty();
      }
      switch (table.commit(base, commit.apply(base))) {
        case CommitOutcome.Committed(LakeSnapshot after) -> {
          return Optional.of(after);
        }
        case CommitOutcome.Conflict(long newest) ->
            LOG.debug("{} is at version {} now; trying again", table.name(), newest);
      }
    }
    discard(anew);
    throw new MillraceException(
        ErrorCode.LAKE,
        "Another writer of " + table.name() + " won " + MOST_RACES + " commits in a row",
        "let fewer workers and jobs write to the table at once; it stands as they left it");
  }

  static boolean holds(LakeSnapshot snapshot, List<LakeFile> files) {
    Set<Path> live = snapshot.files().stream().map(LakeFile::path).collect(Collectors.toSet());
    return files.stream().allMatch(file -> live.contains(file.path()));
  }

  /// Removes files that no commit names.
  void discard(List<LakeFile> files) {
    try {
      table
          .storage()
          .delete(
              files.stream()
                  .map(file -> new StoredFile(file.path(), file.bytes(), Instant.EPOCH))
                  .toList());
    } catch (MillraceException e) {
      LOG.warn(
          "Files of {} are left behind until a vacuum; no version names them", table.name(), e);
    }
  }

  /// No row may be lost or doubled by the exchange, whatever the engine did.
  void requireRows(long expected, List<LakeFile> anew) {
    long written = rows(anew);
    if (written != expected) {
      discard(anew);
      throw new MillraceException(
          ErrorCode.INTERNAL,
          "%s: %d rows were to be written anew and %d were"
              .formatted(table.name(), expected, written),
          "nothing was changed; report it with the log");
    }
  }

  /// Rows of files such as these that come to a size.
  static long rowsOf(long bytes, List<LakeFile> files) {
    double perRow = Math.max(1, bytes(files)) / (double) Math.max(1, rows(files));
    return Math.max(1, (long) (bytes / perRow));
  }

  static long rows(List<LakeFile> files) {
    return files.stream().mapToLong(LakeFile::rows).sum();
  }

  static long bytes(List<LakeFile> files) {
    return files.stream().mapToLong(LakeFile::bytes).sum();
  }
}
