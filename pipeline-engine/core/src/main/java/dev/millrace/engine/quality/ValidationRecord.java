package dev.millrace.engine.quality;

import dev.millrace.engine.model.TableName;
import java.time.Instant;
import java.util.List;

/// One validation of a table as it is kept: the verdict in columns, the details as JSON.
///
/// @param suite name of the suite
/// @param version version of the table that was judged
/// @param success whether every expectation was met
/// @param blocking whether an expectation of severity `critical` was not met, which stops the load
/// @param percent share of expectations met, 0 to 100; 100 for an empty suite
/// @param failing expectation types that were not met, with their column, for people
/// @param json the whole result in Great Expectations' 1.x form
public record ValidationRecord(
    String pipeline,
    TableName table,
    String suite,
    long version,
    boolean success,
    boolean blocking,
    double percent,
    int passed,
    int total,
    List<String> failing,
    String json,
    Instant validatedAt) {

  public ValidationRecord {
    failing = List.copyOf(failing);
  }

  public QualityScore score() {
    return new QualityScore(percent, passed, total, failing, validatedAt);
  }
}
