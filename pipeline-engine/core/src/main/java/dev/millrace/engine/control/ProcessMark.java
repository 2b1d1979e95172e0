package dev.millrace.engine.control;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/// This process's number in the control database, marked by an advisory lock on a connection of its
/// own: PostgreSQL gives the lock back the moment the process dies, however it dies.
final class ProcessMark implements AutoCloseable {

  /// First key of the advisory locks; the second is the process's number.
  static final int LOCK_CLASS = 0x4d696c6c;

  private final Connector connector;
  private final ReentrantLock lock = new ReentrantLock();
  private final int number;
  private Connection connection;

  ProcessMark(Connector connector) throws SQLException {
    this.connector = connector;
    Connection fresh = connector.connect();
    boolean marked = false;
    try {
      number =
          ControlSql.query(fresh, "SELECT nextval('millrace.process_number')", row -> row.getInt(1))
              .getFirst();
      mark(fresh, number);
      marked = true;
    } finally {
      if (!marked) {
        fresh.close();
      }
    }
    connection = fresh;
  }

  /// The number, marked anew when the connection was lost in between.
  int number() throws SQLException {
    lock.lock();
    try {
      if (!connection.isValid(5)) {
        connection.close();
        connection = connector.connect();
        mark(connection, number);
      }
      return number;
    } finally {
      lock.unlock();
    }
  }

  private static void mark(Connection connection, int number) throws SQLException {
    ControlSql.query(connection, "SELECT pg_advisory_lock(?, ?)", _ -> number, LOCK_CLASS, number);
  }

  @Override
  public void close() throws SQLException {
    lock.lock();
    // Given back in words: the server learns of a closed connection only a moment later.
    try (Connection last = connection) {
      ControlSql.query(last, "SELECT pg_advisory_unlock_all()", _ -> number);
    } finally {
      lock.unlock();
    }
  }
}
