package dev.millrace.engine.transform;

/// Runs portable SQL over versions of lake tables.
///
/// Any thread may call; each session belongs to one thread at a time.
public interface SqlEngine extends AutoCloseable {

  /// A fresh session without views; the caller closes it.
  SqlSession session();

  @Override
  void close();
}
