package dev.millrace.engine.transform;

/// Runs portable SQL over versions of lake tables.
///
/// Any thread may call; each session belongs to one thread at a time.
public interface SqlEngine extends AutoCloseable {

  /// A fresh session without views; the caller closes it.
  SqlSession session();

  /// Another engine like this one that shares nothing with it, for SQL that is not ours: a session
  /// of it is filled, and then {@link SqlSession#seal sealed}. The caller closes it.
  default SqlEngine apart() {
    throw new UnsupportedOperationException("only the embedded engine runs SQL that is not ours");
  }

  /// About as many rows of a table as one query should see at a time: a query of more may ask for
  /// more memory than there is.
  default long rowsAtOnce() {
    return Long.MAX_VALUE;
  }

  @Override
  void close();
}
