package dev.millrace.engine.lake;

import dev.millrace.engine.event.ColumnBatch;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/// Writer of data files.
///
/// Any thread may call, each with a batch of its own. A file that was returned is whole and on
/// disk, past a power cut; after a failure the file is removed, or is an orphan nothing reads.
public interface DataFiles {

  /// Writes rows of a batch as one new file; its columns are the batch's, in order.
  ///
  /// @param folder folder that exists
  /// @param rows row numbers of the batch, in the order they shall stand in the file
  /// @param partitionValue the date all of these rows share, when the table is partitioned
  /// @throws dev.millrace.engine.error.MillraceException `FILE` when it cannot be written
  LakeFile write(
      Path folder, ColumnBatch batch, RowSelection rows, Optional<LocalDate> partitionValue);
}
