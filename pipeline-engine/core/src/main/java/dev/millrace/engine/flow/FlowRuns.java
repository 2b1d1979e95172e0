package dev.millrace.engine.flow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where runs of flows are kept. Any thread may call; several processes may share one store.
///
/// A change is durable when its call returns. Instants are kept to the microsecond. A run belongs
/// to the process that began it; only {@link #failAbandoned} changes runs of others. Every failure
/// is a {@link dev.millrace.engine.error.MillraceException}; a change to a run that is unknown or
/// already finished fails and leaves it as it was.
public interface FlowRuns {

  /// Message of a run and of its step whose process ended before it did.
  String PROCESS_ENDED = "the process ended";

  /// Opens a run in state `RUNNING` with all its steps `QUEUED`.
  ///
  /// @param steps names in order
  /// @return its id; ids grow
  long begin(String pipeline, String flow, List<String> steps, Instant at);

  /// Marks a step `RUNNING`.
  ///
  /// @param step position from 0
  void stepStarted(long run, int step, Instant at);

  /// Gives a step its final state.
  ///
  /// @param rows rows written, judged or loaded
  /// @param message what it did, or why it failed
  void stepFinished(long run, int step, RunState state, Instant at, long rows, String message);

  /// Gives the run its final state; steps still `QUEUED` become `SKIPPED` with it.
  ///
  /// @param message why it failed, with the remedy; empty when it did not
  void finish(long run, RunState state, Instant at, String message);

  /// Gives up an open run whose states could not be kept: it and its running step become `FAILED`,
  /// steps still `QUEUED` become `SKIPPED`, when runs are next read. Never fails and never waits:
  /// the store may not answer.
  ///
  /// @param message why
  void giveUp(long run, Instant at, String message);

  Optional<FlowRun> find(long run);

  /// Runs of the pipeline from the newest back, at most `limit`.
  List<FlowRun> recent(String pipeline, int limit);

  /// Ends the open runs of processes that are gone: the run and its running step become `FAILED`
  /// with {@link #PROCESS_ENDED}, later steps `SKIPPED`.
  ///
  /// @return ids of the runs it ended
  List<Long> failAbandoned(Instant at);
}
