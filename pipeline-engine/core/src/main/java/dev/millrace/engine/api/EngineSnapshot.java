package dev.millrace.engine.api;

import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.model.FeedFlow;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.model.Stand;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.Trouble;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.quality.QualityScore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Immutable picture of everything the engine knows.
///
/// @param events what happened, newest first, at most 500
public record EngineSnapshot(
    Instant at,
    List<ServiceStatus> services,
    List<PipelineStatus> pipelines,
    List<WorkStatus> work,
    List<LogEvent> events) {

  public static final EngineSnapshot EMPTY =
      new EngineSnapshot(Instant.EPOCH, List.of(), List.of(), List.of(), List.of());

  public EngineSnapshot {
    services = List.copyOf(services);
    pipelines = List.copyOf(pipelines);
    work = List.copyOf(work);
    events = List.copyOf(events);
  }

  public Optional<PipelineStatus> pipeline(String name) {
    return pipelines.stream().filter(p -> p.definition().name().equals(name)).findFirst();
  }

  /// Whether a part answers, as far as is known.
  ///
  /// @param service its name, as [ServiceStatus#DATABASE]
  public boolean up(String service) {
    return services.stream().allMatch(s -> !s.name().equals(service) || s.up());
  }

  /// A part the engine depends on.
  ///
  /// @param name {@link #KAFKA}, {@link #DATABASE} or {@link #LAKE}
  /// @param detail endpoint, or what is wrong
  /// @param restartable whether it is down and {@link Command.RestartDatabase} starts it again
  public record ServiceStatus(String name, boolean up, String detail, boolean restartable) {

    public static final String KAFKA = "Kafka";
    public static final String DATABASE = "PostgreSQL";
    public static final String LAKE = "Lake";

    /// A part that is not started from here.
    public ServiceStatus(String name, boolean up, String detail) {
      this(name, up, detail, false);
    }
  }

  /// @param demo whether data of the demo is in its tables
  public record PipelineStatus(
      Pipeline definition,
      boolean demo,
      List<StreamStatus> streams,
      List<TableStatus> tables,
      List<LoadStatus> loads,
      List<FlowRun> runs,
      LiveSnapshot live) {
    public PipelineStatus {
      streams = List.copyOf(streams);
      tables = List.copyOf(tables);
      loads = List.copyOf(loads);
      runs = List.copyOf(runs);
    }
  }

  /// State of a stream.
  public enum StreamState {
    STOPPED,
    STARTING,
    RUNNING,
    STOPPING,
    FAILED
  }

  /// A feed's stream. Counts are since the engine opened, over all starts of the stream.
  ///
  /// @param events events read, dead letters included
  /// @param deadLetters dead letters committed
  /// @param late events further behind the newest time before them in their partition than the
  ///   feed's watermark allows; they are kept
  /// @param eventsPerSecond over the last seconds
  /// @param openBatch events decoded and not yet committed
  /// @param watermark event time that all partitions have come to, less the feed's allowance
  /// @param message why it failed, or what keeps it from going on; empty when all is well
  /// @param lateness by how much the late events were late
  /// @param flow lag in time, rates by kind, fields of no column
  /// @param troubles all that keeps it from going on; the message is of the first
  public record StreamStatus(
      String feed,
      StreamState state,
      long events,
      long bronzeRows,
      long deadLetters,
      long late,
      double eventsPerSecond,
      long openBatch,
      long commits,
      Optional<Instant> watermark,
      Optional<Instant> lastCommit,
      List<PartitionStatus> partitions,
      String message,
      Lateness lateness,
      FeedFlow flow,
      List<Trouble> troubles) {
    public StreamStatus {
      partitions = List.copyOf(partitions);
      troubles = List.copyOf(troubles);
    }

    /// Of a stream without late events and without trouble, whose flow is not known.
    public StreamStatus(
        String feed,
        StreamState state,
        long events,
        long bronzeRows,
        long deadLetters,
        long late,
        double eventsPerSecond,
        long openBatch,
        long commits,
        Optional<Instant> watermark,
        Optional<Instant> lastCommit,
        List<PartitionStatus> partitions,
        String message) {
      this(
          feed,
          state,
          events,
          bronzeRows,
          deadLetters,
          late,
          eventsPerSecond,
          openBatch,
          commits,
          watermark,
          lastCommit,
          partitions,
          message,
          Lateness.NONE,
          FeedFlow.NONE,
          List.of());
    }

    /// Dead letters met, those of the open batch included.
    public long deadLettersMet() {
      return deadLetters + flow.pending().openDeadLetters();
    }

    /// Events in the topic that are not yet committed to the lake.
    public long lag() {
      return partitions.stream().mapToLong(PartitionStatus::lag).sum();
    }
  }

  /// @param committed offset of the next event to commit to the lake
  /// @param end offset the next event produced will have
  public record PartitionStatus(int partition, long committed, long end) {
    public long lag() {
      return Math.max(0, end - committed);
    }
  }

  /// @param bytes size of the live files
  public record TableStatus(
      TableName table,
      long version,
      long rows,
      long bytes,
      int files,
      Instant committedAt,
      Optional<QualityScore> quality) {}

  /// A warehouse table and its last load.
  ///
  /// @param sourceVersion version of the lake table that it holds; empty before the first load
  public record LoadStatus(
      String target,
      TableName from,
      long rows,
      Optional<Instant> loadedAt,
      OptionalLong sourceVersion) {}

  /// Work under way.
  public record WorkStatus(long id, Command command, Instant since, Stand stand) {

    /// Of work in one part.
    public WorkStatus(long id, Command command, Instant since, String what, long done, long total) {
      this(id, command, since, new Stand(what, done, total));
    }

    /// What is being done, for people.
    public String what() {
      return stand.what();
    }
  }

  /// How grave an event is.
  public enum Severity {
    INFO,
    GOOD,
    WARNING,
    FAILURE
  }

  /// @param part `Stream`, `Bronze`, `Silver`, `Gold`, `Quality`, `Warehouse`, `Kafka`, `Flow`,
  ///   `Dead letters`, `Lake`, `PostgreSQL`, `Simulator`
  public record LogEvent(Instant at, Severity severity, String part, String message) {}
}
