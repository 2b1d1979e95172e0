package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Stand;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// Work that was submitted: its progress, and the wish to cancel it. Any thread may call.
final class RunningWork implements Work, Progress {

  private final long id;
  private final Command command;
  private final Instant since;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private volatile WorkStatus status;
  private volatile boolean cancelled;

  RunningWork(long id, Command command, Instant since) {
    this.id = id;
    this.command = command;
    this.since = since;
    this.status = new WorkStatus(id, command, since, Stand.WAITS);
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public Command command() {
    return command;
  }

  @Override
  public CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void report(String what, long done, long total) {
    status = new WorkStatus(id, command, since, what, done, total);
  }

  @Override
  public void report(String what, long done, long total, double whole) {
    status = new WorkStatus(id, command, since, new Stand(what, done, total, whole));
  }

  WorkStatus status() {
    return status;
  }
}
