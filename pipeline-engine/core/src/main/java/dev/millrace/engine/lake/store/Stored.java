package dev.millrace.engine.lake.store;

import java.time.Instant;

/// One file of a store.
///
/// @param name relative to the store's root, with `/` between its parts
/// @param modified when it was last written
public record Stored(String name, long bytes, Instant modified) {

  /// The last part of the name.
  public String lastName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
