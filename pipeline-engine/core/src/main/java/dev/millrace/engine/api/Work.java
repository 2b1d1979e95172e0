package dev.millrace.engine.api;

import java.util.concurrent.CompletableFuture;

/// Work in progress. Any thread may call.
public interface Work {

  long id();

  Command command();

  /// Completes with the outcome; never exceptionally.
  CompletableFuture<Outcome> outcome();

  /// Asks the work to stop; what it committed stays.
  void cancel();
}
