package dev.millrace.engine.care;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was done to tables, by whom: kept for good, without the value that was erased.
///
/// @param id of the work; its records share it
/// @param who user and machine
/// @param work the order's verb
/// @param subject columns and keyed hash of whom an erasure was about; empty for other work
/// @param findings by table; empty while it runs
public record AuditRecord(
    String id,
    Instant at,
    String who,
    String work,
    String pipeline,
    Optional<HashedSubject> subject,
    State state,
    String summary,
    List<CareFinding> findings,
    List<String> notes) {

  public AuditRecord {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /// Where the work was when the record was written. One that is started and has no later record
  /// broke off; doing it again completes it.
  public enum State {
    STARTED,
    DONE,
    INCOMPLETE,
    FAILED
  }

  /// @param columns columns the value stood in, joined by commas
  /// @param hmac HMAC-SHA-256 of the value under the audit's key, in hex: who knows the value and
  ///   has the key can tell that it is the one
  public record HashedSubject(String columns, String hmac) {}
}
