package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Data files a build opened, each counted once however often it was opened.
///
/// @param rows rows in them; an engine passes over parts of a file that hold nothing for it
/// @param bytes their size
public record FilesRead(int files, long rows, long bytes) {

  /// Counts files as they are opened. For one thread.
  static final class Counter {

    private final Map<Path, LakeFile> seen = new HashMap<>();

    void add(Collection<LakeFile> files) {
      files.forEach(file -> seen.put(file.path(), file));
    }

    FilesRead sum() {
      return new FilesRead(
          seen.size(),
          seen.values().stream().mapToLong(LakeFile::rows).sum(),
          seen.values().stream().mapToLong(LakeFile::bytes).sum());
    }
  }
}
