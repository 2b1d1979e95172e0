package dev.millrace.engine.lake.delta;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.actions.SingleAction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What the history says of one commit.
///
/// @param operation verb, for example `STREAMING UPDATE`
/// @param at when it was committed, in whole milliseconds: what a commit returns is what a later
///   reading finds
/// @param engine who committed it
/// @param metrics counts of what it did, by their Delta names
record CommitLabel(String operation, Instant at, String engine, Map<String, String> metrics) {

  CommitLabel {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    metrics = Map.copyOf(metrics);
  }

  static CommitLabel now(InstantSource clock, String operation, String engine) {
    return new CommitLabel(operation, clock.instant(), engine, Map.of());
  }

  CommitLabel with(Map<String, String> counts) {
    return new CommitLabel(operation, at, engine, counts);
  }

  Row row() {
    return SingleAction.createCommitInfoSingleAction(
        new CommitInfo(
                Optional.empty(),
                at.toEpochMilli(),
                Optional.of(engine),
                Optional.of(operation),
                Map.of(),
                Optional.of(false),
                Optional.of(UUID.randomUUID().toString()),
                metrics)
            .toRow());
  }
}
