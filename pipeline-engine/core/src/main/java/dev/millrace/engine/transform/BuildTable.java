package dev.millrace.engine.transform;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.CommitOutcome.Conflict;
import dev.millrace.engine.lake.Lake;
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
import dev.millrace.engine.transform.BuildOutcome.Built;
import dev.millrace.engine.transform.BuildOutcome.UpToDate;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds a Silver or Gold table from its sources and commits it as one version.
///
/// When neither the sources' files nor the definition changed since the last build, nothing is
/// committed. Otherwise the whole table is computed anew and replaced in one commit: the SQL is the
/// author's, and nothing in a definition yet says which of its rows a new source row can change, so
/// only a full build is provably equal to a full build.
///
/// What is new is judged against the snapshot that is replaced; when another writer commits first,
/// everything is judged and built again. Whatever fails or is cancelled leaves the table as it
/// stood. Stateless; any thread may build, each table by one thread at a time.
public final class BuildTable {

  private static final Logger log = LoggerFactory.getLogger(BuildTable.class);

  private static final int ATTEMPTS = 5;

  /// The view `ranges` that every SELECT may read.
  public static final Schema RANGES =
      Schema.of(
          Column.optional("kind", ColumnType.STRING),
          Column.optional("low", ColumnType.DOUBLE),
          Column.optional("high", ColumnType.DOUBLE));

  /// @param now becomes `processing_timestamp` of the rows written
  /// @throws MillraceException `SQL` with the file and line of the SQL, `LAKE`, `FILE`, or
  ///   `CANCELLED`
  public BuildOutcome build(
      Pipeline pipeline,
      DerivedTable table,
      Lake lake,
      SqlEngine engine,
      Instant now,
      Progress progress) {
    long start = System.nanoTime();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      List<LakeTable> sources = sources(table, lake);
      Map<TableName, LakeSnapshot> read = new LinkedHashMap<>();
      sources.forEach(source -> read.put(source.name(), source.snapshot()));
      Fingerprint fingerprint = Fingerprint.of(pipeline, table, read);
      Optional<LakeSnapshot> standing = lake.find(table.name()).map(LakeTable::snapshot);
      if (standing.isPresent() && fingerprint.isOf(standing.get())) {
        return new UpToDate(standing.get().rows(), standing.get().version());
      }
      long rows = read.values().stream().mapToLong(LakeSnapshot::rows).sum();
      progress.report(table.name() + " from " + rows + " rows", 0, rows);

      try (SqlSession session = engine.session();
          CancelWatch _ = CancelWatch.over(session, progress, table.name().toString())) {
        String sql =
            naming(table, () -> SqlParameters.of(pipeline.version(), now).putInto(table.sql()));
        for (LakeTable source : sources) {
          LakeSnapshot snapshot = Objects.requireNonNull(read.get(source.name()));
          session.view(viewName(source.name()), source.schema(), snapshot.files());
        }
        session.values("ranges", RANGES, ranges(pipeline));
        Schema schema = naming(table, () -> session.describe(sql));
        LakeTable target = target(lake, table, schema);
        LakeSnapshot base = target.snapshot();
        List<LakeFile> written =
            naming(
                table,
                () ->
                    session.write(
                        sql,
                        target.schema(),
                        target.partition(),
                        value -> target.dataFolder(value)));
        switch (commit(target, base, written, fingerprint.with(read), progress)) {
          case Committed(LakeSnapshot snapshot) -> {
            progress.report(table.name() + " stands", rows, rows);
            return new Built(
                rows(written),
                snapshot.rows(),
                snapshot.version(),
                written.size(),
                Duration.ofNanos(System.nanoTime() - start));
          }
          case Conflict(long newest) -> {
            discard(written);
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
    return Fingerprint.sourceRows(built);
  }

  private static CommitOutcome commit(
      LakeTable target,
      LakeSnapshot base,
      List<LakeFile> written,
      Map<String, Long> sourceVersions,
      Progress progress) {
    if (progress.cancelled()) {
      discard(written);
      throw new MillraceException(
          ErrorCode.CANCELLED,
          "Building " + target.name() + " was cancelled",
          "it stands as before; run it again");
    }
    // A commit that fails may yet have landed, so its files are left for a vacuum to judge.
    return target.commit(
        base, new LakeCommit("REBUILD", written, base.files(), Map.of(), sourceVersions));
  }

  private static List<LakeTable> sources(DerivedTable table, Lake lake) {
    return table.from().stream()
        .map(
            name ->
                lake.find(name)
                    .orElseThrow(
                        () ->
                            new MillraceException(
                                ErrorCode.LAKE,
                                "There is no "
                                    + name
                                    + " yet, of which "
                                    + table.name()
                                    + " is built",
                                "run the stream or the step that makes " + name + " first")))
        .toList();
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

  private static void discard(List<LakeFile> files) {
    for (LakeFile file : files) {
      try {
        Files.deleteIfExists(file.path());
      } catch (IOException e) {
        log.warn("{} is left behind; no table reads it", file.path(), e);
      }
    }
  }
}
