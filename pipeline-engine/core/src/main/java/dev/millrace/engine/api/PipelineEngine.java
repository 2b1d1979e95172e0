package dev.millrace.engine.api;

/// The engine as the console and the command line see it.
///
/// Any thread may call. Commands run on the engine's own threads; nothing here waits for them.
public interface PipelineEngine extends AutoCloseable {

  /// What is the case, at most a quarter of a second old; cheap to ask for at every pulse.
  EngineSnapshot snapshot();

  /// Starts work and returns at once. Work that needs the same table waits its turn.
  Work submit(Command command);

  /// Stops streams at a commit, cancels work, and waits for both.
  @Override
  void close();
}
