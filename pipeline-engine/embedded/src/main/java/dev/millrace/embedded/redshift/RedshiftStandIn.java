package dev.millrace.embedded.redshift;

import dev.millrace.engine.model.S3Endpoint;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server on 127.0.0.1 that Redshift's own driver talks to as if it were Redshift: rows lie in
/// PostgreSQL, COPY reads manifest and Parquet files from an S3 server, and what Redshift refuses
/// is refused. One thread starts and closes it.
public final class RedshiftStandIn implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedshiftStandIn.class);
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final long SQL_MEMORY = 1L << 30;
  private static final int BACKLOG = 50;

  private final ServerSocket listening;
  private final Backend backend;
  private final Backend sessions;
  private final CopyFromS3 copies;
  private final SqlEngine engine;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private RedshiftStandIn(
      ServerSocket listening,
      Backend backend,
      Backend sessions,
      CopyFromS3 copies,
      SqlEngine engine) {
    this.listening = listening;
    this.backend = backend;
    this.sessions = sessions;
    this.copies = copies;
    this.engine = engine;
  }

  /// Starts it; ready when it returns. The database is made when there is none.
  ///
  /// @param port to answer on; 0 for a free one
  /// @param backend a superuser's: statements run as a role of their own, which this makes
  /// @param roles that are attached to it, by ARN
  /// @param scratch folder for files while they are read
  /// @throws IOException when the port is taken, or the database cannot be prepared
  public static RedshiftStandIn start(
      int port, Backend backend, S3Endpoint s3, Set<String> roles, Path scratch)
      throws IOException {
    LoadErrors errors = new LoadErrors(source(backend, backend.database()));
    Backend sessions;
    try {
      makeDatabase(backend);
      errors.make(backend.database());
      try (Connection connection = source(backend, backend.database()).getConnection()) {
        sessions = SessionRole.make(connection, backend);
      }
    } catch (SQLException e) {
      throw new IOException("The stand-in's database cannot be prepared: " + e.getMessage(), e);
    }
    ServerSocket listening = new ServerSocket();
    try {
      listening.bind(new InetSocketAddress(LOOPBACK, port), BACKLOG);
    } catch (IOException e) {
      listening.close();
      throw e;
    }
    SqlEngine engine = new DuckDbEngine(scratch.resolve("sql"), SQL_MEMORY, 1);
    RedshiftStandIn standIn =
        new RedshiftStandIn(
            listening,
            backend,
            sessions,
            new CopyFromS3(s3, Set.copyOf(roles), engine, scratch.resolve("files"), errors),
            engine);
    Thread.ofVirtual().name("redshift-accept").start(standIn::accept);
    return standIn;
  }

  private static PGSimpleDataSource source(Backend backend, String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {backend.host()});
    source.setPortNumbers(new int[] {backend.port()});
    source.setDatabaseName(database);
    source.setUser(backend.user());
    source.setPassword(backend.password());
    return source;
  }

  private static void makeDatabase(Backend backend) throws SQLException {
    try (Connection connection = source(backend, "postgres").getConnection();
        Statement statement = connection.createStatement()) {
      boolean stands;
      try (ResultSet row =
          statement.executeQuery(
              "SELECT 1 FROM pg_database WHERE datname = '"
                  + backend.database().replace("'", "''")
                  + "'")) {
        stands = row.next();
      }
      if (!stands) {
        statement.execute("CREATE DATABASE \"" + backend.database() + "\"");
      }
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        Thread.ofVirtual().name("redshift-session").start(() -> converse(client));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          LOG.warn("The Redshift stand-in could not take a connection", e);
        }
      }
    }
  }

  private void converse(Socket client) {
    try (client;
        Socket server = new Socket(backend.host(), backend.port())) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      new Conversation(client, server, backend, sessions, copies).run();
    } catch (EOFException | SocketException e) {
      LOG.debug("A session of the Redshift stand-in ended without a word", e);
    } catch (IOException | RuntimeException e) {
      LOG.warn("A session of the Redshift stand-in failed", e);
    } finally {
      open.remove(client);
    }
  }

  /// Ends every session; PostgreSQL rolls back what they had not committed.
  @Override
  public void close() {
    try {
      listening.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      LOG.warn("The Redshift stand-in did not close in order", e);
    } finally {
      engine.close();
    }
  }
}
