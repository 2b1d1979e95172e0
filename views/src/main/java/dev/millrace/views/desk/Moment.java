package dev.millrace.views.desk;

import dev.millrace.engine.api.EngineSnapshot;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.model.Layer;
import dev.millrace.simulator.SimulatorStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is the case, as every view of one pulse sees it.
///
/// @param pipeline name of the pipeline on show
/// @param simulator its fleet; empty when the console steers none
public record Moment(
    Instant now, EngineSnapshot engine, String pipeline, Optional<SimulatorStatus> simulator) {

  /// Empty until the engine knows the pipeline.
  public Optional<PipelineStatus> status() {
    return engine.pipeline(pipeline);
  }

  /// The pipeline's first stream; the console of this version shows one feed.
  public Optional<StreamStatus> stream() {
    return status().flatMap(s -> s.streams().stream().findFirst());
  }

  /// Grows with each version of a Silver table: what the lake told of the past before is old then.
  public long silverVersion() {
    return status().stream()
        .flatMap(s -> s.tables().stream())
        .filter(table -> table.table().layer() == Layer.SILVER)
        .mapToLong(table -> table.version() + 1)
        .sum();
  }

  /// Whether the engine has told nothing yet.
  public boolean loading() {
    return engine.at().equals(Instant.EPOCH) || status().isEmpty();
  }

  /// Whether neither the stream nor the lake holds an event.
  public boolean empty() {
    return status()
        .map(
            s ->
                s.live().newest().isEmpty()
                    && s.tables().stream().allMatch(t -> t.rows() == 0)
                    && s.runs().isEmpty())
        .orElse(true);
  }

  public Duration since(Instant then) {
    return Duration.between(then, now);
  }
}
