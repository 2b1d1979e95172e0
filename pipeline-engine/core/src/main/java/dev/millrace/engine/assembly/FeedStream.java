package dev.millrace.engine.assembly;

import dev.millrace.engine.api.EngineSnapshot.PartitionStatus;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.ingest.CommitListener;
import dev.millrace.engine.ingest.StreamProgress;
import dev.millrace.engine.ingest.StreamWorker;
import dev.millrace.engine.ingest.TroubleListener;
import dev.millrace.engine.ingest.kafka.KafkaEventSource;
import dev.millrace.engine.ingest.kafka.KafkaSetting;
import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Trouble;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The stream of one feed in this process: a new worker for every start. Any thread may call.
final class FeedStream implements AutoCloseable {

  private static final long LOOK_MILLIS = 200;

  private final Pipeline pipeline;
  private final Feed feed;
  private final EngineParts parts;
  private final Lake lake;
  private final EventListener live;
  private final CompletableFuture<Void> seeded;
  private final EventLog log;
  private final CommitListener commits;
  private @Nullable StreamWorker worker;

  /// Counts of the workers that ended.
  private Counts past = Counts.NONE;

  private record Counts(
      long events, long bronzeRows, long deadLetters, long late, long commits, Lateness lateness) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0, Lateness.NONE);

    Counts plus(StreamProgress p) {
      return new Counts(
          events + p.events(),
          bronzeRows + p.bronzeRows(),
          deadLetters + p.deadLetters(),
          late + p.late(),
          commits + p.commits(),
          lateness.plus(p.lateness()));
    }
  }

  /// @param live hears of every event
  /// @param seeded done when the live state holds what stood in the lake
  /// @param commits hears of Bronze commits
  FeedStream(
      Pipeline pipeline,
      Feed feed,
      EngineParts parts,
      Lake lake,
      EventListener live,
      CompletableFuture<Void> seeded,
      EventLog log,
      CommitListener commits) {
    this.commits = commits;
    this.pipeline = pipeline;
    this.feed = feed;
    this.parts = parts;
    this.lake = lake;
    this.live = live;
    this.seeded = seeded;
    this.log = log;
  }

  Feed feed() {
    return feed;
  }

  /// Starts a worker unless one runs.
  synchronized StreamWorker start() {
    StreamWorker running = worker;
    if (running != null && !running.progress().state().ended()) {
      return running;
    }
    // What the live state gets from the lake must not come from the stream once more.
    seeded.join();
    KafkaTopics.ensure(parts.endpoints().kafka(), feed);
    KafkaSetting kafka = KafkaSetting.of(parts.endpoints().kafka(), pipeline.name(), feed);
    if (running != null) {
      past = past.plus(running.progress());
    }
    StreamWorker started =
        new StreamWorker(
            pipeline.name(),
            feed,
            () -> new KafkaEventSource(kafka, feed),
            lake,
            new ParquetFiles(),
            live,
            parts.meters(),
            parts.clock(),
            commits,
            troubles(),
            this::ends);
    worker = started;
    started.start();
    log.tell(Severity.INFO, "Stream", "Stream " + feed.name() + " started");
    var _ = started.ended().thenAccept(this::tellEnd);
    return started;
  }

  /// Where the topic's partitions end, on a connection of its own.
  private Optional<Map<Integer, Long>> ends() {
    return parts
        .topics()
        .ends(feed.kafka().topic())
        .map(
            known ->
                known.entrySet().stream()
                    .collect(
                        Collectors.toMap(each -> each.getKey().partition(), Map.Entry::getValue)));
  }

  private TroubleListener troubles() {
    return new TroubleListener() {
      @Override
      public void began(Trouble trouble) {
        log.tell(Severity.WARNING, "Stream", trouble.what() + "; " + trouble.remedy());
      }

      @Override
      public void ended(Trouble trouble) {
        log.tell(
            Severity.GOOD,
            "Stream",
            "Stream %s goes on: %s is over".formatted(feed.name(), trouble.kind().label()));
      }
    };
  }

  private void tellEnd(StreamProgress end) {
    switch (end.state()) {
      case FAILED ->
          log.tell(
              Severity.FAILURE,
              "Stream",
              "Stream " + feed.name() + " failed: " + end.message() + "; " + end.remedy());
      case NEW, STARTING, RUNNING, STOPPING, STOPPED ->
          log.tell(
              Severity.INFO,
              "Stream",
              "Stream %s stopped after %,d events".formatted(feed.name(), end.events()));
    }
  }

  /// Stops the worker after a last commit and waits for it.
  void stop() {
    StreamWorker running = running();
    if (running != null) {
      running.close();
    }
  }

  private synchronized @Nullable StreamWorker running() {
    return worker;
  }

  /// Waits until all that stands in the topic now is in the lake; with a worker of its own when
  /// none runs.
  ///
  /// @return events taken in meanwhile
  long catchUp(Progress progress) {
    boolean own;
    StreamWorker running;
    synchronized (this) {
      own = worker == null || worker.progress().state().ended();
      running = start();
    }
    long before = own ? 0 : running.progress().events();
    try {
      await(running.catchUp(), running, progress);
    } finally {
      if (own) {
        running.close();
      }
    }
    return running.progress().events() - before;
  }

  private void await(CompletableFuture<Void> caughtUp, StreamWorker running, Progress progress) {
    while (true) {
      try {
        caughtUp.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException _) {
        StreamProgress now = running.progress();
        long end = now.partitions().stream().mapToLong(StreamProgress.PartitionProgress::end).sum();
        long committed =
            now.partitions().stream().mapToLong(StreamProgress.PartitionProgress::committed).sum();
        // What is read and not yet committed has come the longer part of its way.
        long taken = Math.min(end, committed + now.openBatch());
        progress.report("taking in " + feed.name(), taken, end);
        if (progress.cancelled()) {
          throw new MillraceException(
              ErrorCode.CANCELLED,
              "Catching up with " + feed.name() + " was cancelled",
              "what was committed stands; run it again to go on");
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof MillraceException known) {
          throw known;
        }
        throw new IllegalStateException("Catching up failed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MillraceException(
            ErrorCode.CANCELLED, "Catching up was interrupted", "run it again", e);
      }
    }
  }

  StreamStatus status(StatusPoller.Known known) {
    StreamProgress p;
    Counts all;
    synchronized (this) {
      if (worker == null) {
        return new StreamStatus(
            feed.name(),
            StreamState.STOPPED,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            partitions(known, List.of()),
            "");
      }
      p = worker.progress();
      all = past.plus(p);
    }
    return new StreamStatus(
        feed.name(),
        state(p),
        all.events(),
        all.bronzeRows(),
        all.deadLetters(),
        all.late(),
        p.state().ended() ? 0 : p.eventsPerSecond(),
        p.openBatch(),
        all.commits(),
        p.watermark(),
        p.lastCommit(),
        partitions(known, p.partitions()),
        p.message().isEmpty() ? "" : p.message() + "; " + p.remedy(),
        all.lateness(),
        p.flow(),
        p.troubles());
  }

  /// From outside the worker, so that they are there when it stands, and whoever commits; what it
  /// knows of its own is newer.
  private List<PartitionStatus> partitions(
      StatusPoller.Known known, List<StreamProgress.PartitionProgress> own) {
    Map<Integer, PartitionStatus> all = new TreeMap<>();
    known
        .ends()
        .forEach(
            (at, end) -> {
              if (at.topic().equals(feed.kafka().topic())) {
                long committed = known.committed().getOrDefault(at, 0L);
                all.put(at.partition(), new PartitionStatus(at.partition(), committed, end));
              }
            });
    for (StreamProgress.PartitionProgress newer : own) {
      var _ =
          all.merge(
              newer.partition(),
              new PartitionStatus(newer.partition(), newer.committed(), newer.end()),
              (seen, mine) ->
                  new PartitionStatus(
                      seen.partition(),
                      Math.max(seen.committed(), mine.committed()),
                      Math.max(seen.end(), mine.end())));
    }
    return List.copyOf(all.values());
  }

  private static StreamState state(StreamProgress progress) {
    return switch (progress.state()) {
      case NEW, STARTING -> StreamState.STARTING;
      case RUNNING -> StreamState.RUNNING;
      case STOPPING -> StreamState.STOPPING;
      case STOPPED -> StreamState.STOPPED;
      case FAILED -> StreamState.FAILED;
    };
  }

  @Override
  public void close() {
    stop();
  }
}
