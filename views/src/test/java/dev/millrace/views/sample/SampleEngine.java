package dev.millrace.views.sample;

import static dev.millrace.views.sample.SamplePipeline.BRONZE;
import static dev.millrace.views.sample.SamplePipeline.DAILY;
import static dev.millrace.views.sample.SamplePipeline.DEAD_LETTERS;
import static dev.millrace.views.sample.SamplePipeline.FEED;
import static dev.millrace.views.sample.SamplePipeline.FIVE_MINUTES;
import static dev.millrace.views.sample.SamplePipeline.HOURLY;
import static dev.millrace.views.sample.SamplePipeline.NAME;
import static dev.millrace.views.sample.SamplePipeline.SENSORS;
import static dev.millrace.views.sample.SamplePipeline.SILVER;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot;
import dev.millrace.engine.api.EngineSnapshot.LogEvent;
import dev.millrace.engine.api.EngineSnapshot.PartitionStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.PipelineEngine;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.history.ReadingHistory;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.model.FeedFlow;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.model.Stand;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.Trouble;
import dev.millrace.engine.quality.QualityScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// An engine that tells about a made-up building in one of several cases, and keeps what it is
/// asked. Any thread may call.
public final class SampleEngine implements PipelineEngine {

  /// What is the case.
  public enum Case {
    LOADING,
    EMPTY,
    /// Events came, and the first flow takes them through the tables right now.
    FIRST_FLOW,
    NORMAL,
    OVERFULL,
    STOPPED,
    SERVICE_DOWN,
    HELD_UP,
    FAILED
  }

  /// A Friday afternoon.
  public static final Instant START = Instant.parse("2026-03-20T14:14:09Z");

  private static final Trouble FULL =
      new Trouble(
          Trouble.Kind.COMMIT_FAILING,
          START.minusSeconds(95),
          "the disk of the lake is full",
          "free space there; the stream goes on by itself");

  private final List<Work> submitted = new CopyOnWriteArrayList<>();
  private final List<Command> asked = new CopyOnWriteArrayList<>();
  private final SampleAnswers answers;
  private final SampleWarehouse warehouse;
  private final AtomicLong ids = new AtomicLong(100);
  private final Case now;
  private volatile Instant time = START;
  private volatile boolean working = true;
  private volatile boolean database = true;
  private LiveSnapshot live = LiveSnapshot.EMPTY;
  private Instant liveAt = Instant.EPOCH;

  public SampleEngine(Case now) {
    this.now = now;
    this.answers = new SampleAnswers(now);
    this.warehouse = new SampleWarehouse(now);
  }

  public Instant time() {
    return time;
  }

  /// Lets the made-up time pass.
  public void pass(long seconds) {
    time = time.plusSeconds(seconds);
  }

  /// The home's own database server ends, or answers again.
  public void database(boolean up) {
    database = up;
  }

  public void idle() {
    working = false;
  }

  /// Questions and previews, which are answered at once.
  public List<Command> asked() {
    return List.copyOf(asked);
  }

  /// Work asked for.
  public List<Command> commands() {
    return submitted.stream().map(Work::command).toList();
  }

  /// Ends the work asked for last.
  public void end(Outcome outcome) {
    submitted.getLast().outcome().complete(outcome);
  }

  /// The minutes of the entity's place, as if they were its readings.
  @Override
  public Optional<LiveSnapshot.History> history(String pipeline, String entity) {
    return snapshot()
        .pipeline(pipeline)
        .flatMap(
            p ->
                p.live().latest().stream()
                    .filter(latest -> latest.entity().equals(entity))
                    .flatMap(
                        latest ->
                            p.live().series().stream()
                                .filter(
                                    s ->
                                        s.kind().equals(latest.kind())
                                            && s.place().equals(latest.place())))
                    .findFirst())
        .map(
            s ->
                new LiveSnapshot.History(
                    entity,
                    Arrays.stream(s.minutes()).map(minute -> minute * 60_000_000).toArray(),
                    s.mean().clone(),
                    new boolean[s.mean().length],
                    new long[0],
                    new double[0],
                    new double[0],
                    new double[0]));
  }

  @Override
  public Optional<ReadingHistory> readings(String pipeline) {
    return Optional.of(
        new SampleReadings(
            building(), heard(), now == Case.EMPTY, now != Case.FIRST_FLOW, now == Case.FAILED));
  }

  private SampleBuilding building() {
    return now == Case.OVERFULL
        ? new SampleBuilding(40, 6, 1, 4_200)
        : new SampleBuilding(4, 6, 1, 148);
  }

  private Instant heard() {
    boolean quiet = now == Case.STOPPED || now == Case.FAILED || now == Case.SERVICE_DOWN;
    return quiet ? START.minusSeconds(640) : time;
  }

  /// The building's state, kept while no time passes: a full one takes long to make up.
  private synchronized LiveSnapshot live(Instant heard, double rate) {
    if (!heard.equals(liveAt)) {
      live = building().at(heard, rate);
      liveAt = heard;
    }
    return live;
  }

  @Override
  public EngineSnapshot snapshot() {
    if (now == Case.LOADING) {
      return EngineSnapshot.EMPTY;
    }
    Instant at = time;
    boolean down = now == Case.SERVICE_DOWN;
    return new EngineSnapshot(
        at,
        List.of(
            new ServiceStatus(
                "Kafka", !down, down ? "connection refused at 127.0.0.1:34567" : "127.0.0.1:34567"),
            new ServiceStatus(
                "PostgreSQL",
                database,
                database ? "127.0.0.1:45678" : "the server's process has ended",
                !database)),
        List.of(now == Case.EMPTY ? empty() : status(at)),
        work(at),
        now == Case.EMPTY ? List.of() : events(at));
  }

  private List<WorkStatus> work(Instant at) {
    List<WorkStatus> list = new ArrayList<>();
    for (Work work : submitted) {
      if (!work.outcome().isDone()) {
        list.add(
            new WorkStatus(
                work.id(), work.command(), at.minusSeconds(2), "reading new files", 840, 2_000));
      }
    }
    if (working && now == Case.FIRST_FLOW) {
      list.add(
          new WorkStatus(
              1,
              new Command.RunFlow(NAME, "daily"),
              at.minusSeconds(6),
              new Stand(
                  "3 of 9, transform silver.readings: reading bronze.sensor_events",
                  560_000,
                  1_240_000,
                  (2 + 0.45) / 9)));
    }
    if (working && (now == Case.NORMAL || now == Case.OVERFULL)) {
      list.add(
          new WorkStatus(
              1,
              new Command.Transform(NAME, Optional.of(SILVER)),
              at.minusSeconds(24),
              "reading bronze.sensor_events",
              560_000,
              1_240_000));
    }
    return list;
  }

  private PipelineStatus empty() {
    return new PipelineStatus(
        SamplePipeline.definition(),
        false,
        List.of(
            new StreamStatus(
                FEED,
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
                List.of(
                    new PartitionStatus(0, 0, 0),
                    new PartitionStatus(1, 0, 0),
                    new PartitionStatus(2, 0, 0)),
                "")),
        List.of(),
        List.of(),
        List.of(),
        LiveSnapshot.EMPTY);
  }

  private PipelineStatus status(Instant at) {
    boolean full = now == Case.OVERFULL;
    StreamState state =
        switch (now) {
          case STOPPED -> StreamState.STOPPED;
          case FAILED -> StreamState.FAILED;
          default -> StreamState.RUNNING;
        };
    boolean runs = state == StreamState.RUNNING && now != Case.SERVICE_DOWN;
    double rate = runs ? (full ? 12_216 : 98.4) : 0;
    Instant heard = heard();
    return new PipelineStatus(
        SamplePipeline.definition(full ? 196 : 0),
        now != Case.STOPPED,
        List.of(stream(state, rate, heard)),
        tables(at),
        warehouse.loads(at),
        now == Case.FIRST_FLOW ? SampleRuns.first(at) : SampleRuns.list(full ? 500 : 24, at),
        live(heard, rate));
  }

  private StreamStatus stream(StreamState state, double rate, Instant heard) {
    boolean full = now == Case.OVERFULL;
    long seconds = time.getEpochSecond() - START.getEpochSecond();
    long open = rate > 0 ? (long) (rate * (11 + seconds % 19)) : 0;
    long end = (full ? 48_200_000L : 8_644_210L) + (long) (rate * seconds);
    List<PartitionStatus> partitions =
        List.of(
            new PartitionStatus(0, end / 3 - open / 3, end / 3),
            new PartitionStatus(1, end / 3 - open / 3 - 9, end / 3),
            new PartitionStatus(2, end / 3 - open / 3 - (full ? 184_000 : 84), end / 3));
    return new StreamStatus(
        FEED,
        state,
        end,
        end - 4_318,
        full ? 4_318 : 37,
        full ? 96_410 : 212,
        rate,
        open,
        8_142 + seconds / 30,
        Optional.of(heard.minusSeconds(600)),
        now == Case.FIRST_FLOW
            ? Optional.empty()
            : Optional.of(heard.minusSeconds(11 + seconds % 19)),
        partitions,
        switch (now) {
          case FAILED -> "the commit of bronze.sensor_events was refused: no space left on device";
          case HELD_UP -> FULL.what();
          default -> "";
        },
        Lateness.NONE,
        FeedFlow.NONE,
        now == Case.HELD_UP ? List.of(FULL) : List.of());
  }

  private List<TableStatus> tables(Instant at) {
    long k = now == Case.OVERFULL ? 40 : 1;
    long seconds = at.getEpochSecond() - START.getEpochSecond();
    long commits = seconds / 30;
    long builds = seconds / 60;
    if (now == Case.FIRST_FLOW) {
      return List.of(
          table(
              BRONZE,
              8_142 + commits,
              8_639_892 + commits * 2_952,
              212_400_000,
              96,
              at.minusSeconds(11),
              Optional.empty()));
    }
    return List.of(
        table(
            BRONZE,
            8_142 + commits,
            (8_639_892 + commits * 2_952 + waves(commits, 700)) * k,
            212_400_000 * k,
            96,
            at.minusSeconds(11),
            score(8, 8)),
        table(
            SILVER,
            412 + builds,
            (8_602_117 + builds * 12_214 + waves(builds, 4_100)) * k,
            268_900_000 * k,
            58,
            at.minusSeconds(240),
            score(
                12,
                14,
                "expect_column_values_to_be_between on value",
                "expect_table_row_count_to_be_between")),
        table(
            FIVE_MINUTES,
            411 + builds,
            (27_648 + builds * 96 + waves(builds, 40)) * k,
            1_940_000 * k,
            12,
            at.minusSeconds(232),
            Optional.empty()),
        table(HOURLY, 411, 2_304 * k, 184_000 * k, 4, at.minusSeconds(230), Optional.empty()),
        table(DAILY, 411, 12, 14_200, 3, at.minusSeconds(229), Optional.empty()),
        table(SENSORS, 411, 96 * k, 9_800, 1, at.minusSeconds(228), Optional.empty()),
        table(
            DEAD_LETTERS,
            31,
            now == Case.OVERFULL ? 4_318 : 37,
            8_900,
            9,
            at.minusSeconds(1_900),
            Optional.empty()));
  }

  private static long waves(long number, double height) {
    return Math.round(height * (Math.sin(number * 1.3) + Math.sin(number * 0.41)));
  }

  private static TableStatus table(
      TableName name,
      long version,
      long rows,
      long bytes,
      int files,
      Instant at,
      Optional<QualityScore> score) {
    return new TableStatus(name, version, rows, bytes, files, at, score);
  }

  private static Optional<QualityScore> score(int passed, int total, String... failing) {
    return Optional.of(
        new QualityScore(
            passed * 100.0 / total, passed, total, List.of(failing), START.minusSeconds(236)));
  }

  private List<LogEvent> events(Instant at) {
    List<LogEvent> list = new ArrayList<>();
    Object[][] lines = {
      {Severity.INFO, "Stream", "Batch open, 1,080 events decoded"},
      {Severity.GOOD, "Bronze", "Version 8,142 committed, 2,952 rows in 0.3 s"},
      {Severity.WARNING, "Kafka", "Partition 2 lags 84 events behind the others"},
      {
        Severity.FAILURE,
        "Stream",
        "1 event kept as dead letter: field unit is missing at character 84 (TMP-0304-A)"
      },
      {Severity.GOOD, "Silver", "silver.readings built, 12,214 rows from 4 new files in 1.1 s"},
      {
        Severity.WARNING,
        "Quality",
        "silver.readings: 2 of 14 expectations failed, none blocks the load"
      },
      {Severity.GOOD, "Gold", "gold.sensor_5min built, 1,440 rows in 0.4 s"},
      {Severity.GOOD, "Warehouse", "4 tables loaded into building_sensors, 1,636 rows in 0.6 s"},
      {Severity.INFO, "Flow", "Run #4820 of daily started"},
    };
    int count = now == Case.OVERFULL ? 500 : 40;
    for (int i = 0; i < count; i++) {
      Object[] line = lines[i % lines.length];
      list.add(
          new LogEvent(
              at.minusSeconds(i * 13L), (Severity) line[0], (String) line[1], (String) line[2]));
    }
    return list;
  }

  @Override
  public Work submit(Command command) {
    SampleWork work = new SampleWork(ids.incrementAndGet(), command, new CompletableFuture<>());
    Optional<Outcome> answer =
        answers.of(command, now == Case.EMPTY ? List.of() : tables(time), time);
    if (answer.isPresent()) {
      asked.add(command);
      work.outcome().complete(answer.get());
    } else {
      submitted.add(work);
    }
    return work;
  }

  private record SampleWork(long id, Command command, CompletableFuture<Outcome> outcome)
      implements Work {
    @Override
    public void cancel() {
      outcome.complete(new Outcome.Cancelled("nothing was changed"));
    }
  }

  @Override
  public void close() {
    submitted.forEach(Work::cancel);
  }
}
