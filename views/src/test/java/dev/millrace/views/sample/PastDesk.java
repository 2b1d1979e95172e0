package dev.millrace.views.sample;

import dev.millrace.views.Preferences;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.TaskExecutor;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.text.Clock;
import dev.millrace.views.time.TimeCursor;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// A desk on the made-up building's past, whose answers come on the calling thread.
///
/// @param looks what was asked of the past, and what is held back
public record PastDesk(
    SampleEngine engine,
    HistoryDesk desk,
    Preferences preferences,
    TimeCursor cursor,
    Clock clock,
    Looks looks) {

  public static PastDesk of(Case now) {
    return of(now, Preferences.inMemory());
  }

  public static PastDesk of(Case now, Preferences preferences) {
    SampleEngine engine = new SampleEngine(now);
    Looks looks = new Looks();
    HistoryDesk desk = new HistoryDesk(engine, SamplePipeline.NAME, looks, Runnable::run);
    return new PastDesk(
        engine,
        desk,
        preferences,
        new TimeCursor(desk, preferences),
        new Clock(ZoneOffset.UTC),
        looks);
  }

  /// Looks at the past at once, unless they are held back.
  public static final class Looks implements TaskExecutor {

    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean holds;
    private int asked;

    @Override
    public void execute(Runnable work) {
      asked++;
      if (holds) {
        held.add(work);
      } else {
        work.run();
      }
    }

    @Override
    public void close() {}

    /// How many there were so far.
    public int asked() {
      return asked;
    }

    public void hold() {
      holds = true;
    }

    public void release() {
      holds = false;
      while (!held.isEmpty()) {
        held.remove().run();
      }
    }
  }

  /// What is the case; the cursor has taken it in.
  public Moment moment() {
    Moment moment =
        new Moment(engine.time(), engine.snapshot(), SamplePipeline.NAME, Optional.empty());
    cursor.pulse(moment);
    return moment;
  }
}
