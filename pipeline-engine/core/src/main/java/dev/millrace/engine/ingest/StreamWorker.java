package dev.millrace.engine.ingest;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.lake.DataFiles;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.FeedFlow;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.model.Trouble;
import dev.millrace.engine.pipeline.Feed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One worker of a feed's stream: events from the topic into Bronze and the dead letters, each
/// exactly once, whatever is killed or restarted.
///
/// Runs once, from {@link #start()} until {@link #stop()} or a failure that does not pass by
/// itself; a new start needs a new worker. Several workers, also in other processes, may share a
/// feed: the source deals the partitions out, and the tables' markers decide who may commit.
///
/// Any thread may call any method. Two threads do the work: `stream <pipeline>/<feed>` reads and
/// decodes, `commit <pipeline>/<feed>` writes files and commits. A third, `watch
/// <pipeline>/<feed>`, looks once a second whether they get on.
public final class StreamWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamWorker.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final StreamSetting setting;
  private final Supplier<? extends EventSource> sources;
  private final Lake lake;
  private final DataFiles files;
  private final Duration firstWait;
  private final Watchdog.Patience patience;
  private final Vitals vitals;
  private final CatchUps catchUps = new CatchUps();
  private final CompletableFuture<StreamProgress> ended = new CompletableFuture<>();
  private final AtomicReference<StreamState> state = new AtomicReference<>(StreamState.NEW);
  private volatile StreamProgress progress = none(StreamState.NEW, Optional.empty());
  private volatile @Nullable EventSource source;
  private volatile boolean stopRequested;
  private final CountDownLatch stopAsked = new CountDownLatch(1);

  /// As the other, for a topic that nobody can look at from outside and commits nobody hears of.
  public StreamWorker(
      String pipeline,
      Feed feed,
      Supplier<? extends EventSource> sources,
      Lake lake,
      DataFiles files,
      EventListener listener,
      Meters meters,
      InstantSource clock) {
    this(
        StreamSetting.of(pipeline, feed, listener, meters, clock),
        sources,
        lake,
        files,
        CommitLane.FIRST_WAIT,
        Watchdog.Patience.STANDARD);
  }

  /// @param sources makes a source, on the stream's thread, and another when the first brings
  ///   nothing; the worker closes it
  /// @param listener hears of every decoded event before its commit, on the stream's thread
  public StreamWorker(
      String pipeline,
      Feed feed,
      Supplier<? extends EventSource> sources,
      Lake lake,
      DataFiles files,
      EventListener listener,
      Meters meters,
      InstantSource clock,
      CommitListener commits,
      TroubleListener troubles,
      TopicEnds topicEnds) {
    this(
        StreamSetting.of(
            pipeline,
            feed,
            listener,
            meters,
            clock,
            commits,
            troubles,
            Optional.of(topicEnds),
            System::nanoTime),
        sources,
        lake,
        files,
        CommitLane.FIRST_WAIT,
        Watchdog.Patience.STANDARD);
  }

  /// @param firstWait between a failed commit and the next try
  StreamWorker(
      StreamSetting setting,
      Supplier<? extends EventSource> sources,
      Lake lake,
      DataFiles files,
      Duration firstWait,
      Watchdog.Patience patience) {
    this.patience = patience;
    vitals = new Vitals(setting.nanos());
    this.setting = setting;
    this.sources = sources;
    this.lake = lake;
    this.files = files;
    this.firstWait = firstWait;
  }

  /// Begins; returns at once.
  ///
  /// @throws IllegalStateException when it was started before
  public void start() {
    if (!state.compareAndSet(StreamState.NEW, StreamState.STARTING)) {
      throw new IllegalStateException("Stream " + setting.name() + " was started before");
    }
    progress = none(StreamState.STARTING, Optional.empty());
    Thread.ofPlatform().name("stream " + setting.name()).start(this::run);
  }

  /// Asks it to commit what it has read and to end. Where the commit cannot be made within 20
  /// seconds the rows are dropped; the next worker reads them again.
  ///
  /// @return completes with the last picture when it has ended; never exceptionally
  public CompletableFuture<StreamProgress> stop() {
    stopRequested = true;
    stopAsked.countDown();
    if (state.compareAndSet(StreamState.NEW, StreamState.STOPPED)) {
      progress = none(StreamState.STOPPED, Optional.empty());
      catchUps.end(Optional.empty());
      ended.complete(progress);
    }
    EventSource current = source;
    if (current != null) {
      current.wakeup();
    }
    return ended;
  }

  /// Completes when it has ended, by {@link #stop()} or by a failure; never exceptionally.
  public CompletableFuture<StreamProgress> ended() {
    return ended.copy();
  }

  /// Completes when the tables hold all that stood in the topic, in every partition, when it was
  /// asked; fails with a {@link MillraceException} when the worker ends before.
  public CompletableFuture<Void> catchUp() {
    CompletableFuture<Void> future = catchUps.ask();
    EventSource current = source;
    if (current != null) {
      current.wakeup();
    }
    return future;
  }

  /// What it is doing, as of a tenth of a second ago, and what keeps it from going on now.
  public StreamProgress progress() {
    StreamProgress last = progress;
    return last.state().ended() ? last : last.with(setting.troubles().now());
  }

  /// Stops and waits for the end.
  @Override
  public void close() {
    stop().join();
  }

  private void run() {
    Optional<MillraceException> failure = Optional.empty();
    try {
      runUntilStopped();
    } catch (RuntimeException | Error e) {
      MillraceException cause = Internal.fault("loop", e);
      failure = Optional.of(cause);
      LOG.error("Stream {} failed: {}. To do: {}", setting.name(), cause.what(), cause.remedy(), e);
    }
    StreamState last = failure.isPresent() ? StreamState.FAILED : StreamState.STOPPED;
    setting.troubles().endAll();
    progress = ending(last, failure);
    state.set(last);
    setting.lag().flowsNoMore();
    catchUps.end(failure);
    ended.complete(progress);
  }

  private void runUntilStopped() {
    Optional<BatchCommitter> opened = committer();
    if (opened.isPresent()) {
      runUntilStopped(opened.get());
    }
  }

  /// Opens the tables. A lake that does not answer is waited for, as when a commit meets it; what
  /// the lake refuses is a failure. Empty when it was asked to stop first.
  private Optional<BatchCommitter> committer() {
    CommitLane.Waits waits = new CommitLane.Waits(firstWait);
    while (!stopRequested) {
      try {
        BatchCommitter committer =
            new BatchCommitter(setting.feed(), lake, files, setting.commits());
        setting.troubles().end(Trouble.Kind.COMMIT_FAILING);
        progress = none(StreamState.STARTING, Optional.empty());
        return Optional.of(committer);
      } catch (MillraceException e) {
        if (e.code() != ErrorCode.SERVICE) {
          throw e;
        }
        setting.troubles().begin(Trouble.Kind.COMMIT_FAILING, e.what(), e.remedy(), e);
        progress = none(StreamState.STARTING, Optional.of(e));
      }
      try {
        if (stopAsked.await(waits.next().toNanos(), TimeUnit.NANOSECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException("Nobody interrupts this thread", e);
      }
    }
    return Optional.empty();
  }

  private void runUntilStopped(BatchCommitter committer) {
    try (CommitLane lane =
            new CommitLane(setting.name(), committer, firstWait, vitals, setting.troubles());
        StreamLoop loop =
            new StreamLoop(
                setting, sources.get(), committer, lane, catchUps, vitals, p -> progress = p)) {
      source = loop.source();
      lane.start();
      loop.source().open(loop);
      state.set(StreamState.RUNNING);
      loop.picture(StreamState.RUNNING);
      LOG.info("Stream {} runs", setting.name());
      Thread.ofPlatform().name("watch " + setting.name()).daemon().start(this::watch);
      while (!stopRequested) {
        loop.turn();
        if (vitals.takeReopenWish()) {
          LOG.warn("Stream {} makes a fresh connection to its source", setting.name());
          loop.reopen(sources.get());
          source = loop.source();
        }
      }
      state.set(StreamState.STOPPING);
      loop.picture(StreamState.STOPPING);
      boolean settled = loop.settle(StreamLoop.PATIENCE);
      loop.picture(StreamState.STOPPING);
      LOG.info("Stream {} stopped, {}", setting.name(), settled ? "all committed" : "rows dropped");
    } finally {
      source = null;
    }
  }

  private void watch() {
    Watchdog watchdog =
        new Watchdog(
            setting.feed().kafka().topic(),
            vitals,
            setting.troubles(),
            patience,
            setting.topicEnds());
    boolean blind = false;
    while (!ended.isDone()) {
      try {
        watchdog.look(setting.nanos().getAsLong());
        blind = false;
      } catch (RuntimeException e) {
        if (!blind) {
          LOG.error("The watchdog of stream {} sees nothing for now", setting.name(), e);
        }
        blind = true;
      }
      try {
        var _ = ended.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        // It still runs: look again.
      } catch (InterruptedException | ExecutionException e) {
        LOG.error("Nobody watches over stream {} any more", setting.name(), e);
        return;
      }
    }
  }

  /// The last picture of the loop, in its last state; a failure's words replace passing ones.
  private StreamProgress ending(StreamState last, Optional<MillraceException> failure) {
    StreamProgress p = progress;
    return new StreamProgress(
        last,
        p.events(),
        p.bronzeRows(),
        p.deadLetters(),
        p.late(),
        p.lateness(),
        p.unknownFields(),
        p.lostToRetention(),
        0,
        0,
        p.commits(),
        p.watermark(),
        p.lastCommit(),
        p.partitions(),
        failure.map(MillraceException::what).orElse(p.message()),
        failure.map(MillraceException::remedy).orElse(p.remedy()),
        p.flow().ended(),
        List.of());
  }

  private static StreamProgress none(StreamState state, Optional<MillraceException> failure) {
    return new StreamProgress(
        state,
        0,
        0,
        0,
        0,
        Lateness.NONE,
        0,
        0,
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        failure.map(MillraceException::what).orElse(""),
        failure.map(MillraceException::remedy).orElse(""),
        FeedFlow.NONE,
        List.of());
  }
}
