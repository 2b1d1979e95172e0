package dev.millrace.engine.transform.spark;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Spark behind a Spark Connect server: the SQL runs where the cluster stands, and this process
/// keeps planning and committing.
///
/// The cluster reads and writes the same files as this process. What it writes lies in the scratch
/// folder until all of it is whole, and is moved then; a failure leaves nothing in the table's
/// folders. Each session is one of the server's, with views of its own.
///
/// Any thread may ask for a session. The engine itself holds no connection.
final class SparkEngine implements SqlEngine {

  private final ConnectServer server;
  private final ClusterPaths paths;
  private final Path scratch;
  private final FileFooters footers;

  /// Connects to nothing yet.
  ///
  /// @param scratch folder for files being written, which the cluster reaches as well; made when
  ///   absent. It must lie on the lake's file system
  SparkEngine(ConnectServer server, ClusterPaths paths, Path scratch, FileFooters footers) {
    this.server = server;
    this.paths = paths;
    this.scratch = scratch.toAbsolutePath().normalize();
    this.footers = footers;
    try {
      Files.createDirectories(this.scratch);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The scratch folder " + this.scratch + " cannot be made: " + e.getMessage(),
          "choose a home with write access",
          e);
    }
  }

  @Override
  public SqlSession session() {
    return new SparkSqlSession(server.connect(), paths, scratch, footers);
  }

  @Override
  public void close() {
    // Sessions close their own connections.
  }
}
