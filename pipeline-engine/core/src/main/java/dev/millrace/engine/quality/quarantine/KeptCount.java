package dev.millrace.engine.quality.quarantine;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.Consequence;
import java.time.Instant;
import java.util.List;

/// How many rows of a table are in quarantine in one state and for one combination of reasons.
///
/// @param reasons expectations they failed, for people
/// @param first when the first of them was found
/// @param last when the newest of them was found; that a row fails again is not told
public record KeptCount(
    TableName table,
    KeptState state,
    List<String> reasons,
    Consequence consequence,
    long rows,
    Instant first,
    Instant last) {

  public KeptCount {
    reasons = List.copyOf(reasons);
  }

  /// The reasons in one line.
  public String told() {
    return String.join("; ", reasons);
  }
}
