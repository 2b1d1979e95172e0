package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.care.AuditTrail;
import dev.millrace.engine.care.CareReport;
import dev.millrace.engine.care.TableCare;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.RunFlow;
import dev.millrace.engine.flow.RunState;
import dev.millrace.engine.flow.StepExecutor.StepOutcome;
import dev.millrace.engine.history.LakeReadings;
import dev.millrace.engine.history.ReadingHistory;
import dev.millrace.engine.history.SilverVerdicts;
import dev.millrace.engine.ingest.kafka.KafkaRecords;
import dev.millrace.engine.ingest.kafka.KafkaReplayTopic;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveState;
import dev.millrace.engine.model.Parts;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.FlowDefinition;
import dev.millrace.engine.pipeline.FlowDefinition.Step;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.quality.SuitesInForce;
import dev.millrace.engine.transform.SqlEngine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One pipeline of an engine: its lake, its streams, what it saw last, and how its commands are
/// carried out. Any thread may call; see {@link LocalEngine} for what runs beside what.
public final class PipelineHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineHost.class);

  private final Pipeline pipeline;
  private final EngineParts parts;
  private final InstantSource clock;
  private final Lake lake;
  private final LiveState live;
  private final FollowSilver followSilver;
  private final CompletableFuture<Void> seeded;
  private final Map<String, FeedStream> streams = new LinkedHashMap<>();
  private final Steps steps;
  private final LetterWork letterWork;
  private final TableCare care;
  private final Optional<ReadingHistory> readings;
  private final Questions questions;
  private final QualityWork quality;
  private final SuitesInForce suites;

  /// @param engine takes the host's own wishes, as a person's
  PipelineHost(
      Pipeline pipeline,
      EngineParts parts,
      EventLog log,
      InstantSource clock,
      Function<Command, Work> engine) {
    this.pipeline = pipeline;
    this.parts = parts;
    this.clock = clock;
    this.lake = parts.lake(pipeline.name());
    this.live = new LiveState(pipeline.feeds().getFirst(), pipeline.ranges(), clock);
    this.followSilver =
        new FollowSilver(
            new SilverVerdicts(pipeline, pipeline.feeds().getFirst(), lake, parts.sql()), live);
    this.seeded =
        CompletableFuture.runAsync(
            () -> seed(log), task -> Thread.ofPlatform().name("engine-seed").start(task));
    for (Feed feed : pipeline.feeds()) {
      boolean shown = feed.equals(pipeline.feeds().getFirst());
      streams.put(
          feed.name(),
          new FeedStream(
              pipeline,
              feed,
              parts,
              lake,
              shown ? live : EventListener.NONE,
              seeded,
              log,
              new MergeBronzeFiles(pipeline.name(), engine)));
    }
    this.suites = new SuitesInForce(pipeline, parts.home());
    this.quality = new QualityWork(pipeline, suites, parts.control(), lake, parts.sql(), clock);
    this.steps = new Steps(pipeline, parts, lake, streams, quality, log, clock);
    DeadLetters letters =
        new DeadLetters(
            pipeline,
            lake,
            parts.sql(),
            feed -> KafkaReplayTopic.open(parts.endpoints().kafka(), pipeline.name(), feed),
            clock);
    this.letterWork = new LetterWork(letters);
    this.questions = new Questions(pipeline, parts, lake, letters);
    this.care =
        new TableCare(
            pipeline,
            lake,
            parts.sql(),
            new AuditTrail(parts.home().audit()),
            clock,
            OutsideCopies.of(pipeline, lake, parts));
    this.readings =
        LakeReadings.of(
            pipeline,
            pipeline.feeds().getFirst(),
            lake,
            parts.sql(),
            new KafkaRecords(parts.endpoints().kafka())::value,
            (table, key) -> parts.warehouse().row(pipeline, table, key),
            live::unjudged);
  }

  private void seed(EventLog log) {
    try {
      followSilver.takeIn();
      new SeedLive(pipeline.feeds().getFirst(), pipeline.ranges(), lake, parts.sql()).into(live);
    } catch (MillraceException e) {
      LOG.warn("The last 24 hours of {} cannot be shown", pipeline.name(), e);
      log.tell(Severity.WARNING, "Bronze", "The last 24 hours cannot be shown: " + e.what());
    }
  }

  public Pipeline pipeline() {
    return pipeline;
  }

  public Lake lake() {
    return lake;
  }

  public SqlEngine sql() {
    return parts.sql();
  }

  LiveState live() {
    return live;
  }

  /// What one entity of the pipeline's first feed said last, for a trend of it; empty when it was
  /// never heard. Quick.
  public Optional<LiveSnapshot.History> history(String entity) {
    return live.history(entity);
  }

  /// The readings of the pipeline's first feed in the lake, by time; empty when its events say not
  /// who read what.
  Optional<ReadingHistory> readings() {
    return readings;
  }

  /// Hears of the tables as they stand.
  void saw(Map<TableName, LakeSnapshot> tables) {
    if (seeded.isDone()) {
      followSilver.saw(tables);
    }
  }

  /// Runs of the pipeline's flows, newest first.
  ///
  /// @param limit at most this many
  public List<FlowRun> runs(int limit) {
    return parts.control().flowRuns().recent(pipeline.name(), limit);
  }

  /// Notes that data of the demo is in the tables.
  public void markDemo() {
    parts.control().settings().markDemo(pipeline.name());
  }

  /// Stream of a feed.
  ///
  /// @throws MillraceException `USAGE` when the pipeline has no such feed
  FeedStream stream(String feed) {
    FeedStream stream = streams.get(feed);
    if (stream == null) {
      throw new MillraceException(
          ErrorCode.USAGE,
          pipeline.name() + " has no feed '" + feed + "'",
          "it has " + String.join(", ", streams.keySet()));
    }
    return stream;
  }

  List<FeedStream> streams() {
    return List.copyOf(streams.values());
  }

  PipelineStatus status(StatusPoller poller) {
    StatusPoller.Known known = poller.known(pipeline.name());
    return new PipelineStatus(
        pipeline.withSuites(suites.known()),
        known.demo(),
        streams.values().stream().map(s -> s.status(known)).toList(),
        known.tables(),
        known.loads(),
        known.runs(),
        live.snapshot());
  }

  /// Carries out a command on the calling thread.
  ///
  /// @throws MillraceException when it fails
  Outcome perform(Command command, Progress progress) {
    return switch (command) {
      case Command.StartStream start -> {
        stream(start.feed()).start();
        yield done("The stream of " + start.feed() + " runs");
      }
      case Command.StopStream stop -> {
        FeedStream stream = stream(stop.feed());
        stream.stop();
        yield done("The stream of " + stop.feed() + " stands; all it took in is committed");
      }
      case Command.CatchUp catchUp ->
          done(steps.execute(new Step.CatchUp(stream(catchUp.feed()).feed().name()), progress));
      case Command.Transform transform ->
          perform(
              tables(transform.table()).stream().map(t -> (Step) new Step.Transform(t)).toList(),
              progress);
      case Command.Check check ->
          perform(
              suites(check.table()).stream().map(t -> (Step) new Step.Check(t)).toList(), progress);
      case Command.Load _ -> steps.load(progress);
      case Command.PreviewLoad _ -> steps.previewLoad(progress);
      case Command.Reconcile _ -> steps.reconcile(progress);
      case Command.MendWarehouse _ -> steps.mendWarehouse(progress);
      case Command.RunFlow run -> runFlow(run.flow(), progress);
      case Command.FindLetters find -> letterWork.find(find);
      case Command.PreviewReplay preview -> letterWork.preview(preview);
      case Command.ReplayLetters replay -> letterWork.replay(replay, progress);
      case Command.DiscardLetters discard -> letterWork.discard(discard, progress);
      case Command.RestoreLetters restore -> letterWork.restore(restore, progress);
      case Command.SettleReplays settle -> letterWork.settle(settle);
      case Command.ExportLetters export -> letterWork.export(export);
      case Command.CareForTables work -> cared(care.carryOut(work.order(), progress));
      case Command.PreviewCare work -> cared(care.preview(work.order(), progress));
      case Command.Quality work -> quality.perform(work.order(), progress);
      case Command.SuggestFields suggest ->
          new OfferFields(lake, parts.sql()).of(stream(suggest.feed()).feed(), suggest.rows());
      case Command.RestartDatabase _ -> restartDatabase(progress);
      case Command.Ask ask -> questions.answer(ask.question(), progress);
    };
  }

  private Outcome restartDatabase(Progress progress) {
    if (!parts.keeper().restartsDatabase()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "The database is not run by this process, which therefore cannot start it again",
          "start it where it runs: for the services of a home, end `millrace services` and start it"
              + " again");
    }
    parts.keeper().restartDatabase(progress);
    return done("PostgreSQL answers again on its data and port");
  }

  private Outcome perform(List<Step> wanted, Progress progress) {
    Map<String, Long> rows = new LinkedHashMap<>();
    List<String> messages = new ArrayList<>();
    Parts parts = new Parts(progress, wanted.size());
    for (Step step : wanted) {
      parts.begin(messages.size(), "");
      StepOutcome outcome = steps.execute(step, wanted.size() == 1 ? progress : parts);
      rows.put(Steps.subject(step), outcome.rows());
      messages.add(outcome.message());
    }
    return new Outcome.Done(String.join("; ", messages), rows);
  }

  private Outcome runFlow(String name, Progress progress) {
    FlowDefinition flow =
        pipeline
            .flow(name)
            .orElseThrow(
                () ->
                    new MillraceException(
                        ErrorCode.USAGE,
                        pipeline.name() + " has no flow '" + name + "'",
                        "it has "
                            + String.join(
                                ", ",
                                pipeline.flows().stream().map(FlowDefinition::name).toList())));
    FlowRun run =
        new RunFlow(parts.control().flowRuns(), steps, clock).run(pipeline.name(), flow, progress);
    String ended = run.state().name().toLowerCase(Locale.ROOT);
    parts.meters().flowRuns(pipeline.name(), flow.name(), ended).increment();
    return switch (run.state()) {
      case SUCCEEDED -> {
        Map<String, Long> rows = new LinkedHashMap<>();
        run.steps().forEach(step -> rows.put(step.step(), step.rows()));
        yield new Outcome.Done(
            "Flow " + name + " succeeded, run " + run.id() + " with " + rows.size() + " steps",
            rows);
      }
      case CANCELLED -> new Outcome.Cancelled("Run " + run.id() + " of " + name + " was cancelled");
      case FAILED, SKIPPED, QUEUED, RUNNING ->
          throw new MillraceException(
              run.state() == RunState.FAILED ? ErrorCode.QUALITY : ErrorCode.INTERNAL,
              "Run " + run.id() + " of flow " + name + " failed at " + run.message(),
              "mend it and run the flow again; what the steps before it committed stands");
    };
  }

  private List<TableName> tables(Optional<TableName> wanted) {
    if (wanted.isEmpty()) {
      return pipeline.tables().stream().map(DerivedTable::name).toList();
    }
    if (pipeline.table(wanted.get()).isEmpty()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          pipeline.name() + " derives no table " + wanted.get(),
          "'millrace pipeline show " + pipeline.name() + "' lists what it builds");
    }
    return List.of(wanted.get());
  }

  private List<TableName> suites(Optional<TableName> wanted) {
    if (wanted.isEmpty()) {
      return suites.all().keySet().stream().sorted().toList();
    }
    if (!suites.all().containsKey(wanted.get())) {
      throw new MillraceException(
          ErrorCode.USAGE,
          pipeline.name() + " has no suite for " + wanted.get(),
          "put one in force with 'millrace quality accept', or add one under 'quality' in its"
              + " pipeline.yaml");
    }
    return List.of(wanted.get());
  }

  private static Outcome cared(CareReport report) {
    return new Outcome.Cared(report.summary(), report);
  }

  private static Outcome done(String summary) {
    return new Outcome.Done(summary, Map.of());
  }

  private Outcome done(StepOutcome outcome) {
    return new Outcome.Done(outcome.message(), Map.of("events", outcome.rows()));
  }

  @Override
  public void close() {
    seeded.join();
    streams.values().forEach(FeedStream::close);
    followSilver.close();
  }
}
