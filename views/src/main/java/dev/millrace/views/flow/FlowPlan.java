package dev.millrace.views.flow;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.LoadStatus;
import dev.millrace.engine.api.EngineSnapshot.PartitionStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.quality.QualityScore;
import dev.millrace.simulator.SimulatorStatus;
import dev.millrace.views.desk.Awaited;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.flow.FlowPicture.Fact;
import dev.millrace.views.flow.FlowPicture.Node;
import dev.millrace.views.flow.FlowPicture.Share;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Draws up the diagram from what is the case, and keeps the small charts' past. FX thread only.
final class FlowPlan {

  private static final int SECONDS_KEPT = 90;
  private static final Duration BEHIND = Duration.ofHours(2);

  private final Course sent = new Course(SECONDS_KEPT);
  private final Map<Part, Growth> growth = new EnumMap<>(Part.class);
  private final ArrowPlan arrows = new ArrowPlan(growth);

  FlowPlan() {
    for (Part part : List.of(Part.BRONZE, Part.SILVER, Part.GOLD)) {
      growth.put(part, new Growth());
    }
  }

  FlowPicture picture(Moment moment) {
    Optional<PipelineStatus> found = moment.status();
    if (found.isEmpty()) {
      return FlowPicture.EMPTY;
    }
    PipelineStatus status = found.get();
    Map<Part, Node> nodes = new EnumMap<>(Part.class);
    nodes.put(Part.SIMULATOR, simulator(moment));
    nodes.put(Part.KAFKA, kafka(moment));
    nodes.put(Part.STREAM, stream(moment));
    for (Part part : List.of(Part.BRONZE, Part.SILVER, Part.GOLD)) {
      nodes.put(part, tables(part, moment, status));
    }
    nodes.put(Part.WAREHOUSE, warehouse(moment, status));
    nodes.put(Part.DEAD_LETTERS, deadLetters(moment, status));
    nodes.put(Part.QUALITY, quality(moment, status));
    return new FlowPicture(nodes, arrows.arrows(moment, status));
  }

  private Node simulator(Moment moment) {
    if (moment.simulator().isEmpty()) {
      return Node.of(
          Tone.MUTED,
          List.of(Fact.of("Events", "outside"), Fact.of("Steered", "no")),
          new double[0]);
    }
    SimulatorStatus fleet = moment.simulator().get();
    sent.sample(fleet.actualRate(), moment.now());
    int broken = fleet.broken().size();
    return Node.of(
        fleet.running() ? Tone.ACCENT : fleet.message().isEmpty() ? Tone.MUTED : Tone.BAD,
        List.of(
            Fact.of("Sensors", Figures.count(fleet.sensors().size())),
            Fact.of("Rate", fleet.running() ? Figures.rate(fleet.actualRate()) : "stopped"),
            Fact.of("Anomalies", Figures.reading(fleet.anomalyRate() * 100) + " %"),
            new Fact("Broken", Figures.count(broken), broken > 0 ? Tone.WARNING : Tone.MUTED)),
        sent.values());
  }

  private static Node kafka(Moment moment) {
    List<PartitionStatus> partitions =
        moment.stream().map(StreamStatus::partitions).orElse(List.of());
    long largest = partitions.stream().mapToLong(PartitionStatus::lag).max().orElse(0);
    long usual = usualLag(moment) / Math.max(1, partitions.size());
    List<Share> shares = new ArrayList<>();
    for (PartitionStatus partition : partitions.subList(0, Math.min(3, partitions.size()))) {
      shares.add(
          new Share(
              "P" + partition.partition(),
              (double) partition.lag() / Math.max(largest, Math.max(1, usual)),
              Figures.brief(partition.lag()),
              partition.lag() > usual ? Tone.WARNING : Tone.GOOD));
    }
    long lag = partitions.stream().mapToLong(PartitionStatus::lag).sum();
    boolean behind = largest > usual;
    List<Fact> facts = new ArrayList<>();
    if (partitions.size() > 3) {
      facts.add(Fact.of("More partitions", Figures.count(partitions.size() - 3)));
    }
    facts.add(new Fact("Lag, all", Figures.compact(lag), behind ? Tone.WARNING : Tone.MUTED));
    boolean up = moment.engine().up(ServiceStatus.KAFKA);
    return new Node(
        !up ? Tone.BAD : behind ? Tone.WARNING : Tone.GOOD,
        "",
        moment
            .status()
            .flatMap(s -> s.definition().feeds().stream().findFirst())
            .map(f -> f.kafka().topic())
            .orElse(""),
        -1,
        facts,
        shares,
        new double[0]);
  }

  /// What may wait between commits without being behind: three triggers of events, or twice what is
  /// read and waits for its commit, which stays when no more events come.
  static long usualLag(Moment moment) {
    double rate = moment.stream().map(StreamStatus::eventsPerSecond).orElse(0.0);
    long open = moment.stream().map(StreamStatus::openBatch).orElse(0L);
    return (long)
        Math.max(Math.max(1_000, 2.0 * open), rate * trigger(moment).toMillis() / 1000.0 * 3);
  }

  static Duration trigger(Moment moment) {
    return moment.stream()
        .flatMap(s -> moment.status().flatMap(p -> p.definition().feed(s.feed())))
        .map(f -> f.trigger())
        .orElse(Duration.ofSeconds(30));
  }

  /// As wide as there is room beside the ring: `1,080 open`, `24.5k open`, `196k open`.
  private static String open(long events) {
    boolean wide = events >= 99_950 && events < 999_500;
    return (wide ? Math.round(events / 1e3) + "k" : Figures.compact(events)) + " open";
  }

  private static Node stream(Moment moment) {
    if (moment.stream().isEmpty()) {
      return Node.of(Tone.MUTED, List.of(), new double[0]);
    }
    StreamStatus stream = moment.stream().get();
    boolean runs = stream.state() == StreamState.RUNNING;
    double due =
        runs
            ? stream
                .lastCommit()
                .map(at -> moment.since(at).toMillis() * 100.0 / trigger(moment).toMillis())
                .orElse(0.0)
            : 0;
    double late = stream.events() == 0 ? 0 : stream.late() * 100.0 / stream.events();
    return new Node(
        tone(stream.state()),
        runs ? Figures.rate(stream.eventsPerSecond()) : words(stream.state()),
        open(stream.openBatch()),
        Math.min(100, due),
        List.of(
            Fact.of(
                "Watermark",
                stream.watermark().map(at -> Figures.age(moment.since(at))).orElse("none yet")),
            new Fact(
                "Late",
                stream.late() == 0 ? "none" : Figures.compact(stream.late()),
                late > 1 ? Tone.WARNING : Tone.MUTED)),
        List.of(),
        moment.status().map(s -> s.live().eventsPerSecond()).orElse(new double[0]));
  }

  static Tone tone(StreamState state) {
    return switch (state) {
      case RUNNING, STARTING, STOPPING -> Tone.ACCENT;
      case STOPPED -> Tone.MUTED;
      case FAILED -> Tone.BAD;
    };
  }

  static String words(StreamState state) {
    return switch (state) {
      case RUNNING -> "Running";
      case STARTING -> "Starting";
      case STOPPING -> "Stopping";
      case STOPPED -> "Stopped";
      case FAILED -> "Failed";
    };
  }

  private Node tables(Part part, Moment moment, PipelineStatus status) {
    List<TableStatus> here = in(part, status);
    Growth grown = growth.get(part);
    if (grown != null) {
      grown.take(here);
    }
    if (here.stream().allMatch(t -> t.rows() == 0)) {
      return Node.of(
          Tone.MUTED,
          List.of(
              Fact.of("Rows", works(moment, part) ? "building" : "none yet"),
              Fact.of("Tables", Figures.count(expected(part, status)))),
          new double[0]);
    }
    long rows = here.stream().mapToLong(TableStatus::rows).sum();
    long bytes = here.stream().mapToLong(TableStatus::bytes).sum();
    Instant newest = newest(here);
    boolean late = behind(part, moment, status);
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Rows", Figures.compact(rows)));
    facts.add(Fact.of("Size", Figures.bytes(bytes)));
    facts.add(
        new Fact("Fresh", Figures.age(moment.since(newest)), late ? Tone.WARNING : Tone.MUTED));
    Optional<QualityScore> score = here.stream().flatMap(t -> t.quality().stream()).findFirst();
    facts.add(
        score
            .map(s -> new Fact("Quality", Figures.percent(s.percent()), tone(s)))
            .orElse(Fact.of("Tables", Figures.count(here.size()))));
    Tone tone =
        score
            .filter(s -> s.passed() < s.total())
            .map(FlowPlan::tone)
            .orElse(late ? Tone.WARNING : Tone.GOOD);
    return Node.of(tone, facts, grown == null ? new double[0] : grown.values());
  }

  static Tone tone(QualityScore score) {
    return score.passed() == score.total()
        ? Tone.GOOD
        : score.percent() >= 75 ? Tone.WARNING : Tone.BAD;
  }

  static List<TableStatus> in(Part part, PipelineStatus status) {
    Layer layer =
        switch (part) {
          case BRONZE -> Layer.BRONZE;
          case SILVER -> Layer.SILVER;
          case DEAD_LETTERS -> Layer.DEAD_LETTERS;
          default -> Layer.GOLD;
        };
    return status.tables().stream().filter(t -> t.table().layer() == layer).toList();
  }

  private static long expected(Part part, PipelineStatus status) {
    Layer layer = part == Part.SILVER ? Layer.SILVER : Layer.GOLD;
    return part == Part.BRONZE
        ? status.definition().feeds().size()
        : status.definition().tables().stream().filter(t -> t.name().layer() == layer).count();
  }

  static Instant newest(List<TableStatus> tables) {
    return tables.stream()
        .map(TableStatus::committedAt)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /// A derived layer is behind when the layer before it was written long after it; Bronze, when it
  /// misses three triggers while events come in.
  static boolean behind(Part part, Moment moment, PipelineStatus status) {
    List<TableStatus> here = in(part, status);
    if (here.isEmpty()) {
      return false;
    }
    if (part == Part.BRONZE) {
      return moment.stream()
          .filter(s -> s.state() == StreamState.RUNNING && s.eventsPerSecond() > 0)
          .map(_ -> moment.since(newest(here)).compareTo(trigger(moment).multipliedBy(3)) > 0)
          .orElse(false);
    }
    Instant before = newest(in(part == Part.SILVER ? Part.BRONZE : Part.SILVER, status));
    return Duration.between(newest(here), before).compareTo(BEHIND) > 0;
  }

  private static Node warehouse(Moment moment, PipelineStatus status) {
    List<LoadStatus> loads = status.loads();
    Optional<Instant> loaded =
        loads.stream().flatMap(l -> l.loadedAt().stream()).max(Instant::compareTo);
    long rows = loads.stream().mapToLong(LoadStatus::rows).sum();
    long waiting = waiting(status);
    if (loaded.isEmpty()) {
      return Node.of(
          Tone.MUTED,
          List.of(
              Fact.of("Rows", works(moment, Part.WAREHOUSE) ? "loading" : "none yet"),
              Fact.of("Tables", Figures.count(status.definition().warehouse().size())),
              new Fact(
                  "Waiting",
                  waiting > 0 ? Figures.compact(waiting) : "none",
                  waiting > 0 ? Tone.ACCENT : Tone.MUTED)),
          new double[0]);
    }
    return Node.of(
        Tone.GOOD,
        List.of(
            Fact.of("Rows", Figures.compact(rows)),
            Fact.of("Tables", Figures.count(loads.size())),
            Fact.of("Last load", Figures.age(moment.since(loaded.get()))),
            new Fact(
                "Waiting",
                waiting > 0 ? Figures.compact(waiting) : "none",
                waiting > 0 ? Tone.ACCENT : Tone.MUTED)),
        loads.stream().mapToDouble(LoadStatus::rows).toArray());
  }

  /// Rows that the lake holds more than the warehouse.
  static long waiting(PipelineStatus status) {
    long waiting = 0;
    for (TableStatus table : status.tables()) {
      for (var target : status.definition().warehouse()) {
        if (target.from().equals(table.table())) {
          long loaded =
              status.loads().stream()
                  .filter(l -> l.target().equals(target.target()))
                  .mapToLong(LoadStatus::rows)
                  .sum();
          waiting += Math.max(0, table.rows() - loaded);
        }
      }
    }
    return waiting;
  }

  private static Node deadLetters(Moment moment, PipelineStatus status) {
    long kept = in(Part.DEAD_LETTERS, status).stream().mapToLong(TableStatus::rows).sum();
    long now = moment.stream().map(StreamStatus::deadLettersMet).orElse(0L);
    long open = now - moment.stream().map(StreamStatus::deadLetters).orElse(0L);
    long all = Math.max(kept + open, now);
    return new Node(
        all > 0 ? Tone.BAD : Tone.MUTED,
        Figures.compact(all),
        all == 0
            ? "every event could be read"
            : now > 0 ? Figures.compact(now) + " in this session" : "none in this session",
        -1,
        List.of(),
        List.of(),
        new double[0]);
  }

  private static Node quality(Moment moment, PipelineStatus status) {
    int passed = 0;
    int total = 0;
    List<String> failing = new ArrayList<>();
    for (TableStatus table : status.tables()) {
      if (table.quality().isPresent()) {
        QualityScore score = table.quality().get();
        passed += score.passed();
        total += score.total();
        failing.addAll(score.failingInWords());
      }
    }
    if (total == 0) {
      String why = Awaited.checks(moment).map(Awaited::brief).orElse("not checked yet");
      return new Node(Tone.MUTED, "–", why, -1, List.of(), List.of(), new double[0]);
    }
    return new Node(
        passed == total ? Tone.GOOD : Tone.WARNING,
        Figures.count(passed),
        "of " + total + " checks pass",
        -1,
        List.of(
            Fact.of(
                failing.isEmpty() ? "Nothing fails" : "Not met: " + String.join("; ", failing),
                "")),
        List.of(),
        new double[0]);
  }

  /// Whether work under way builds or loads that part.
  static boolean works(Moment moment, Part part) {
    return work(moment, part).isPresent();
  }

  static Optional<WorkStatus> work(Moment moment, Part part) {
    return moment.engine().work().stream()
        .filter(w -> w.command().pipeline().equals(moment.pipeline()))
        .filter(w -> concerns(w, part))
        .findFirst();
  }

  private static boolean concerns(WorkStatus work, Part part) {
    String layer = part.name().toLowerCase(java.util.Locale.ROOT);
    return switch (work.command()) {
      case Command.Transform c ->
          c.table()
              .map(t -> t.layer().sqlName().equals(layer))
              .orElse(work.what().contains(layer + "."));
      case Command.Load _, Command.PreviewLoad _, Command.Reconcile _, Command.MendWarehouse _ ->
          part == Part.WAREHOUSE;
      case Command.RunFlow _ ->
          part == Part.WAREHOUSE
              ? work.what().contains("load")
              : work.what().contains("transform " + layer);
      case Command.Check _, Command.Quality _ -> part == Part.QUALITY;
      case Command.CatchUp _, Command.StartStream _, Command.StopStream _ -> part == Part.STREAM;
      case Command.SuggestFields _ -> part == Part.BRONZE;
      case Command.FindLetters _,
          Command.PreviewReplay _,
          Command.ReplayLetters _,
          Command.DiscardLetters _,
          Command.RestoreLetters _,
          Command.SettleReplays _,
          Command.ExportLetters _ ->
          part == Part.DEAD_LETTERS;
      case Command.Ask _, Command.RestartDatabase _ -> false;
      case Command.CareForTables _, Command.PreviewCare _ -> work.what().contains(layer + ".");
    };
  }
}
