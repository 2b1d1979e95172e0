package dev.millrace.engine.assembly;

import dev.millrace.engine.api.EngineSnapshot.LoadStatus;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.TopicPartition;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.quality.QualityScore;
import dev.millrace.engine.quality.ValidationRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks once a second at what changes without the engine's doing: services, tables, runs, loads,
/// the ends of topics; every five seconds when the lake is a server's. That the database's server
/// has ended is told within a second in any case, in the midst of a look, too. One thread of its
/// own looks; any thread reads what it knows.
final class StatusPoller implements AutoCloseable {

  /// What was seen last of one pipeline.
  ///
  /// @param committed per partition of its topics the offset of the next event to commit
  /// @param ends per partition of its topics the offset the next event will have
  record Known(
      boolean demo,
      List<TableStatus> tables,
      List<LoadStatus> loads,
      List<FlowRun> runs,
      Map<TopicPartition, Long> committed,
      Map<TopicPartition, Long> ends) {

    static final Known NOTHING =
        new Known(false, List.of(), List.of(), List.of(), Map.of(), Map.of());
  }

  private static final Logger LOG = LoggerFactory.getLogger(StatusPoller.class);
  private static final long PERIOD_MILLIS = 1_000;
  private static final long REMOTE_PERIOD_MILLIS = 5_000;
  private static final long WATCH_MILLIS = 500;
  private static final int RUNS = 100;

  private final EngineParts parts;
  private final List<PipelineHost> hosts;
  private final EventLog log;
  private final Runnable looked;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Semaphore wake = new Semaphore(0);
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final Thread thread;
  private final DatabaseWatch watch;
  private final Object telling = new Object();
  private volatile List<ServiceStatus> services;
  private volatile boolean closed;
  private String warehouseFault = "";

  /// @param looked told after each look, on the looking thread
  StatusPoller(EngineParts parts, List<PipelineHost> hosts, EventLog log, Runnable looked) {
    this.parts = parts;
    this.looked = looked;
    this.hosts = hosts;
    this.log = log;
    this.services =
        List.of(
            new ServiceStatus(ServiceStatus.KAFKA, true, parts.endpoints().kafka()),
            new ServiceStatus(ServiceStatus.DATABASE, true, parts.endpoints().jdbcUrl()),
            new ServiceStatus(ServiceStatus.LAKE, true, parts.lakes().place()));
    this.watch =
        new DatabaseWatch(parts.keeper(), Duration.ofMillis(WATCH_MILLIS), this::databaseMoved);
    this.thread = Thread.ofPlatform().name("engine-status").daemon().unstarted(this::loop);
  }

  /// Looks a first time on its own thread, then on and on.
  void start() {
    thread.start();
    watch.start();
  }

  /// Waits until the first look is done, and fails with what it failed with.
  void awaitFirst() {
    try {
      first.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException fault -> throw fault;
        case Error fault -> throw fault;
        case null, default -> throw e;
      }
    }
  }

  List<ServiceStatus> services() {
    return services;
  }

  Known known(String pipeline) {
    return known.getOrDefault(pipeline, Known.NOTHING);
  }

  /// Looks again at once.
  void refreshSoon() {
    wake.release();
  }

  private void loop() {
    try {
      look();
      first.complete(null);
    } catch (RuntimeException | Error fault) {
      first.completeExceptionally(fault);
      return;
    }
    while (!closed) {
      try {
        rest();
      } catch (InterruptedException _) {
        return;
      }
      if (!closed) {
        look();
      }
    }
  }

  /// Until the next look is due, or somebody wants one.
  private void rest() throws InterruptedException {
    long period = parts.lakes().isRemote() ? REMOTE_PERIOD_MILLIS : PERIOD_MILLIS;
    boolean _ = wake.tryAcquire(period, TimeUnit.MILLISECONDS);
    int _ = wake.drainPermits();
  }

  /// The watch has seen the server end or come back: that is told at once, the rest by a look.
  private void databaseMoved(Optional<String> fault) {
    synchronized (telling) {
      tell(
          services.stream()
              .map(s -> s.name().equals(ServiceStatus.DATABASE) ? database(fault) : s)
              .toList());
    }
    refreshSoon();
  }

  /// Looks now, on the calling thread. A database that has ended, or has just not answered, is not
  /// asked again and again: each question would wait for it.
  synchronized void look() {
    boolean kafka = true;
    Optional<String> noAnswer = Optional.empty();
    String lakeFault = "";
    for (PipelineHost host : hosts) {
      Known before = known(host.pipeline().name());
      Map<TopicPartition, Long> ends = new TreeMap<>();
      for (Feed feed : host.pipeline().feeds()) {
        Optional<Map<TopicPartition, Long>> asked = parts.topics().ends(feed.kafka().topic());
        kafka &= asked.isPresent();
        ends.putAll(asked.orElse(before.ends()));
      }
      Optional<Map<TableName, LakeSnapshot>> tables = Optional.empty();
      try {
        tables = Optional.of(tables(host));
        tables.ifPresent(host::saw);
      } catch (MillraceException e) {
        lakeFault = e.what();
        if (services.getLast().up()) {
          LOG.warn("The tables of {} cannot be read", host.pipeline().name(), e);
        }
      }
      if (noAnswer.isPresent() || parts.keeper().databaseFault().isPresent()) {
        continue;
      }
      try {
        known.put(host.pipeline().name(), look(host, before, tables, ends));
      } catch (MillraceException e) {
        noAnswer = Optional.of("the database does not answer");
        if (services.stream().allMatch(ServiceStatus::up)) {
          LOG.warn("The state of {} cannot be read", host.pipeline().name(), e);
        }
      }
    }
    String place = parts.lakes().place();
    String broker = parts.endpoints().kafka();
    synchronized (telling) {
      Optional<String> ended = parts.keeper().databaseFault();
      tell(
          List.of(
              new ServiceStatus(
                  ServiceStatus.KAFKA, kafka, kafka ? broker : "the broker does not answer"),
              database(ended.isPresent() ? ended : noAnswer),
              new ServiceStatus(
                  ServiceStatus.LAKE,
                  lakeFault.isEmpty(),
                  lakeFault.isEmpty() ? place : lakeFault)));
    }
    looked.run();
  }

  private static Map<TableName, LakeSnapshot> tables(PipelineHost host) {
    Map<TableName, LakeSnapshot> tables = new LinkedHashMap<>();
    for (TableName name : host.lake().tables()) {
      host.lake().find(name).ifPresent(table -> tables.put(name, table.snapshot()));
    }
    return tables;
  }

  /// @param tables empty when the lake does not answer: then what was known of them still stands
  private Known look(
      PipelineHost host,
      Known before,
      Optional<Map<TableName, LakeSnapshot>> tables,
      Map<TopicPartition, Long> ends) {
    String pipeline = host.pipeline().name();
    List<TableStatus> statuses = new ArrayList<>();
    Map<TopicPartition, Long> committed = new TreeMap<>();
    tables
        .orElse(Map.of())
        .forEach(
            (name, snapshot) -> {
              statuses.add(status(pipeline, name, snapshot));
              if (name.layer() == Layer.BRONZE) {
                committed.putAll(snapshot.nextOffsets());
              }
            });
    return new Known(
        parts.control().settings().demo(pipeline),
        tables.isPresent() ? statuses : before.tables(),
        loads(host, before),
        parts.control().flowRuns().recent(pipeline, RUNS),
        tables.isPresent() ? committed : before.committed(),
        ends);
  }

  /// A warehouse elsewhere that does not answer is no fault of the services.
  private List<LoadStatus> loads(PipelineHost host, Known before) {
    try {
      List<LoadStatus> loads =
          parts.warehouse().status(host.pipeline()).stream()
              .map(
                  l ->
                      new LoadStatus(
                          l.target(), l.from(), l.rows(), l.loadedAt(), l.sourceVersion()))
              .toList();
      warehouseFault = "";
      return loads;
    } catch (MillraceException e) {
      if (parts.warehouses().inHome()) {
        throw e;
      }
      if (!warehouseFault.equals(e.what())) {
        warehouseFault = e.what();
        LOG.warn("The ledger of {} cannot be read", host.pipeline().name(), e);
        log.tell(Severity.WARNING, "Warehouse", e.what() + "; " + e.remedy());
      }
      return before.loads();
    }
  }

  private TableStatus status(String pipeline, TableName name, LakeSnapshot snapshot) {
    Optional<QualityScore> score =
        parts.control().validations().latest(pipeline, name).map(ValidationRecord::score);
    return new TableStatus(
        name,
        snapshot.version(),
        snapshot.rows(),
        snapshot.bytes(),
        snapshot.files().size(),
        snapshot.committedAt(),
        score);
  }

  private ServiceStatus database(Optional<String> fault) {
    return new ServiceStatus(
        ServiceStatus.DATABASE,
        fault.isEmpty(),
        fault.orElse(parts.endpoints().jdbcUrl()),
        parts.keeper().databaseFault().isPresent() && parts.keeper().restartsDatabase());
  }

  private void tell(List<ServiceStatus> now) {
    List<ServiceStatus> before = services;
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i).up() != before.get(i).up()) {
        log.tell(
            now.get(i).up() ? Severity.GOOD : Severity.FAILURE,
            now.get(i).name(),
            now.get(i).up() ? "answers again" : now.get(i).detail());
      }
    }
    services = now;
  }

  @Override
  public void close() {
    closed = true;
    watch.close();
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
