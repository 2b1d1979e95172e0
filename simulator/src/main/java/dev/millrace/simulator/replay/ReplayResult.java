package dev.millrace.simulator.replay;

import dev.millrace.engine.error.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a replay did.
///
/// @param rows rows read, bad ones included, the header not
/// @param events events sent
/// @param nulls readings left out, as their field stands for nothing
/// @param badRows rows left out
/// @param firstBad the first of them, each with its line
/// @param stepsBack rows whose time lies before that of the row above
/// @param first earliest time sent
/// @param last latest time sent
/// @param cancelled whether it ended before the file's end
public record ReplayResult(
    long rows,
    long events,
    long nulls,
    long badRows,
    List<Problem> firstBad,
    long stepsBack,
    Optional<Instant> first,
    Optional<Instant> last,
    boolean cancelled) {

  public ReplayResult {
    firstBad = List.copyOf(firstBad);
  }
}
