package dev.millrace.engine.assembly;

import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.flow.StepExecutor;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.FlowDefinition.Step;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.quality.LoadHold;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.transform.BuildOutcome;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.warehouse.LoadOutcome;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.LoadScope;
import dev.millrace.engine.warehouse.Reconciliation;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Carries out the steps of one pipeline. Steps that change tables belong to one thread at a time.
final class Steps implements StepExecutor {

  private final Pipeline pipeline;
  private final EngineParts parts;
  private final Lake lake;
  private final Map<String, FeedStream> streams;
  private final QualityWork quality;
  private final EventLog log;
  private final InstantSource clock;
  private final BuildTable build = new BuildTable();

  Steps(
      Pipeline pipeline,
      EngineParts parts,
      Lake lake,
      Map<String, FeedStream> streams,
      QualityWork quality,
      EventLog log,
      InstantSource clock) {
    this.pipeline = pipeline;
    this.parts = parts;
    this.lake = lake;
    this.streams = streams;
    this.quality = quality;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public StepOutcome execute(Step step, Progress progress) {
    return execute(step, Optional.empty(), progress);
  }

  @Override
  public StepOutcome execute(Step step, long run, Progress progress) {
    return execute(step, Optional.of(run), progress);
  }

  private StepOutcome execute(Step step, Optional<Long> run, Progress progress) {
    return parts
        .meters()
        .step(pipeline.name(), step.name())
        .record(() -> perform(step, run, progress));
  }

  private StepOutcome perform(Step step, Optional<Long> run, Progress progress) {
    return switch (step) {
      case Step.CatchUp catchUp -> catchUp(catchUp.feed(), progress);
      case Step.Transform transform -> transform(transform.table(), progress);
      case Step.Check check -> check(check, run, progress);
      case Step.Load _ -> {
        LoadOutcome outcome = loadAll(progress);
        yield new StepOutcome(outcome.written(), summary(outcome));
      }
    };
  }

  /// What a step is about, for lists of rows.
  static String subject(Step step) {
    return switch (step) {
      case Step.CatchUp catchUp -> catchUp.feed();
      case Step.Transform transform -> transform.table().toString();
      case Step.Check check -> check.table().toString();
      case Step.Load _ -> "warehouse";
    };
  }

  private StepOutcome catchUp(String feed, Progress progress) {
    FeedStream stream = streams.get(feed);
    if (stream == null) {
      throw new IllegalStateException("No feed " + feed);
    }
    long events = stream.catchUp(progress);
    return new StepOutcome(events, "%,d events of %s taken in".formatted(events, feed));
  }

  private StepOutcome transform(TableName name, Progress progress) {
    DerivedTable table =
        pipeline.table(name).orElseThrow(() -> new IllegalStateException("No table " + name));
    SqlEngine engine = parts.engines().transforming(pipeline);
    return switch (build.build(pipeline, table, lake, engine, clock.instant(), progress)) {
      case BuildOutcome.Built built -> {
        String message = built(name, built);
        log.tell(Severity.GOOD, Tell.part(name), message);
        yield new StepOutcome(built.rowsWritten(), message);
      }
      case BuildOutcome.UpToDate current ->
          new StepOutcome(
              0,
              "%s is up to date: %s, version %d"
                  .formatted(name, Count.of(current.rowsNow(), "row"), current.version()));
    };
  }

  private static String built(TableName name, BuildOutcome.Built built) {
    String done =
        switch (built.mode()) {
          case BuildOutcome.Mode.Appended() ->
              "%s added, %s now"
                  .formatted(
                      Count.of(built.rowsWritten(), "row"), Count.of(built.rowsNow(), "row"));
          case BuildOutcome.Mode.Rewrote(int files) ->
              "%s written anew or added in place of %s, %s now"
                  .formatted(
                      Count.of(built.rowsWritten(), "row"),
                      Count.of(files, "file"),
                      Count.of(built.rowsNow(), "row"));
          case BuildOutcome.Mode.Rebuilt(String reason) ->
              "built whole, for %s: %s".formatted(reason, Count.of(built.rowsNow(), "row"));
        };
    return "%s: %s; %s (%.1f MB) read, %.1f s, version %d"
        .formatted(
            name,
            done,
            Count.of(built.read().rows(), "row"),
            built.read().bytes() / 1e6,
            built.duration().toMillis() / 1e3,
            built.version());
  }

  private StepOutcome check(Step.Check check, Optional<Long> run, Progress progress) {
    TableName name = check.table();
    ValidationResult result = quality.check(name, check.onlyNew(), run, progress);
    String message = QualityWork.summary(result);
    String failed = message + "; not met: '" + String.join("', '", result.failingInWords()) + "'";
    switch (result.worst()) {
      case STOP_FLOW ->
          throw new MillraceException(
              ErrorCode.QUALITY,
              failed,
              "mend the data or the suite, or decide about the rows in quarantine; nothing that"
                  + " comes after it was done");
      case STOP_LOAD ->
          log.tell(Severity.FAILURE, "Quality", failed + "; the warehouse keeps what it has");
      case WARN -> log.tell(Severity.WARNING, "Quality", failed);
      case RECORD -> {}
    }
    return new StepOutcome(result.results().size(), message);
  }

  /// Loads the warehouse; rows of the outcome are those each table holds now.
  Outcome load(Progress progress) {
    LoadOutcome outcome = loadAll(progress);
    return new Outcome.Done(summary(outcome), outcome.rows());
  }

  Outcome previewLoad(Progress progress) {
    LoadPreview preview = parts.warehouse().preview(pipeline, lake, parts.sql(), progress);
    Optional<LoadHold> hold = quality.loadHold();
    return new Outcome.LoadPlanned(
        hold.map(h -> h.what() + "; " + preview.summaryHeld()).orElseGet(preview::summary),
        preview,
        hold);
  }

  Outcome reconcile(Progress progress) {
    Reconciliation found = parts.warehouse().reconcile(pipeline, lake, parts.sql(), progress);
    return new Outcome.Reconciled(found.summary(), found);
  }

  /// Loads again what differs from the lake, and what is new.
  Outcome mendWarehouse(Progress progress) {
    Reconciliation found = parts.warehouse().reconcile(pipeline, lake, parts.sql(), progress);
    LoadScope scope = found.mending();
    LoadOutcome outcome = loadAll(scope, progress);
    long partitions = scope.anew().values().stream().mapToLong(Set::size).sum();
    return new Outcome.Done(
        "%s that differed %s loaded again; %s"
            .formatted(Count.of(partitions, "partition"), Count.was(partitions), summary(outcome)),
        outcome.rows());
  }

  private LoadOutcome loadAll(Progress progress) {
    return loadAll(LoadScope.NEWS, progress);
  }

  private LoadOutcome loadAll(LoadScope scope, Progress progress) {
    quality.requireLoadable();
    LoadOutcome outcome =
        parts.warehouse().load(pipeline, lake, parts.sql(), scope, clock.instant(), progress);
    parts.meters().loaded(pipeline.name()).increment(outcome.written());
    return outcome;
  }

  private static String summary(LoadOutcome outcome) {
    return outcome.changed()
        ? "%s loaded into %s"
            .formatted(
                Count.of(outcome.written(), "row"),
                Count.of(outcome.tables().stream().filter(t -> t.changed()).count(), "table"))
        : "the warehouse holds the newest state already; nothing was touched";
  }
}
