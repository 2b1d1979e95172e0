package dev.millrace.engine.model;

import java.time.Instant;
import java.util.Optional;

/// What of a feed's topic is not in the lake yet, as a worker sees its partitions.
///
/// @param unread events in the topic that were not read yet, as far as known
/// @param open events read and not yet committed, dead letters included
/// @param openDeadLetters dead letters among them
/// @param commitDue when the open batch is handed over for its commit at the latest; empty when
///   nothing is open, or a commit is under way
public record Pending(long unread, long open, long openDeadLetters, Optional<Instant> commitDue) {

  /// Nothing is.
  public static final Pending NONE = new Pending(0, 0, 0, Optional.empty());
}
