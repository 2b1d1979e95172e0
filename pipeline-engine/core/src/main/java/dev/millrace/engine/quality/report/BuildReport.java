package dev.millrace.engine.quality.report;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Roles;
import dev.millrace.engine.quality.KnownTables;
import dev.millrace.engine.quality.ReadResult;
import dev.millrace.engine.quality.ValidationRecord;
import dev.millrace.engine.quality.ValidationStore;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptFilter;
import dev.millrace.engine.quality.quarantine.Quarantine;
import dev.millrace.engine.quality.report.QualityReport.Anomalies;
import dev.millrace.engine.quality.report.QualityReport.Lineage;
import dev.millrace.engine.quality.report.QualityReport.Run;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gathers what a report says: validations from their store, lineage from the lake's logs,
/// anomalies from the rows. Any thread may build reports.
public final class BuildReport {

  private static final Logger LOG = LoggerFactory.getLogger(BuildReport.class);
  private static final int HISTORY = 200;
  private static final int MOST_ANOMALIES = 1_000;
  private static final int SOME_FILES = 6;

  /// Runs or days told instead of one that has no validations.
  private static final int NEAREST = 5;

  private static final String VIEW = "reported";

  private final Pipeline pipeline;
  private final ValidationStore store;
  private final Lake lake;
  private final SqlEngine sql;
  private final Quarantine quarantine;
  private final LongFunction<Optional<Run>> runs;
  private final InstantSource clock;

  /// @param runs the flow run of an id, if it is known
  public BuildReport(
      Pipeline pipeline,
      ValidationStore store,
      Lake lake,
      SqlEngine sql,
      Quarantine quarantine,
      LongFunction<Optional<Run>> runs,
      InstantSource clock) {
    this.pipeline = pipeline;
    this.store = store;
    this.lake = lake;
    this.sql = sql;
    this.quarantine = quarantine;
    this.runs = runs;
    this.clock = clock;
  }

  /// @param demo whether data of the demo is in the tables
  /// @throws MillraceException `USAGE` when nothing was judged that it could be about
  public QualityReport of(ReportSubject subject, boolean demo) {
    if (subject instanceof ReportSubject.OfTable(TableName table)) {
      KnownTables.require(pipeline, table, lake);
    }
    List<TableReport> tables = new ArrayList<>();
    for (List<ValidationRecord> oldestFirst : records(subject)) {
      tables.add(table(oldestFirst));
    }
    if (tables.isEmpty()) {
      throw nothing(subject);
    }
    tables.sort(
        Comparator.comparing((TableReport t) -> t.judgings().worst())
            .reversed()
            .thenComparing(TableReport::success)
            .thenComparingDouble(t -> t.record().percent())
            .thenComparing(TableReport::table));
    return new QualityReport(
        pipeline.name(), pipeline.title(), subject, clock.instant(), demo, tables);
  }

  /// Nothing was judged that a report could be about: what there is instead.
  private MillraceException nothing(ReportSubject subject) {
    String what =
        switch (subject) {
          case ReportSubject.OfTable(TableName table) -> table + " was not judged yet";
          case ReportSubject.OfRun(long run) ->
              runs.apply(run).isPresent()
                  ? "Flow run %d judged no table of %s".formatted(run, pipeline.name())
                  : "There is no flow run %d".formatted(run);
          case ReportSubject.OfDay(LocalDate day) ->
              "No table of %s was judged on %s (UTC)".formatted(pipeline.name(), day);
        };
    List<?> near =
        switch (subject) {
          case ReportSubject.OfTable _ -> List.of();
          case ReportSubject.OfRun(long run) -> store.runsNear(pipeline.name(), run, NEAREST);
          case ReportSubject.OfDay(LocalDate day) -> store.daysNear(pipeline.name(), day, NEAREST);
        };
    return new MillraceException(
        ErrorCode.USAGE,
        what + "; no report was written",
        near.isEmpty()
            ? "judge a table first: millrace quality validate " + pipeline.name()
            : "name a "
                + (subject instanceof ReportSubject.OfRun
                    ? "run that judged tables"
                    : "day with validations")
                + "; the nearest: "
                + near.stream().map(Object::toString).collect(Collectors.joining(", ")));
  }

  /// The validations of each table that it was about, oldest first.
  private Collection<List<ValidationRecord>> records(ReportSubject subject) {
    return switch (subject) {
      case ReportSubject.OfTable(TableName table) ->
          store.latest(pipeline.name(), table).stream().map(List::of).toList();
      case ReportSubject.OfRun(long run) -> byTable(store.ofRun(pipeline.name(), run));
      case ReportSubject.OfDay(var day) ->
          byTable(
              store.between(
                  pipeline.name(),
                  day.atStartOfDay(ZoneOffset.UTC).toInstant(),
                  day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
    };
  }

  private static Collection<List<ValidationRecord>> byTable(List<ValidationRecord> oldestFirst) {
    Map<TableName, List<ValidationRecord>> tables = new LinkedHashMap<>();
    oldestFirst.forEach(
        record -> tables.computeIfAbsent(record.table(), _ -> new ArrayList<>()).add(record));
    return tables.values();
  }

  private TableReport table(List<ValidationRecord> oldestFirst) {
    ValidationRecord record = oldestFirst.getLast();
    List<ValidationRecord> all = store.history(pipeline.name(), record.table(), HISTORY);
    // A report of a past run or day ends its history there.
    List<ValidationRecord> until =
        all.stream().filter(r -> !r.validatedAt().isAfter(record.validatedAt())).toList();
    return new TableReport(
        record,
        ReadResult.of(record.json()).results(),
        TableHistory.of(record.table(), until),
        lineage(record),
        anomalies(record),
        kept(record, all),
        Judgings.of(oldestFirst));
  }

  /// What it left in quarantine, open rows first: what is there now, unless the table was judged
  /// again since.
  private List<KeptCount> kept(ValidationRecord record, List<ValidationRecord> newestFirst) {
    boolean newest =
        newestFirst.isEmpty()
            || !newestFirst.getFirst().validatedAt().isAfter(record.validatedAt());
    List<KeptCount> kept =
        newest
            ? quarantine.counts(
                new KeptFilter(Optional.of(record.table()), Set.of(), Optional.empty(), Set.of()))
            : quarantine.countsAt(record.table(), record.validatedAt());
    return kept.stream().sorted(Comparator.comparing(KeptCount::state)).toList();
  }

  private Optional<Lineage> lineage(ValidationRecord record) {
    return snapshot(record)
        .map(
            snapshot ->
                new Lineage(
                    record.version(),
                    snapshot.committedAt(),
                    operation(record),
                    snapshot.rows(),
                    snapshot.files().size(),
                    snapshot.bytes(),
                    sources(snapshot),
                    snapshot.files().stream()
                        .sorted(Comparator.comparingLong(LakeFile::bytes).reversed())
                        .limit(SOME_FILES)
                        .map(file -> name(file.path()))
                        .toList(),
                    record.run().flatMap(runs::apply)));
  }

  /// The tables it was built from; a build keeps more beside them for its own use.
  private static Map<String, Long> sources(LakeSnapshot snapshot) {
    Map<String, Long> sources = new TreeMap<>();
    snapshot
        .sourceVersions()
        .forEach(
            (name, version) -> TableName.parse(name).ifPresent(_ -> sources.put(name, version)));
    return sources;
  }

  private String operation(ValidationRecord record) {
    return lake.find(record.table()).stream()
        .flatMap(table -> table.history(Integer.MAX_VALUE).stream())
        .filter(version -> version.version() == record.version())
        .map(LakeVersion::operation)
        .findFirst()
        .orElse("");
  }

  /// The judged version; empty when the log no longer tells it.
  private Optional<LakeSnapshot> snapshot(ValidationRecord record) {
    try {
      return lake.find(record.table()).map(table -> table.snapshotAt(record.version()));
    } catch (MillraceException e) {
      LOG.info("The log of {} no longer tells version {}", record.table(), record.version(), e);
      return Optional.empty();
    }
  }

  private List<Anomalies> anomalies(ValidationRecord record) {
    Optional<LakeTable> table = lake.find(record.table());
    Optional<LakeSnapshot> snapshot = snapshot(record);
    if (table.isEmpty()
        || snapshot.isEmpty()
        || !snapshot.get().files().stream().allMatch(table.get()::isThere)) {
      return List.of();
    }
    Schema schema = table.get().schemaAt(record.version());
    Roles roles = pipeline.feeds().getFirst().roles();
    Optional<String> kind = roles.kind().filter(c -> schema.column(c).isPresent());
    Optional<String> place = roles.place().filter(c -> schema.column(c).isPresent());
    if (schema.column("is_anomaly").filter(c -> c.type() == ColumnType.BOOLEAN).isEmpty()
        || kind.isEmpty()) {
      return List.of();
    }
    List<Anomalies> found = new ArrayList<>();
    try (SqlSession session = sql.session()) {
      session.view(VIEW, schema, snapshot.get().files());
      session.forEachRow(
          """
          SELECT CAST(%s AS varchar), %s, count(*), count(CASE WHEN is_anomaly THEN 1 END)
          FROM %s GROUP BY 1, 2 ORDER BY 4 DESC, 3 DESC, 1, 2 LIMIT %d
          """
              .formatted(
                  quoted(kind.get()),
                  place.map(p -> "CAST(" + quoted(p) + " AS varchar)").orElse("''"),
                  VIEW,
                  MOST_ANOMALIES),
          row ->
              found.add(
                  new Anomalies(
                      String.valueOf(row.get(0)),
                      row.get(1) == null ? "(none)" : row.get(1).toString(),
                      ((Number) row.get(2)).longValue(),
                      ((Number) row.get(3)).longValue())));
    }
    return found;
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  private static String quoted(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }
}
