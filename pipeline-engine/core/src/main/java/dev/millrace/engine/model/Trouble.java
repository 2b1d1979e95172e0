package dev.millrace.engine.model;

import java.time.Instant;

/// What keeps a stream from going on, while it lasts. Nothing is lost by it; most of it passes by
/// itself.
///
/// @param since when it was first seen
/// @param what what is seen, for people
/// @param remedy what a person can do
public record Trouble(Kind kind, Instant since, String what, String remedy) {

  /// Kinds of trouble; a stream has at most one of each at a time.
  public enum Kind {
    /// Commits to the lake fail and are tried again.
    COMMIT_FAILING("commit failing"),
    /// An attempt at a commit does not come to its end.
    COMMIT_STUCK("commit stuck"),
    /// The stream's thread does not come round to its next poll.
    READING_STUCK("reading stuck"),
    /// The consumer group went on without this worker.
    MEMBERSHIP_LOST("membership lost"),
    /// Events stand in the topic, the connection is up, and none comes.
    SOURCE_SILENT("source silent"),
    /// The source gives no answer.
    SOURCE_AWAY("source away");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /// Name in meters and logs.
    public String label() {
      return label;
    }
  }
}
