package dev.millrace.engine.warehouse;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import java.util.Optional;

/// Where a warehouse that reads files by itself finds them: a bucket. Any thread may call.
public interface LoadArea {

  /// What one load puts there and finds there.
  Stage open();

  /// Looks whether this process may put objects there, read and remove them; leaves nothing. What
  /// killed loads left more than a day ago is removed on the way.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `SERVICE` naming the place, what was
  ///   refused and what to do
  void check();

  /// Where it lies, for people: `s3://bucket/prefix`.
  String place();

  /// Region of the bucket, as far as it is known.
  Optional<String> region();

  /// The objects of one load. For one thread.
  ///
  /// Every failure is a {@link dev.millrace.engine.error.MillraceException}: `SERVICE` when the
  /// bucket does not answer or refuses.
  interface Stage extends AutoCloseable {

    /// A data file's address, `s3://bucket/key`; it is put there when it does not lie there.
    String address(LakeTable table, LakeFile file);

    /// Puts a small object there.
    ///
    /// @return its address
    String put(String name, byte[] content);

    /// Removes what was put there for the load; does not fail.
    @Override
    void close();
  }
}
