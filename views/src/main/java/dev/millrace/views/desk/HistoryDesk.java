package dev.millrace.views.desk;

import dev.millrace.engine.api.PipelineEngine;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.history.ReadingHistory;
import dev.millrace.engine.live.LiveSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where rooms ask about the past. FX thread only; the engine is asked on the task executor.
public final class HistoryDesk {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryDesk.class);

  private final PipelineEngine engine;
  private final String pipeline;
  private final TaskExecutor executor;
  private final UiThread ui;
  private int underWay;
  private CompletableFuture<Boolean> settled = CompletableFuture.completedFuture(true);

  public HistoryDesk(PipelineEngine engine, String pipeline, TaskExecutor executor, UiThread ui) {
    this.engine = engine;
    this.pipeline = pipeline;
    this.executor = executor;
    this.ui = ui;
  }

  /// A question that is asked again and again, of which only the newest matters.
  ///
  /// @param ask runs off the FX thread
  /// @param answered hears each answer on the FX thread, none after {@link Lookup#forget}
  /// @param failed hears on the FX thread what a person should know
  public <Q, A> Lookup<Q, A> lookup(
      BiFunction<ReadingHistory, Q, A> ask, Consumer<A> answered, Consumer<Trouble> failed) {
    return new Lookup<>(this, ask, answered, failed);
  }

  /// What one entity said last, as the live state knows it. Quick.
  public Optional<LiveSnapshot.History> live(String entity) {
    return engine.history(pipeline, entity);
  }

  /// Completes when no question is under way. May be waited for off the FX thread.
  public CompletableFuture<Boolean> settled() {
    return settled;
  }

  /// Why there is no answer.
  public record Trouble(String what, String remedy) {}

  <Q, A> void ask(
      Q question,
      BiFunction<ReadingHistory, Q, A> ask,
      Consumer<A> answered,
      Consumer<Trouble> failed) {
    if (underWay++ == 0) {
      settled = new CompletableFuture<>();
    }
    CompletableFuture<Boolean> open = settled;
    executor.execute(
        () -> {
          try {
            Optional<ReadingHistory> readings = engine.readings(pipeline);
            if (readings.isEmpty()) {
              hear(open, () -> failed.accept(NO_HISTORY));
              return;
            }
            A answer = ask.apply(readings.get(), question);
            hear(open, () -> answered.accept(answer));
          } catch (MillraceException e) {
            LOG.warn("{} cannot be told", question, e);
            hear(open, () -> failed.accept(new Trouble(e.what(), e.remedy())));
          } catch (RuntimeException e) {
            LOG.error("{} cannot be told: a fault of ours", question, e);
            hear(
                open,
                () ->
                    failed.accept(new Trouble("A fault of ours: " + e, "see the log for details")));
          }
        });
  }

  private static final Trouble NO_HISTORY =
      new Trouble(
          "This pipeline's events do not say who read what",
          "name entity and value under 'roles' in its pipeline.yaml");

  private void hear(CompletableFuture<Boolean> open, Runnable answer) {
    ui.run(
        () -> {
          answer.run();
          if (--underWay == 0) {
            open.complete(true);
          }
        });
  }
}
