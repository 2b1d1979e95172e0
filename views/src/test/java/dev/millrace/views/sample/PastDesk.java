package dev.millrace.views.sample;

import dev.millrace.views.Preferences;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.TaskExecutor;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.text.Clock;
import dev.millrace.views.time.TimeCursor;
import java.time.ZoneOffset;
import java.util.Optional;

/// A desk on the made-up building's past, whose answers come on the calling thread.
public record PastDesk(
    SampleEngine engine,
    HistoryDesk desk,
    Preferences preferences,
    TimeCursor cursor,
    Clock clock) {

  public static PastDesk of(Case now) {
    return of(now, Preferences.inMemory());
  }

  public static PastDesk of(Case now, Preferences preferences) {
    SampleEngine engine = new SampleEngine(now);
    HistoryDesk desk = new HistoryDesk(engine, SamplePipeline.NAME, HERE, Runnable::run);
    return new PastDesk(
        engine, desk, preferences, new TimeCursor(desk, preferences), new Clock(ZoneOffset.UTC));
  }

  private static final TaskExecutor HERE =
      new TaskExecutor() {
        @Override
        public void execute(Runnable work) {
          work.run();
        }

        @Override
        public void close() {}
      };

  /// What is the case; the cursor has taken it in.
  public Moment moment() {
    Moment moment =
        new Moment(engine.time(), engine.snapshot(), SamplePipeline.NAME, Optional.empty());
    cursor.pulse(moment);
    return moment;
  }
}
