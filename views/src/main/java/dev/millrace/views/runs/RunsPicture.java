package dev.millrace.views.runs;

import dev.millrace.engine.flow.FlowRun;
import java.time.Instant;
import java.util.List;

/// What the grid of runs shows.
///
/// @param steps names of the rows, in order
/// @param runs columns, oldest first
/// @param run id of the chosen run; -1 for none
/// @param step name of the chosen step; empty for none
public record RunsPicture(
    List<String> steps, List<FlowRun> runs, long run, String step, Instant now) {

  static final RunsPicture EMPTY = new RunsPicture(List.of(), List.of(), -1, "", Instant.EPOCH);

  /// Position of the chosen run among the runs, or -1.
  int chosen() {
    for (int i = runs.size() - 1; i >= 0; i--) {
      if (runs.get(i).id() == run) {
        return i;
      }
    }
    return -1;
  }
}
