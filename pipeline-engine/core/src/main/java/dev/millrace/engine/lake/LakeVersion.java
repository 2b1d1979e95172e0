package dev.millrace.engine.lake;

import java.time.Instant;
import java.util.Optional;

/// One entry of a table's history.
///
/// @param effect what it did to the files; empty when its writer did not say
public record LakeVersion(
    long version, Instant committedAt, String operation, String engine, Optional<Effect> effect) {

  /// Of a version whose writer did not say what it did.
  public LakeVersion(long version, Instant committedAt, String operation, String engine) {
    this(version, committedAt, operation, engine, Optional.empty());
  }

  /// Files that came and went, and the rows in them.
  public record Effect(long filesAdded, long filesRemoved, long rowsAdded, long rowsRemoved) {}
}
