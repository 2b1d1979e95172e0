package dev.millrace.simulator;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.simulator.sink.EventSink;
import java.nio.file.Path;
import java.util.Optional;

/// The way in: a pipeline's fleet, run in real time or as a batch.
public final class Simulators {

  private Simulators() {}

  /// The fleet that stands in the `simulator.yaml` beside the pipeline.
  ///
  /// @throws ProblemsException when the file has faults
  /// @throws MillraceException when there is none
  public static FleetSettings settings(Pipeline pipeline, PipelineFolder folder) {
    return FleetReader.read(pipeline, folder);
  }

  /// A simulator that stands still until it is started.
  ///
  /// @param sink closed with the simulator
  /// @param truthFile where the truth is appended; empty keeps none
  public static LiveSimulator live(
      Pipeline pipeline,
      FleetSettings settings,
      long seed,
      EventSink sink,
      Optional<Path> truthFile) {
    TruthLog truth = truthFile.map(TruthLog::append).orElseGet(TruthLog::none);
    Fleet fleet = Fleet.of(pipeline, settings, seed, truth);
    return new LiveSimulator(fleet, sink, truth, Ticker.system());
  }

  /// Sends so many events on the calling thread.
  ///
  /// @param sink flushed, not closed
  /// @param truthFile where the truth is appended; empty keeps none
  /// @return what was sent; fewer events than asked for when the work was cancelled
  public static FleetCounts batch(
      Pipeline pipeline,
      FleetSettings settings,
      long seed,
      long events,
      BatchTimes times,
      EventSink sink,
      Optional<Path> truthFile,
      Progress progress) {
    try (TruthLog truth = truthFile.map(TruthLog::append).orElseGet(TruthLog::none)) {
      Fleet fleet = Fleet.of(pipeline, settings, seed, truth);
      return new BatchRun(fleet, sink, truth).run(events, times, progress);
    }
  }
}
