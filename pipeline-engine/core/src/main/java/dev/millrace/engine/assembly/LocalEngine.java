package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.PipelineEngine;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.history.ReadingHistory;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.pipeline.Pipeline;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine in this process: one host per pipeline, work on threads of its own.
///
/// Any thread may call. Work that {@link Command#takesTurn} runs one after another, in the order it
/// was asked for; other work runs beside it. Closing stops streams at a commit, cancels work and
/// waits.
public final class LocalEngine implements PipelineEngine {

  private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);

  private final InstantSource clock;
  private final EventLog log;
  private final Map<String, PipelineHost> hosts = new TreeMap<>();
  private final Map<String, ExecutorService> turns = new ConcurrentHashMap<>();
  private final ExecutorService beside =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("engine-beside-", 0).factory());
  private final Map<Long, RunningWork> running = new ConcurrentSkipListMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final EngineParts parts;
  private final StatusPoller poller;
  private volatile boolean closed;

  /// Opens the pipelines on the parts, and looks at them; the parts are closed with the engine.
  public LocalEngine(EngineParts parts, List<Pipeline> pipelines, InstantSource clock) {
    this(clock, parts, pipelines);
    awaitFirstLook();
  }

  private LocalEngine(InstantSource clock, EngineParts parts, List<Pipeline> pipelines) {
    this.parts = parts;
    this.clock = clock;
    this.log = new EventLog(clock);
    for (Pipeline pipeline : pipelines) {
      hosts.put(pipeline.name(), new PipelineHost(pipeline, parts, log, clock, this::submit));
    }
    EngineGauges gauges = new EngineGauges(parts.meters().gauges());
    this.poller =
        new StatusPoller(parts, List.copyOf(hosts.values()), log, () -> gauges.show(snapshot()));
    poller.start();
  }

  /// An engine that looks at its pipelines for the first time while its caller goes on: until
  /// {@link #awaitFirstLook} returns its snapshot knows nothing of them.
  public static LocalEngine looking(
      EngineParts parts, List<Pipeline> pipelines, InstantSource clock) {
    return new LocalEngine(clock, parts, pipelines);
  }

  /// Waits until the snapshot tells what stands.
  public void awaitFirstLook() {
    poller.awaitFirst();
  }

  @Override
  public EngineSnapshot snapshot() {
    List<ServiceStatus> services = poller.services();
    return new EngineSnapshot(
        clock.instant(),
        services,
        hosts.values().stream().map(host -> host.status(poller)).toList(),
        running.values().stream().map(RunningWork::status).toList(),
        log.newest());
  }

  @Override
  public Optional<LiveSnapshot.History> history(String pipeline, String entity) {
    return Optional.ofNullable(hosts.get(pipeline)).flatMap(host -> host.history(entity));
  }

  @Override
  public Optional<ReadingHistory> readings(String pipeline) {
    return Optional.ofNullable(hosts.get(pipeline)).flatMap(PipelineHost::readings);
  }

  /// What is the case, looked at just now; may take a second.
  public EngineSnapshot refreshed() {
    poller.look();
    return snapshot();
  }

  /// Tells people of something that happened outside the engine.
  public void tell(Severity severity, String part, String message) {
    log.tell(severity, part, message);
  }

  /// The pipeline's host: its lake, live state and streams.
  ///
  /// @throws MillraceException `USAGE` when this engine has no such pipeline
  public PipelineHost host(String pipeline) {
    PipelineHost host = hosts.get(pipeline);
    if (host == null) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "There is no pipeline '" + pipeline + "'",
          "'millrace pipeline ls' lists them: " + String.join(", ", hosts.keySet()));
    }
    return host;
  }

  @Override
  public Work submit(Command command) {
    RunningWork work = new RunningWork(ids.incrementAndGet(), command, clock.instant());
    if (closed) {
      work.outcome()
          .complete(
              new Outcome.Failed(
                  ErrorCode.USAGE, "The engine is closed", "open the console again"));
      return work;
    }
    running.put(work.id(), work);
    executor(command).execute(() -> perform(work));
    return work;
  }

  private ExecutorService executor(Command command) {
    return command.takesTurn()
        ? turns.computeIfAbsent(
            command.pipeline(),
            pipeline ->
                Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("engine-" + pipeline).factory()))
        : beside;
  }

  private void perform(RunningWork work) {
    Outcome outcome;
    try {
      outcome =
          work.cancelled()
              ? Tell.NOT_BEGUN
              : host(work.command().pipeline()).perform(work.command(), work);
    } catch (MillraceException e) {
      outcome =
          e.code() == ErrorCode.CANCELLED
              ? new Outcome.Cancelled(e.what())
              : new Outcome.Failed(e.code(), e.what(), e.remedy());
      if (work.command() instanceof Command.Ask) {
        LOG.debug("{}: {}", work.command(), e.what(), e);
      } else {
        LOG.warn("{}: {}", work.command(), e.what(), e);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("{}: a fault of ours", work.command(), e);
      outcome =
          new Outcome.Failed(
              ErrorCode.INTERNAL,
              "A fault of ours: " + e,
              "the log file has the details; what was committed stands");
    }
    running.remove(work.id());
    if (!(work.command() instanceof Command.Ask)) {
      poller.refreshSoon();
    }
    Tell.of(log, work.command(), outcome);
    work.outcome().complete(outcome);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    running.values().forEach(RunningWork::cancel);
    turns.values().forEach(ExecutorService::close);
    beside.close();
    hosts.values().forEach(PipelineHost::close);
    poller.close();
    parts.close();
  }
}
