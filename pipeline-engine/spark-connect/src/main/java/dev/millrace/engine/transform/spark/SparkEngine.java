package dev.millrace.engine.transform.spark;

import dev.millrace.engine.lake.ClusterFiles;
import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;

/// Spark behind a Spark Connect server: the SQL runs where the cluster stands, and this process
/// keeps planning and committing.
///
/// The cluster reads the lake's files where they lie. What it writes lies apart until all of it is
/// whole, and is taken over then; a failure leaves nothing in the table's folders. Each session is
/// one of the server's, with views of its own.
///
/// Any thread may ask for a session. The engine itself holds no connection.
final class SparkEngine implements SqlEngine {

  private final ConnectServer server;
  private final ClusterFiles files;
  private final FileFooters footers;

  /// Connects to nothing yet.
  SparkEngine(ConnectServer server, ClusterFiles files, FileFooters footers) {
    this.server = server;
    this.files = files;
    this.footers = footers;
  }

  @Override
  public SqlSession session() {
    return new SparkSqlSession(server.connect(), files, footers);
  }

  @Override
  public void close() {
    // Sessions close their own connections.
  }
}
