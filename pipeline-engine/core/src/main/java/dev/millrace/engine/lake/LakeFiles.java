package dev.millrace.engine.lake;

import java.nio.file.Path;
import java.util.Collection;

/// Brings data files to where this machine can read them.
///
/// {@link LakeFile#path} is the file's place in the lake as this process knows it. In a folder that
/// is where the bytes are; in an object store nothing may lie there. So who reads a file's bytes
/// holds it first. Any thread may call.
public interface LakeFiles {

  /// Brings the files here, several at once, and keeps them readable until the hold is closed,
  /// whatever a cache lets go of or a vacuum removes meanwhile.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `FILE` or `SERVICE` when one cannot be
  ///   read whole, `CANCELLED` when the thread is interrupted; nothing is held then
  Hold hold(Collection<LakeFile> files);

  /// Files that can be read.
  interface Hold extends AutoCloseable {

    /// Where the file can be read; the last part of the path is the file's own name.
    ///
    /// @throws IllegalArgumentException when the file is none of those held
    Path path(LakeFile file);

    /// Lets go of the files; does not fail.
    @Override
    void close();
  }

  /// Files that lie where their paths say, as in a folder.
  static LakeFiles inPlace() {
    return _ ->
        new Hold() {
          @Override
          public Path path(LakeFile file) {
            return file.path();
          }

          @Override
          public void close() {}
        };
  }
}
