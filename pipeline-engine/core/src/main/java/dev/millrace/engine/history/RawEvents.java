package dev.millrace.engine.history;

import java.util.Optional;

/// Events as they lie in the broker. Any thread may call.
@FunctionalInterface
public interface RawEvents {

  /// The value at an offset; empty when the broker has let go of it.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `SERVICE` when the broker gives no answer
  Optional<byte[]> at(String topic, int partition, long offset);
}
