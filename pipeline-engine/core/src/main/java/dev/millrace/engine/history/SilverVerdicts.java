package dev.millrace.engine.history;

import static dev.millrace.engine.history.LakeReadings.whole;
import static dev.millrace.engine.history.LakeReadings.words;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.JudgedAnomalies;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What Silver judged in its last 24 hours, told anew as far as it changed. One thread at a time.
public final class SilverVerdicts {

  private static final Duration DAY = Duration.ofHours(24);
  private static final long SLOT = JudgedAnomalies.SLOT.toSeconds() * 1_000_000;

  private final ReadingTables tables;
  private final SqlEngine sql;
  private Optional<Told> told = Optional.empty();

  private record Told(String table, long version) {}

  /// @param sql the engine of this process
  public SilverVerdicts(Pipeline pipeline, Feed feed, Lake lake, SqlEngine sql) {
    this.tables = new ReadingTables(pipeline, feed, lake);
    this.sql = sql;
  }

  /// The table that judges, if it stands.
  public Optional<TableName> table() {
    return readings() ? tables.silver().map(LakeTable::name) : Optional.empty();
  }

  private boolean readings() {
    return tables.roles().entity().isPresent() && tables.roles().value().isPresent();
  }

  /// What changed since this was asked last, the first time everything; empty when nothing did.
  ///
  /// @throws dev.millrace.engine.error.MillraceException when the lake does not answer
  public Optional<JudgedAnomalies> next() {
    Optional<LakeTable> silver = readings() ? tables.silver() : Optional.empty();
    if (silver.isEmpty()) {
      return Optional.empty();
    }
    LakeSnapshot now = silver.get().snapshot();
    Told next = new Told(silver.get().id(), now.version());
    if (told.equals(Optional.of(next))) {
      return Optional.empty();
    }
    Optional<JudgedAnomalies> judged = judged(now, changed(silver.get(), next));
    told = Optional.of(next);
    return judged;
  }

  /// Times from which on rows may be others than those told; empty for all.
  private Optional<Instant> changed(LakeTable silver, Told next) {
    Optional<LakeChanges> changes =
        told.filter(before -> before.table().equals(next.table()))
            .flatMap(before -> silver.changes(before.version(), next.version()));
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    List<LakeFile> files =
        Stream.concat(changes.get().added().stream(), changes.get().removed().stream()).toList();
    return files.isEmpty()
        ? Optional.of(Instant.MAX)
        : tables.extentOfAll(files).map(ReadingHistory.Extent::first);
  }

  /// A clock that runs ahead makes no end of the day: no event is later than its table.
  private Optional<JudgedAnomalies> judged(LakeSnapshot silver, Optional<Instant> changed) {
    Optional<ReadingHistory.Extent> extent = tables.extent(silver.files());
    if (extent.isEmpty()) {
      return Optional.empty();
    }
    Instant to =
        extent.get().last().isAfter(silver.committedAt())
            ? silver.committedAt()
            : extent.get().last();
    Instant dayBefore = to.minus(DAY);
    Instant from = slot(changed.filter(dayBefore::isBefore).orElse(dayBefore));
    if (from.isAfter(to)) {
      return Optional.empty();
    }
    try (SqlSession session = sql.session()) {
      if (!tables.judged(session, from, to)) {
        return Optional.empty();
      }
      List<Instant> newest = new ArrayList<>();
      session.forEachRow(
          "SELECT unix_micros(max(moment)) FROM judged WHERE moment IS NOT NULL HAVING count(*) >"
              + " 0",
          row -> newest.add(Micros.instant(whole(row.get(0)))));
      if (newest.isEmpty()) {
        return Optional.empty();
      }
      List<Anomaly> latest =
          LakeReadings.anomalies(
              session,
              "SELECT * FROM judged WHERE anomalous ORDER BY moment DESC LIMIT "
                  + LiveSnapshot.NEWEST_ANOMALIES);
      List<Anomaly> striking =
          LakeReadings.anomalies(
              session,
              """
              SELECT *, row_number() OVER (
                PARTITION BY kind, unix_micros(moment) // %d ORDER BY %s DESC, moment DESC) AS rank
              FROM judged WHERE anomalous QUALIFY rank = 1
              """
                  .formatted(SLOT, GravitySql.rank()));
      List<JudgedAnomalies.Count> counts = new ArrayList<>();
      session.forEachRow(
          """
          SELECT unix_micros(moment) // %d AS slot, kind, reason, %s AS gravity, count(*)
          FROM judged WHERE anomalous GROUP BY slot, kind, reason, gravity
          """
              .formatted(SLOT, GravitySql.ordinal()),
          row ->
              counts.add(
                  new JudgedAnomalies.Count(
                      Micros.instant(whole(row.get(0)) * SLOT),
                      words(row.get(1)),
                      words(row.get(2)),
                      Gravity.values()[(int) whole(row.get(3))],
                      whole(row.get(4)))));
      return Optional.of(new JudgedAnomalies(from, newest.getFirst(), latest, striking, counts));
    }
  }

  /// Begin of the slot a time lies in.
  private static Instant slot(Instant time) {
    return Micros.instant(Math.floorDiv(Micros.of(time), SLOT) * SLOT);
  }
}
