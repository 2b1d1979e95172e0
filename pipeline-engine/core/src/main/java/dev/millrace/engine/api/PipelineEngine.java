package dev.millrace.engine.api;

import dev.millrace.engine.history.ReadingHistory;
import dev.millrace.engine.live.LiveSnapshot;
import java.util.Optional;

/// The engine as the console and the command line see it.
///
/// Any thread may call. Commands run on the engine's own threads; nothing here waits for them.
public interface PipelineEngine extends AutoCloseable {

  /// What is the case, at most a quarter of a second old; cheap to ask for at every pulse.
  EngineSnapshot snapshot();

  /// What one entity of the pipeline's first feed said last, for a trend of it; empty when it was
  /// never heard or there is no such pipeline. Cheap: to be asked for at every pulse for what is on
  /// show.
  Optional<LiveSnapshot.History> history(String pipeline, String entity);

  /// The readings of the pipeline's first feed in the lake, by time; empty when there is no such
  /// pipeline or its events say not who read what. Asking for it is quick; its own answers take
  /// their time.
  Optional<ReadingHistory> readings(String pipeline);

  /// Starts work and returns at once. Work that needs the same table waits its turn.
  Work submit(Command command);

  /// Stops streams at a commit, cancels work, and waits for both.
  @Override
  void close();
}
