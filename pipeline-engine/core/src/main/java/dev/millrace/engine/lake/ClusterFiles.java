package dev.millrace.engine.lake;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// The lake's files as a cluster of other machines reaches them: it reads data files where they
/// lie, and writes new ones into a place apart, from where they are taken over here.
///
/// Any thread may call.
public interface ClusterFiles {

  /// A data file's address in the cluster.
  ///
  /// @param path as {@link LakeFile#path} names it
  String address(Path path);

  /// A place nobody has written to yet.
  Staging staging();

  /// Removes the places of writers that were killed: those that nobody wrote to for a day. Does not
  /// fail; what cannot be removed is logged.
  void removeLeft(Instant now);

  /// A place that the cluster writes to; closing it removes what is left there.
  interface Staging extends AutoCloseable {

    /// Its address in the cluster; nothing lies there yet.
    String address();

    /// Brings the data files that the cluster wrote here.
    ///
    /// @return where each can be read, by its name below the place, in order of the names; they may
    ///   be moved away
    /// @throws dev.millrace.engine.error.MillraceException `FILE` or `SERVICE` when one cannot be
    ///   read whole
    Map<String, Path> take();

    /// Does not fail; what cannot be removed is logged.
    @Override
    void close();
  }
}
