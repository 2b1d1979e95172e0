package dev.millrace.engine.metric;

import java.util.List;

/// Every meter of Millrace: its name, its kind, its unit, its labels and its meaning, said once.
///
/// docs/metrics.md holds the same as a table, and a test keeps the two together.
public enum MeterName {
  STREAM_EVENTS(
      "millrace.stream.events",
      Kind.COUNTER,
      "events",
      "Events decoded into Bronze",
      "pipeline",
      "feed"),
  STREAM_KIND_EVENTS(
      "millrace.stream.kind.events",
      Kind.COUNTER,
      "events",
      "Events decoded into Bronze, by kind",
      "pipeline",
      "feed",
      "kind"),
  STREAM_DEAD_LETTERS(
      "millrace.stream.dead.letters",
      Kind.COUNTER,
      "letters",
      "Events kept as dead letters",
      "pipeline",
      "feed"),
  STREAM_LATE(
      "millrace.stream.late",
      Kind.COUNTER,
      "events",
      "Events behind the watermark, by how much at most; they are kept",
      "pipeline",
      "feed",
      "behind"),
  STREAM_AHEAD(
      "millrace.stream.ahead",
      Kind.COUNTER,
      "events",
      "Events more than five minutes ahead of their arrival; they are kept, the watermark passes them over",
      "pipeline",
      "feed"),
  STREAM_COMMIT(
      "millrace.stream.commit",
      Kind.TIMER,
      "seconds",
      "Time of one Bronze commit, files included",
      "pipeline",
      "feed"),
  LAKE_CHECKPOINT(
      "millrace.lake.checkpoint",
      Kind.TIMER,
      "seconds",
      "Time of one checkpoint of a table's log, which a commit makes now and then",
      "pipeline",
      "table"),
  STREAM_BATCH(
      "millrace.stream.batch",
      Kind.SUMMARY,
      "events",
      "Events of one commit, dead letters included",
      "pipeline",
      "feed"),
  STREAM_RUNNING(
      "millrace.stream.running",
      Kind.GAUGE,
      "",
      "1 while the feed's stream runs in this process, else 0",
      "pipeline",
      "feed"),
  STREAM_OPEN(
      "millrace.stream.open",
      Kind.GAUGE,
      "events",
      "Events read and not yet committed",
      "pipeline",
      "feed"),
  STREAM_WATERMARK_DELAY(
      "millrace.stream.watermark.delay",
      Kind.GAUGE,
      "seconds",
      "How far the watermark is behind the clock",
      "pipeline",
      "feed"),
  STREAM_COMMIT_AGE(
      "millrace.stream.commit.age",
      Kind.GAUGE,
      "seconds",
      "Time since the last Bronze commit of this process",
      "pipeline",
      "feed"),
  STREAM_LAG_EVENTS(
      "millrace.stream.lag.events",
      Kind.GAUGE,
      "events",
      "Events in the partitions read here that are not yet committed",
      "pipeline",
      "feed"),
  STREAM_LAG_SECONDS(
      "millrace.stream.lag.seconds",
      Kind.GAUGE,
      "seconds",
      "Age of the oldest record read here that is not yet committed",
      "pipeline",
      "feed"),
  STREAM_TROUBLE(
      "millrace.stream.trouble",
      Kind.GAUGE,
      "",
      "1 while something keeps the stream from going on, by kind",
      "pipeline",
      "feed",
      "kind"),
  STREAM_TROUBLES(
      "millrace.stream.troubles",
      Kind.COUNTER,
      "",
      "How often something kept the stream from going on, by kind",
      "pipeline",
      "feed",
      "kind"),
  TOPIC_LAG(
      "millrace.topic.lag",
      Kind.GAUGE,
      "events",
      "Events in all of the feed's topic that no worker has committed yet",
      "pipeline",
      "feed"),
  LIVE_LATENCY_P99(
      "millrace.live.latency.p99",
      Kind.GAUGE,
      "seconds",
      "Event time to live state, 99th percentile of the last minute, backlogs left out",
      "pipeline"),
  LIVE_ENTITIES(
      "millrace.live.entities",
      Kind.GAUGE,
      "",
      "Entities the live state has heard, by kind",
      "pipeline",
      "kind"),
  LIVE_HEALTH(
      "millrace.live.health",
      Kind.GAUGE,
      "ratio",
      "Mean health of the entities of a kind, 0 to 1",
      "pipeline",
      "kind"),
  LIVE_ANOMALIES(
      "millrace.live.anomalies",
      Kind.GAUGE,
      "",
      "Anomalies of the last 24 hours of event time, by kind",
      "pipeline",
      "kind"),
  TABLE_ROWS("millrace.table.rows", Kind.GAUGE, "", "Rows of a lake table", "pipeline", "table"),
  TABLE_SIZE(
      "millrace.table.size",
      Kind.GAUGE,
      "bytes",
      "Size of a lake table's live files",
      "pipeline",
      "table"),
  TABLE_FILES(
      "millrace.table.files", Kind.GAUGE, "", "Live files of a lake table", "pipeline", "table"),
  TABLE_VERSION(
      "millrace.table.version",
      Kind.GAUGE,
      "",
      "Delta version of a lake table",
      "pipeline",
      "table"),
  TABLE_AGE(
      "millrace.table.age",
      Kind.GAUGE,
      "seconds",
      "Time since the last commit to a lake table",
      "pipeline",
      "table"),
  QUALITY_SCORE(
      "millrace.quality.score",
      Kind.GAUGE,
      "ratio",
      "Share of a table's expectations met in its last validation, 0 to 1",
      "pipeline",
      "table"),
  QUALITY_AGE(
      "millrace.quality.age",
      Kind.GAUGE,
      "seconds",
      "Time since a table's last validation",
      "pipeline",
      "table"),
  WAREHOUSE_ROWS(
      "millrace.warehouse.rows", Kind.GAUGE, "", "Rows of a warehouse table", "pipeline", "table"),
  WAREHOUSE_AGE(
      "millrace.warehouse.age",
      Kind.GAUGE,
      "seconds",
      "Time since a warehouse table's last load",
      "pipeline",
      "table"),
  WAREHOUSE_LOADED(
      "millrace.warehouse.loaded",
      Kind.COUNTER,
      "rows",
      "Rows brought to the warehouse by loads of this process",
      "pipeline"),
  FLOW_STEP(
      "millrace.flow.step",
      Kind.TIMER,
      "seconds",
      "Time of one step of a flow",
      "pipeline",
      "step"),
  FLOW_RUNS(
      "millrace.flow.runs",
      Kind.COUNTER,
      "",
      "Runs of a flow that ended in this process, by outcome",
      "pipeline",
      "flow",
      "outcome"),
  SERVICE_UP(
      "millrace.service.up",
      Kind.GAUGE,
      "",
      "1 while a service the engine stands on answers, else 0",
      "service"),
  SIMULATOR_EVENTS(
      "millrace.simulator.events", Kind.COUNTER, "events", "Events the simulator sent", "pipeline"),
  SIMULATOR_ANOMALIES(
      "millrace.simulator.anomalies",
      Kind.COUNTER,
      "events",
      "Anomalous readings among them",
      "pipeline"),
  SIMULATOR_TARGET(
      "millrace.simulator.target",
      Kind.GAUGE,
      "",
      "Events per second the simulator was asked for",
      "pipeline"),
  SIMULATOR_RATE(
      "millrace.simulator.rate",
      Kind.GAUGE,
      "",
      "Events per second the simulator sent over the last seconds",
      "pipeline"),
  SIMULATOR_ANOMALY_SHARE(
      "millrace.simulator.anomaly.share",
      Kind.GAUGE,
      "ratio",
      "Share of readings the simulator makes anomalous, 0 to 1",
      "pipeline"),
  PROCESS_CPU(
      "millrace.process.cpu",
      Kind.COUNTER,
      "seconds",
      "CPU time this process has used, over all its threads"),
  PROCESS_RESIDENT(
      "millrace.process.resident",
      Kind.GAUGE,
      "bytes",
      "Resident memory of this process, where the system tells");

  /// What a meter is.
  public enum Kind {
    /// A sum that only grows while the process lives.
    COUNTER,
    /// A value as it stands.
    GAUGE,
    /// How many, how much in all, and a histogram, of times in seconds.
    TIMER,
    /// How many, how much in all, and the largest of the last minutes.
    SUMMARY
  }

  private final String id;
  private final Kind kind;
  private final String unit;
  private final String description;

  /// Unmodifiable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> labels;

  MeterName(String id, Kind kind, String unit, String description, String... labels) {
    this.id = id;
    this.kind = kind;
    this.unit = unit;
    this.description = description;
    this.labels = List.of(labels);
  }

  /// Its Micrometer name.
  public String id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  /// Its base unit; empty for a plain number.
  public String unit() {
    return unit;
  }

  public String description() {
    return description;
  }

  public List<String> labels() {
    return labels;
  }

  /// The name of its family in Prometheus.
  public String prometheus() {
    String plain = id.replace('.', '_');
    String named = unit.isEmpty() || plain.endsWith("_" + unit) ? plain : plain + "_" + unit;
    return kind == Kind.COUNTER ? named + "_total" : named;
  }
}
