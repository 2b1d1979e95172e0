package dev.millrace.simulator;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.simulator.sink.EventSink;

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
  /// @param truth where the truth goes; closed with the simulator
  public static LiveSimulator live(
      Pipeline pipeline,
      FleetSettings settings,
      long seed,
      LiveRun plan,
      EventSink sink,
      TruthLog truth) {
    Fleet fleet = Fleet.of(pipeline, settings, seed, truth);
    return new LiveSimulator(fleet, sink, truth, plan, Ticker.system());
  }

  /// Sends so many events on the calling thread.
  ///
  /// @param sink flushed, not closed
  /// @param truth where the truth goes; flushed, not closed
  /// @return what was sent; fewer events than asked for when the work was cancelled
  public static FleetCounts batch(
      Pipeline pipeline,
      FleetSettings settings,
      long seed,
      long events,
      BatchTimes times,
      EventSink sink,
      TruthLog truth,
      Progress progress) {
    Fleet fleet = Fleet.of(pipeline, settings, seed, truth);
    return new BatchRun(fleet, sink, truth).run(events, times, progress);
  }
}
