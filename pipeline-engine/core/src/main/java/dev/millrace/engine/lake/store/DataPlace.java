package dev.millrace.engine.lake.store;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/// Where a table's data files are written, and how they get into the store and back.
///
/// Any thread may call.
public interface DataPlace extends LakeFiles {

  /// A data file that cannot be committed.
  ///
  /// @param why goes on after the file's name, for example `is missing`
  record Unfit(LakeFile file, String why) {}

  /// Sees to it that the files are in the store for good. Files secured before are not sent again.
  ///
  /// @param folder the table's
  /// @return a file that is missing or not what it is said to be, if there is one
  Optional<Unfit> secure(Path folder, Collection<LakeFile> files) throws IOException;

  /// Says that a commit with these files stands, so that nobody waits for their local copies.
  void landed(Collection<LakeFile> files);

  /// Lets go of local copies of files that are deleted for good.
  void forget(Collection<Path> files) throws IOException;
}
