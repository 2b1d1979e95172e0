package dev.millrace.engine.event;

/// Hears of decoded events before they are committed.
///
/// Called by the stream's thread, which waits for it: it must be quick and must not throw.
public interface EventListener {

  /// Hears nothing.
  EventListener NONE = (batch, from, to, arrival) -> {};

  /// Rows `from` (included) to `to` (excluded) of the batch are new. The batch is the stream's and
  /// is used again after the call.
  ///
  /// @param arrival when they came in, in microseconds
  void arrived(ColumnBatch batch, int from, int to, long arrival);

  /// A poll brought nothing, or the stream comes to its end: whoever saves work up may do it now.
  default void quiet() {}
}
