package dev.millrace.engine.transform;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.CommitOutcome.Conflict;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.transform.BuildOutcome.Built;
import dev.millrace.engine.transform.BuildOutcome.Mode;
import dev.millrace.engine.transform.BuildOutcome.UpToDate;
import dev.millrace.engine.transform.Sources.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a Silver or Gold table to its sources' newest state and commits that as one version.
///
/// What came and went in the source since the last build is taken in by itself where the table's
/// {@link Reach} allows it: rows are added, and files that hold rows which change are replaced.
/// Otherwise the whole table is computed anew and replaced; so it is too when the definition or the
/// source's identity changed, or its log no longer tells what happened since. Either way the table
/// then equals one computed from all of its sources. When nothing came or went, nothing is
/// committed.
///
/// What is new is judged against the snapshot that is changed; when another writer commits first,
/// everything is judged and built again. Whatever fails, is killed or is cancelled leaves the table
/// as it stood. Stateless; any thread may build, each table by one thread at a time.
public final class BuildTable {

  private static final Logger log = LoggerFactory.getLogger(BuildTable.class);

  private static final int ATTEMPTS = 5;

  /// The view `ranges` that every SELECT may read.
  public static final Schema RANGES =
      Schema.of(
          Column.optional("kind", ColumnType.STRING),
          Column.optional("low", ColumnType.DOUBLE),
          Column.optional("high", ColumnType.DOUBLE));

  /// Tables of so many rows, those of the source counted with them, are extended without weighing
  /// it against a rebuild: either takes a fraction of a second.
  private static final long FEW_ROWS = 200_000;

  private final long fileRows;
  private final long fewRows;
  private final long sliceRows;

  public BuildTable() {
    this(FileLayout.FILE_ROWS, FEW_ROWS, Long.MAX_VALUE);
  }

  /// @param fileRows about as many rows as a file of a partitioned table should hold
  /// @param fewRows rows of a table and its source that are not worth weighing
  /// @param sliceRows at most so many source rows are computed from at a time, however many more
  ///   the engine takes
  BuildTable(long fileRows, long fewRows, long sliceRows) {
    this.fileRows = fileRows;
    this.fewRows = fewRows;
    this.sliceRows = sliceRows;
  }

  /// @param now becomes `processing_timestamp` of the rows computed
  /// @throws MillraceException `SQL` with the file and line of the SQL, `DEFINITION` when the SQL
  ///   does not give what the definition says, `LAKE`, `FILE`, or `CANCELLED`
  public BuildOutcome build(
      Pipeline pipeline,
      DerivedTable table,
      Lake lake,
      SqlEngine engine,
      Instant now,
      Progress progress) {
    return build(pipeline, table, lake, engine, now, Optional.empty(), progress);
  }

  /// The same, but the table is computed whole and replaced whatever became of its sources.
  ///
  /// @param reason why, for people
  public BuildOutcome rebuild(
      Pipeline pipeline,
      DerivedTable table,
      Lake lake,
      SqlEngine engine,
      Instant now,
      String reason,
      Progress progress) {
    return build(
        pipeline, table, lake, engine, now, Optional.of(new Judgement.Rebuild(reason)), progress);
  }

  private BuildOutcome build(
      Pipeline pipeline,
      DerivedTable table,
      Lake lake,
      SqlEngine engine,
      Instant now,
      Optional<Judgement> ordered,
      Progress progress) {
    long start = System.nanoTime();
    long atOnce = Math.min(engine.rowsAtOnce(), sliceRows);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Sources sources = Sources.of(table, lake);
      Optional<LakeSnapshot> standing = lake.find(table.name()).map(LakeTable::snapshot);
      Judgement judged = ordered.orElseGet(() -> Judgement.of(pipeline, table, sources, standing));
      if (judged instanceof Judgement.UpToDate) {
        LakeSnapshot stands = standing.orElseThrow();
        return new UpToDate(stands.rows(), stands.version());
      }
      long rows = sources.rows();
      progress.report(table.name() + " from " + rows + " rows", 0, rows);

      try (SqlSession session = engine.session();
          CancelWatch watch = CancelWatch.over(session, progress, table.name().toString(), rows)) {
        String sql =
            naming(table, () -> SqlParameters.of(pipeline.version(), now).putInto(table.sql()));
        FilesRead.Counter read = new FilesRead.Counter();
        // Without files, which may have to be fetched; what is to be read is decided later.
        for (Source source : sources.tables()) {
          session.view(source.view(), source.table().schema(), List.of());
        }
        session.values("ranges", RANGES, ranges(pipeline));
        Schema schema = naming(table, () -> session.describe(sql));
        CheckReach.of(table, sources, schema);
        LakeTable target = target(lake, table, schema);
        LakeSnapshot base = target.snapshot();
        if (standing.filter(s -> s.version() != base.version()).isPresent()) {
          continue;
        }

        Write write =
            naming(
                table,
                () ->
                    write(table, judged, session, sources, target, base, sql, read, watch, atOnce));
        LakeCommit commit =
            new LakeCommit(
                write.mode() instanceof Mode.Rebuilt ? "REBUILD" : "EXTEND",
                write.added(),
                write.removed(),
                Map.of(),
                BuiltFrom.markers(pipeline, table, sources));
        stopIfCancelled(table, write, progress);
        // A commit that fails may yet have landed, so its files are left for a vacuum to judge.
        switch (target.commit(base, commit)) {
          case Committed(LakeSnapshot snapshot) -> {
            progress.report(table.name() + " stands", rows, rows);
            LakeSnapshot after =
                MergeSmallFiles.of(
                    target, snapshot, layoutTime(table, schema), fileRows, session, progress);
            return new Built(
                write.mode(),
                read.sum(),
                rows(write.added()),
                after.rows(),
                after.version(),
                write.added().size(),
                Duration.ofNanos(System.nanoTime() - start));
          }
          case Conflict(long newest) -> {
            discard(write.added());
            log.info(
                "{} was changed to version {} meanwhile; building again", table.name(), newest);
          }
        }
      }
    }
    throw new MillraceException(
        ErrorCode.LAKE,
        table.name() + " was changed by another writer " + ATTEMPTS + " times while it was built",
        "let one process at a time build it; it stands as the other left it");
  }

  /// Columns the table's SELECT gives, asked in a session that has its sources as views.
  ///
  /// @throws MillraceException `SQL` with the file and the place
  public static Schema schema(Pipeline pipeline, DerivedTable table, SqlSession session) {
    return naming(
        table,
        () ->
            session.describe(
                SqlParameters.of(pipeline.version(), Instant.EPOCH).putInto(table.sql())));
  }

  /// The name a table has in SQL: `silver.readings` is `silver_readings`.
  public static String viewName(TableName table) {
    return table.layer().sqlName() + "_" + table.name();
  }

  /// How many rows each source had when this snapshot was built from it.
  public static Map<TableName, Long> sourceRows(LakeSnapshot built) {
    return BuiltFrom.sourceRows(built);
  }

  /// Files written, not yet committed.
  private record Write(Mode mode, List<LakeFile> added, List<LakeFile> removed) {}

  private Write write(
      DerivedTable table,
      Judgement judged,
      SqlSession session,
      Sources sources,
      LakeTable target,
      LakeSnapshot base,
      String sql,
      FilesRead.Counter read,
      CancelWatch watch,
      long atOnce) {
    Optional<String> time = layoutTime(table, target.schema());
    String reason;
    switch (judged) {
      case Judgement.Rebuild(String why) -> reason = why;
      case Judgement.Extend(Source source, LakeChanges changes) -> {
        switch (extension(table, session, source, target, base, changes, sql, read)) {
          case Extension.Rows(String rows, List<LakeFile> replaced) -> {
            FileLayout layout = FileLayout.by(target.partition(), time, base.files(), fileRows);
            // What is new is what the next late events touch; together with what stands it would
            // be written again with it each time.
            if (rows(replaced) >= fileRows / MergeSmallFiles.SMALL) {
              layout = layout.apart();
            }
            List<LakeFile> added =
                session.write(rows, target.schema(), layout, value -> target.dataFolder(value));
            Mode mode =
                replaced.isEmpty() ? new Mode.Appended() : new Mode.Rewrote(replaced.size());
            return new Write(mode, added, replaced);
          }
          case Extension.NotPossible(String why) -> reason = why;
        }
      }
      case Judgement.UpToDate() -> throw new IllegalStateException("nothing to write");
    }
    log.info("{} is computed whole: {}", table.name(), reason);
    List<LakeFile> density =
        base.files().isEmpty()
            ? sources.tables().stream().flatMap(s -> s.snapshot().files().stream()).toList()
            : base.files();
    FileLayout layout = FileLayout.by(target.partition(), time, density, fileRows);
    List<LakeFile> added =
        new ComputeWhole(table, session, target, layout, sql, read, watch).from(sources, atOnce);
    return new Write(new Mode.Rebuilt(reason), added, base.files());
  }

  private Extension extension(
      DerivedTable table,
      SqlSession session,
      Source source,
      LakeTable target,
      LakeSnapshot base,
      LakeChanges changes,
      String sql,
      FilesRead.Counter read) {
    Extending extending = new Extending(session, source, target, base, fewRows, read);
    return switch (table.reach()) {
      case Reach.Whole() -> throw new IllegalStateException("judged to be extended");
      case Reach.Lookback lookback -> new ExtendLookback(extending, lookback).of(changes, sql);
      case Reach.Window window -> new ExtendWindows(extending, window).of(changes, sql);
    };
  }

  /// The TIMESTAMP column by which the table's files are laid out within a date.
  private static Optional<String> layoutTime(DerivedTable table, Schema schema) {
    Optional<String> column =
        switch (table.reach()) {
          case Reach.Whole() -> Optional.empty();
          case Reach.Lookback lookback -> Optional.of(lookback.time());
          case Reach.Window window -> Optional.of(window.start());
        };
    return column
        .flatMap(schema::column)
        .filter(c -> c.type() == ColumnType.TIMESTAMP)
        .map(Column::name);
  }

  private static void stopIfCancelled(DerivedTable table, Write write, Progress progress) {
    if (progress.cancelled()) {
      discard(write.added());
      throw new MillraceException(
          ErrorCode.CANCELLED,
          "Building " + table.name() + " was cancelled",
          "it stands as before; run it again");
    }
  }

  private static LakeTable target(Lake lake, DerivedTable table, Schema schema) {
    Optional<LakeTable> standing = lake.find(table.name());
    if (standing.isEmpty()) {
      return lake.open(table.name(), schema, table.partition());
    }
    LakeTable target = standing.get();
    if (!shape(target.schema()).equals(shape(schema))
        || !target.partition().equals(table.partition())) {
      throw new MillraceException(
          ErrorCode.LAKE,
          table.name()
              + " stands with columns "
              + shape(target.schema())
              + ", and "
              + table.sqlFile()
              + " gives "
              + shape(schema),
          "give back the columns it had, or move the table's folder away to have it built anew");
    }
    return target;
  }

  /// Names and types in order; whether a column may be null is the table's affair.
  private static List<String> shape(Schema schema) {
    return schema.columns().stream().map(c -> c.name() + " " + c.type().sqlName()).toList();
  }

  private static List<List<Object>> ranges(Pipeline pipeline) {
    List<List<Object>> rows = new ArrayList<>();
    new TreeMap<>(pipeline.ranges())
        .forEach((kind, range) -> rows.add(List.of(kind, range.low(), range.high())));
    return rows;
  }

  /// Runs part of the work; an error in the SQL names its file.
  private static <T> T naming(DerivedTable table, Supplier<T> work) {
    try {
      return work.get();
    } catch (MillraceException e) {
      if (e.code() == ErrorCode.SQL) {
        throw new MillraceException(
            ErrorCode.SQL, table.sqlFile() + ": " + e.what(), e.remedy(), e);
      }
      throw e;
    }
  }

  private static long rows(List<LakeFile> files) {
    return files.stream().mapToLong(LakeFile::rows).sum();
  }

  /// Removes files that no commit names.
  static void discard(List<LakeFile> files) {
    for (LakeFile file : files) {
      try {
        Files.deleteIfExists(file.path());
      } catch (IOException e) {
        log.warn("{} is left behind; no table reads it", file.path(), e);
      }
    }
  }
}
