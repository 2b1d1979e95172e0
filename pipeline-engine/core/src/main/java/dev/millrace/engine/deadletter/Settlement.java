package dev.millrace.engine.deadletter;

/// What became of letters that a broken-off replay had claimed.
///
/// @param replayed stand in the topic
/// @param released were not sent and are new again
/// @param unknown cannot be told, because the topic no longer holds what was written then; they
///   stay claimed until a person decides
public record Settlement(long replayed, long released, long unknown) {

  static final Settlement NOTHING = new Settlement(0, 0, 0);

  /// How a person decides about letters of which the topic tells nothing any more.
  public enum Assumption {
    /// They stay claimed.
    NONE,
    /// They count as sent.
    SENT,
    /// They count as not sent, and may be replayed.
    NOT_SENT
  }

  Settlement plus(Settlement other) {
    return new Settlement(
        replayed + other.replayed, released + other.released, unknown + other.unknown);
  }

  public long all() {
    return replayed + released + unknown;
  }
}
