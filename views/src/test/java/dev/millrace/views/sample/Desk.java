package dev.millrace.views.sample;

import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.TaskExecutor;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.sample.SampleEngine.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A command desk on the made-up building where everything happens on the calling thread.
public record Desk(
    CommandDesk desk, SampleEngine engine, SampleSimulator simulator, List<Toast> toasts) {

  private static final TaskExecutor HERE =
      new TaskExecutor() {
        @Override
        public void execute(Runnable work) {
          work.run();
        }

        @Override
        public void close() {}
      };

  public static Desk of(Case now) {
    return on(now, HERE);
  }

  /// One whose work is done by another.
  public static Desk on(Case now, TaskExecutor executor) {
    SampleEngine engine = new SampleEngine(now);
    SampleSimulator simulator = new SampleSimulator(now != Case.EMPTY, 100);
    List<Toast> toasts = new ArrayList<>();
    return new Desk(
        new CommandDesk(engine, Optional.of(simulator), executor, Runnable::run, toasts::add),
        engine,
        simulator,
        toasts);
  }

  /// A desk on its past whose answers come on the calling thread too.
  public HistoryDesk history() {
    return new HistoryDesk(engine, SamplePipeline.NAME, HERE, Runnable::run);
  }

  public Moment moment() {
    Moment moment =
        new Moment(
            engine.time(), engine.snapshot(), SamplePipeline.NAME, Optional.of(simulator.status()));
    desk.show(moment);
    return moment;
  }
}
