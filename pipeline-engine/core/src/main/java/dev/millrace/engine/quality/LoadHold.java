package dev.millrace.engine.quality;

import java.util.List;

/// That a load is held by quality, why, and what a person does about it.
///
/// @param reasons at least one: a table with the expectations it fails, or how many of its rows in
///   quarantine hold the load
/// @param remedy how the load is let go
public record LoadHold(List<String> reasons, String remedy) {

  public LoadHold {
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a hold without a reason");
    }
  }

  /// Of tables that were made before rows were discarded, and of what these rows failed.
  public static LoadHold untilMade(String pipeline, List<String> reasons) {
    return new LoadHold(
        reasons,
        "run the flow of %s, which makes them anew without these rows, judges them, and loads"
            .formatted(pipeline));
  }

  /// Of tables that were last judged by a suite that is no longer in force, and of nothing else.
  public static LoadHold untilJudged(String pipeline, List<String> reasons) {
    return new LoadHold(
        reasons,
        "judge again by the suite that is in force now, with 'millrace quality validate %s'; the load goes on when it is met"
            .formatted(pipeline));
  }

  /// @param rows whether rows in quarantine are among the reasons: they can be decided about, while
  ///   an expectation about a whole table can only be met
  public static LoadHold of(String pipeline, List<String> reasons, boolean rows) {
    return new LoadHold(
        reasons,
        rows
            ? "look at 'millrace quality quarantine ls %1$s'; release the rows and load again, or discard them or mend the data and run the flow, which makes the tables anew and loads"
                .formatted(pipeline)
            : "mend the data and run the flow, or mend the suite and judge again with 'millrace quality validate %1$s'; the load goes on when these are met"
                .formatted(pipeline));
  }

  /// One line for people.
  public String what() {
    return "The load is held: " + String.join("; ", reasons);
  }
}
