package dev.millrace.views.desk;

import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Stand;
import java.time.Instant;
import java.util.function.Consumer;

/// Long work of the program beside the engine, shown at the window's foot until it is closed, for
/// example the filling of demo data. Any thread may call.
public final class ProgramWork implements Progress, AutoCloseable {

  private final long id;
  private final String title;
  private final Instant since;
  private final Consumer<ProgramWork> ended;
  private volatile Stand stand = new Stand("", 0, 0);
  private volatile boolean cancelled;

  /// @param ended told when it is over
  ProgramWork(long id, String title, Instant since, Consumer<ProgramWork> ended) {
    this.id = id;
    this.title = title;
    this.since = since;
    this.ended = ended;
  }

  /// Below zero, where no work of the engine is counted.
  public long id() {
    return id;
  }

  public String title() {
    return title;
  }

  public Instant since() {
    return since;
  }

  /// How far it is.
  public Stand stand() {
    return stand;
  }

  @Override
  public void report(String what, long done, long total) {
    stand = new Stand(what, done, total);
  }

  @Override
  public void report(String what, long done, long total, double whole) {
    stand = new Stand(what, done, total, whole);
  }

  void cancel() {
    cancelled = true;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  /// It is over, however it ended.
  @Override
  public void close() {
    ended.accept(this);
  }
}
