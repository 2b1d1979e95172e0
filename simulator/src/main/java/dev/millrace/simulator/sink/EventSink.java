package dev.millrace.simulator.sink;

/// Where events go. For one thread.
///
/// Events of one key arrive in the order they were sent. When `flush` returns, everything sent
/// before it is acknowledged: it outlives a crash of this process. A failure surfaces as
/// [dev.millrace.engine.error.MillraceException] from the call it happened in or from a later one,
/// `flush` and `close` at the latest; after it, some of the unflushed events may be there and the
/// sink takes no more.
public interface EventSink extends AutoCloseable {

  /// @param key decides the partition; not written by sinks without partitions
  /// @param value one event; the sink keeps the array, so the caller writes to it no more
  void send(byte[] key, byte[] value);

  /// Waits until all that was sent is acknowledged.
  void flush();

  /// Flushes and releases; a second call does nothing.
  @Override
  void close();
}
