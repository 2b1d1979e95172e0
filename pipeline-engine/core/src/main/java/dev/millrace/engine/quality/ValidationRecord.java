package dev.millrace.engine.quality;

import dev.millrace.engine.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One validation of a table as it is kept: the verdict in columns, the details as JSON.
///
/// @param suite name of the suite
/// @param version version of the table that was judged
/// @param scope which rows, for people: `whole`, `new since version 12`
/// @param run flow run it was part of
/// @param success whether every expectation was met
/// @param worst gravest consequence of what was not met; `RECORD` when everything was
/// @param percent share of expectations met, 0 to 100; 100 for an empty suite
/// @param failing expectation types that were not met, with their column, for people
/// @param json the whole result in Great Expectations' 1.x form
public record ValidationRecord(
    String pipeline,
    TableName table,
    String suite,
    long version,
    String scope,
    Optional<Long> run,
    boolean success,
    Consequence worst,
    double percent,
    int passed,
    int total,
    List<String> failing,
    String json,
    Instant validatedAt) {

  public ValidationRecord {
    failing = List.copyOf(failing);
  }

  /// Whether an expectation that stops the flow was not met.
  public boolean blocking() {
    return worst == Consequence.STOP_FLOW;
  }

  /// Whether the warehouse must keep what it has.
  public boolean holdsLoad() {
    return worst.compareTo(Consequence.STOP_LOAD) >= 0;
  }

  public QualityScore score() {
    return new QualityScore(percent, passed, total, failing, validatedAt);
  }
}
