package dev.millrace.engine.history;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Roles;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a feed's readings lie, and the views that read them. Any thread may call.
final class ReadingTables {

  private final Pipeline pipeline;
  private final Feed feed;
  private final Lake lake;

  ReadingTables(Pipeline pipeline, Feed feed, Lake lake) {
    this.pipeline = pipeline;
    this.feed = feed;
    this.lake = lake;
  }

  Roles roles() {
    return feed.roles();
  }

  Optional<LakeTable> bronze() {
    return lake.find(feed.bronze());
  }

  /// The table that judges the feed's readings, if it stands.
  Optional<LakeTable> silver() {
    return pipeline.tables().stream()
        .filter(t -> t.name().layer() == Layer.SILVER && t.from().contains(feed.bronze()))
        .map(DerivedTable::name)
        .flatMap(name -> lake.find(name).stream())
        .filter(table -> judged(table.schema()))
        .findFirst();
  }

  /// The newest event {@link #silver()} has judged, or a little after.
  Optional<Instant> judgedUntil() {
    return silver()
        .flatMap(table -> extent(table.snapshot().files()))
        .map(ReadingHistory.Extent::last);
  }

  /// Definition of {@link #silver()}.
  Optional<DerivedTable> judging() {
    return silver().flatMap(table -> pipeline.table(table.name()));
  }

  private boolean judged(Schema schema) {
    Roles roles = feed.roles();
    return schema.column("is_anomaly").isPresent()
        && schema.column("anomaly_reason").isPresent()
        && schema.column("z_score").isPresent()
        && schema.column(roles.time()).isPresent()
        && roles.entity().flatMap(schema::column).isPresent()
        && roles.value().flatMap(schema::column).isPresent();
  }

  /// Makes the view `readings` of a span: entity, kind, place, unit, value, moment, anomalous,
  /// reason, score. Both ends belong to it.
  void readings(SqlSession session, Instant from, Instant to) {
    List<String> parts = new ArrayList<>();
    Optional<LakeTable> silver = silver();
    Optional<LakeSnapshot> judged = silver.map(LakeTable::snapshot);
    if (silver.isPresent() && judged.isPresent()) {
      session.view("silver", silver.get().schema(), during(judged.get().files(), from, to));
      parts.add(
          "SELECT "
              + columns(session, silver.get().schema())
              + ", is_anomaly AS anomalous, anomaly_reason AS reason, z_score AS score FROM"
              + " silver");
    }
    bronze()
        .ifPresent(
            table -> {
              Fresh fresh = fresh(table, judged);
              List<LakeFile> files = during(fresh.files(), from, to);
              if (!files.isEmpty() || parts.isEmpty()) {
                session.view("bronze", table.schema(), files);
                parts.add(
                    "SELECT "
                        + columns(session, table.schema())
                        + ", FALSE AS anomalous, CAST(NULL AS string) AS reason,"
                        + " CAST(NULL AS double) AS score FROM bronze"
                        + fresh
                            .after()
                            .map(t -> " WHERE " + time(session) + " > " + literal(t))
                            .orElse(""));
              }
            });
    session.query(
        "readings",
        "SELECT * FROM ("
            + String.join(" UNION ALL ", parts)
            + ") AS all_readings WHERE value IS NOT NULL AND entity IS NOT NULL AND moment BETWEEN "
            + literal(from)
            + " AND "
            + literal(to));
  }

  /// Makes the view `judged` of a span, of Silver alone, with the same columns.
  ///
  /// @return whether there is a Silver
  boolean judged(SqlSession session, Instant from, Instant to) {
    Optional<LakeTable> silver = silver();
    silver.ifPresent(
        table -> {
          session.view("silver", table.schema(), during(table.snapshot().files(), from, to));
          session.query(
              "judged",
              "SELECT "
                  + columns(session, table.schema())
                  + ", is_anomaly AS anomalous, anomaly_reason AS reason, z_score AS score FROM"
                  + " silver WHERE "
                  + time(session)
                  + " BETWEEN "
                  + literal(from)
                  + " AND "
                  + literal(to));
        });
    return silver.isPresent();
  }

  /// Files Silver has not taken in.
  ///
  /// @param after where the log does not tell which: all rows later than this
  private record Fresh(List<LakeFile> files, Optional<Instant> after) {}

  private Fresh fresh(LakeTable bronze, Optional<LakeSnapshot> silver) {
    LakeSnapshot now = bronze.snapshot();
    if (silver.isEmpty()) {
      return new Fresh(now.files(), Optional.empty());
    }
    Long built = silver.get().sourceVersions().get(bronze.name().toString());
    Optional<LakeChanges> changes =
        built == null ? Optional.empty() : bronze.changes(built, now.version());
    if (changes.isPresent() && changes.get().removed().isEmpty()) {
      return new Fresh(
          changes.get().added().stream().filter(bronze::isThere).toList(), Optional.empty());
    }
    return new Fresh(now.files(), extent(silver.get().files()).map(ReadingHistory.Extent::last));
  }

  /// Files that may hold rows of a span.
  List<LakeFile> during(List<LakeFile> files, Instant from, Instant to) {
    long low = Micros.of(from);
    long high = Micros.of(to);
    String time = feed.roles().time();
    return files.stream()
        .filter(
            file -> {
              ColumnStatistics known = file.statistics().get(time);
              return known == null
                  || !(known.min().orElse(null) instanceof Long min)
                  || !(known.max().orElse(null) instanceof Long max)
                  || (min <= high && max + 1_000 >= low);
            })
        .toList();
  }

  /// The event times that files tell of.
  Optional<ReadingHistory.Extent> extent(List<LakeFile> files) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (LakeFile file : files) {
      ColumnStatistics known = file.statistics().get(feed.roles().time());
      if (known != null
          && known.min().orElse(null) instanceof Long min
          && known.max().orElse(null) instanceof Long max) {
        first = Math.min(first, min);
        last = Math.max(last, max);
      }
    }
    return first > last
        ? Optional.empty()
        : Optional.of(new ReadingHistory.Extent(Micros.instant(first), Micros.instant(last)));
  }

  /// The same; empty also when one of the files does not tell.
  Optional<ReadingHistory.Extent> extentOfAll(List<LakeFile> files) {
    return files.stream().allMatch(file -> file.statistics().containsKey(feed.roles().time()))
        ? extent(files)
        : Optional.empty();
  }

  String time(SqlSession session) {
    return session.quoted(feed.roles().time());
  }

  private String columns(SqlSession session, Schema schema) {
    Roles roles = feed.roles();
    return session.quoted(roles.entity().orElseThrow())
        + " AS entity, "
        + orEmpty(session, schema, roles.kind())
        + " AS kind, "
        + orEmpty(session, schema, roles.place())
        + " AS place, "
        + orEmpty(session, schema, roles.unit())
        + " AS unit, "
        + session.quoted(roles.value().orElseThrow())
        + " AS value, "
        + time(session)
        + " AS moment";
  }

  private static String orEmpty(SqlSession session, Schema schema, Optional<String> column) {
    return column
        .filter(name -> schema.column(name).isPresent())
        .map(name -> "coalesce(" + session.quoted(name) + ", '')")
        .orElse("''");
  }

  /// A time as a literal.
  static String literal(Instant time) {
    return "TIMESTAMPTZ '" + Micros.instant(Micros.of(time)) + "'";
  }

  /// A text as a literal.
  static String text(String words) {
    return "'" + words.replace("'", "''") + "'";
  }
}
