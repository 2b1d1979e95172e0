package dev.millrace.engine.ingest;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.lake.DataFiles;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.FeedFlow;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.pipeline.Feed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
/// decodes, `commit <pipeline>/<feed>` writes files and commits.
public final class StreamWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamWorker.class);

  private final StreamSetting setting;
  private final Supplier<? extends EventSource> sources;
  private final Lake lake;
  private final DataFiles files;
  private final Duration firstWait;
  private final CatchUps catchUps = new CatchUps();
  private final CompletableFuture<StreamProgress> ended = new CompletableFuture<>();
  private final AtomicReference<StreamState> state = new AtomicReference<>(StreamState.NEW);
  private volatile StreamProgress progress = none(StreamState.NEW, Optional.empty());
  private volatile @Nullable EventSource source;
  private volatile boolean stopRequested;

  /// @param sources makes the source, on the stream's thread; the worker closes it
  /// @param listener hears of every decoded event before its commit, on the stream's thread
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
        CommitLane.FIRST_WAIT);
  }

  /// @param firstWait between a failed commit and the next try
  StreamWorker(
      StreamSetting setting,
      Supplier<? extends EventSource> sources,
      Lake lake,
      DataFiles files,
      Duration firstWait) {
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
    if (state.compareAndSet(StreamState.NEW, StreamState.STOPPED)) {
      progress = none(StreamState.STOPPED, Optional.empty());
      catchUps.end();
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

  /// What it is doing, as of a tenth of a second ago.
  public StreamProgress progress() {
    return progress;
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
    progress = ending(last, failure);
    state.set(last);
    setting.lag().flowsNoMore();
    catchUps.end();
    ended.complete(progress);
  }

  private void runUntilStopped() {
    BatchCommitter committer = new BatchCommitter(setting.feed(), lake, files);
    try (CommitLane lane = new CommitLane(setting.name(), committer, firstWait);
        EventSource opened = sources.get()) {
      StreamLoop loop =
          new StreamLoop(setting, opened, committer, lane, catchUps, p -> progress = p);
      source = opened;
      lane.start();
      opened.open(loop);
      state.set(StreamState.RUNNING);
      loop.picture(StreamState.RUNNING);
      LOG.info("Stream {} runs", setting.name());
      while (!stopRequested) {
        loop.turn();
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
        p.flow().ended());
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
        FeedFlow.NONE);
  }
}
