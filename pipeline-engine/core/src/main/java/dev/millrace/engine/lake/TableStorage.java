package dev.millrace.engine.lake;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Everything that lies in a table's folder, whether a version refers to it or not: for the care of
/// tables.
///
/// Any thread may call. Nothing here decides what may go: whoever deletes has asked {@link
/// LakeTable#snapshot} and {@link #removedSince} after listing the files.
public interface TableStorage {

  /// Data files, live or not, and what writers left behind; not the log's.
  List<StoredFile> dataFiles();

  /// Files of the log: entries, checkpoints and what other programs keep beside them.
  List<StoredFile> logFiles();

  /// Data files that commits at or after the instant took out of the table, each with when that was
  /// last; as far back as the log reaches. Every version that was the newest at or after the
  /// instant is made of these and of the live files.
  Map<Path, Instant> removedSince(Instant since);

  /// Those of the files that are gone.
  List<LakeFile> missing(Collection<LakeFile> files);

  /// Part of a file: `length` bytes from a position on, fewer at its end; none when it is gone.
  byte[] read(StoredFile file, long from, int length);

  /// Deletes files, and copies of them that are kept here; those that are gone are passed over.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `FILE` when one cannot be deleted; those
  ///   before it are
  void delete(Collection<StoredFile> files);

  /// Takes texts out of the log that came there with the bounds of columns: entries are written
  /// anew without these bounds, and a checkpoint without them takes the place of all older ones.
  /// Versions and their files stay as they are; readers see the old or the new form of an entry.
  ///
  /// @param meant whether a text, or what is kept of the start of a long one, must go
  LogErasure eraseFromLog(Predicate<String> meant);

  /// What was done to the log.
  ///
  /// @param entries entries written anew
  /// @param files checkpoints and other files deleted
  record LogErasure(int entries, int files) {}
}
