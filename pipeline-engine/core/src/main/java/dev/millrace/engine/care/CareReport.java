package dev.millrace.engine.care;

import java.util.List;

/// What was done, or would be.
///
/// @param summary one line for people
/// @param carriedOut false when this is a preview
/// @param complete false when something is left for another run; the notes say what
/// @param findings by table
/// @param notes what else a person must know, a sentence each
public record CareReport(
    String summary,
    boolean carriedOut,
    boolean complete,
    List<CareFinding> findings,
    List<String> notes) {

  public CareReport {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /// Whether this previews an erasure of what no table holds.
  public boolean nothingToDo() {
    return !carriedOut && findings.isEmpty();
  }
}
