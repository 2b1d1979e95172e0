package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.transform.Sources.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Extends a table whose rows look back over rows of their entity.
///
/// A source row that came or went changes the rows of its entity at its time and the next `rows`
/// rows after it; these look back over as many rows before. Both ends are found by counting the
/// entity's rows in the table as it stands, at first near the changed times and then, for entities
/// with too few rows there, further around. What is to be computed anew is then a set of spans per
/// entity, and what must be read for it a somewhat larger one.
///
/// Rows of the table at a changed time are not counted, for they may be gone afterwards.
final class ExtendLookback {

  private static final String CHANGED = "_changed";
  private static final String SOURCE = "_source";
  private static final String OUTPUT = "_output";
  private static final String TIMELESS = "_timeless";
  private static final String REPLACED = "_replaced";

  private static final long HOUR = 3_600_000_000L;

  /// More rows than are needed on average, so that most entities are done in the first round.
  private static final double SLACK = 1.5;

  /// Each round looks at four times as much time as the one before.
  private static final int DOUBLINGS = 2;

  /// After so many rounds whatever stands is looked at.
  private static final int ROUNDS = 3;

  private final SqlSession session;
  private final Source source;
  private final LakeTable target;
  private final LakeSnapshot base;
  private final Reach.Lookback reach;
  private final FilesRead.Counter read;

  ExtendLookback(
      SqlSession session,
      Source source,
      LakeTable target,
      LakeSnapshot base,
      Reach.Lookback reach,
      FilesRead.Counter read) {
    this.session = session;
    this.source = source;
    this.target = target;
    this.base = base;
    this.reach = reach;
    this.read = read;
  }

  /// @param sql the author's, parameters put in
  Extension of(LakeChanges changes, String sql) {
    String entity = session.quoted(reach.entity());
    String time = session.quoted(reach.time());
    Column sourceTime = source.table().schema().column(reach.time()).orElseThrow();
    if (ChangedRows.mayLack(changes, List.of(reach.entity(), reach.time()))
        && namelessRowsCount(changes, sql, entity, time)) {
      return new Extension.NotPossible(
          "rows without "
              + reach.entity()
              + " or "
              + reach.time()
              + " came or went, and the SQL makes something of them");
    }
    session.table(
        CHANGED,
        "SELECT DISTINCT e, t FROM (SELECT %s AS e, unix_micros(%s) AS t FROM (%s) AS _c) AS _d WHERE e IS NOT NULL AND t IS NOT NULL"
            .formatted(
                entity,
                time,
                ChangedRows.query(session, source.table(), changes, entity + ", " + time, read)));

    List<LookbackRound> rounds = rounds();
    String take = LookbackRound.all(rounds, LookbackRound::take, "e, lo, hi");
    String redo = LookbackRound.all(rounds, LookbackRound::redo, "e, lo, hi");
    List<TimeSpan> spans =
        TimeSpan.merged(rounds.stream().flatMap(r -> r.taken().stream()).toList());
    List<LakeFile> sourceFiles = TimeSpan.overlapping(source.snapshot().files(), sourceTime, spans);
    read.add(sourceFiles);
    session.view(SOURCE, source.table().schema(), sourceFiles);
    session.query(
        source.view(),
        "SELECT * FROM %s AS _s WHERE %s %s"
            .formatted(
                SOURCE,
                spans.isEmpty()
                    ? "FALSE"
                    : within(time, new TimeSpan(spans.getFirst().from(), spans.getLast().to())),
                " AND EXISTS (" + matching(take, "_s." + entity, "_s." + time) + ")"));
    session.query(OUTPUT, sql);

    Set<String> hit = new HashSet<>();
    for (LookbackRound round : rounds) {
      session.forEachRow(
          "SELECT file FROM " + round.hit(), row -> hit.add((String) row.getFirst()));
    }
    List<LakeFile> replaced =
        base.files().stream()
            .filter(file -> hit.contains(file.path().getFileName().toString()))
            .toList();
    String columns = Columns.of(session, target.schema());
    String rows =
        "SELECT %s FROM %s AS _o WHERE EXISTS (%s)"
            .formatted(columns, OUTPUT, matching(redo, "_o." + entity, "_o." + time));
    if (!replaced.isEmpty()) {
      read.add(replaced);
      session.view(REPLACED, target.schema(), replaced);
      rows +=
          " UNION ALL SELECT %s FROM %s AS _r WHERE NOT EXISTS (%s)"
              .formatted(columns, REPLACED, matching(redo, "_r." + entity, "_r." + time));
    }
    return new Extension.Rows(rows, replaced);
  }

  /// Looks around the changed times until every entity's spans are known.
  private List<LookbackRound> rounds() {
    Column time = target.schema().column(reach.time()).orElseThrow();
    Neighbourhood standing = new Neighbourhood(base.files(), time);
    List<LookbackRound> rounds = new ArrayList<>();
    String pending = CHANGED;
    for (int number = 0; ; number++) {
      List<TimeSpan> spans = around(standing, pending, number);
      if (spans.isEmpty()) {
        return rounds;
      }
      LookbackRound round =
          new LookbackRound(session, target.schema(), standing, reach, number, pending, spans);
      round.look(read);
      rounds.add(round);
      if (round.unmet() == 0) {
        return rounds;
      }
      pending = round.pendingAfter();
    }
  }

  /// Where to look for rows near the changed times.
  private List<TimeSpan> around(Neighbourhood standing, String pending, int round) {
    List<long[]> hours =
        Numbers.rows(
            session,
            "SELECT h, min(t) AS first_t, max(t) AS last_t FROM (SELECT %s AS h, t FROM %s) AS _h GROUP BY h"
                .formatted(ExtendWindows.window("t", HOUR), pending));
    if (hours.isEmpty()) {
      return List.of();
    }
    if (round >= ROUNDS) {
      return List.of(new TimeSpan(TimeSpan.BEGINNING, TimeSpan.END));
    }
    long entities = Numbers.one(session, "SELECT count(DISTINCT e) FROM " + CHANGED);
    long wanted = (long) (SLACK * reach.rows() * entities);
    long wide = 1L << (DOUBLINGS * round);
    List<TimeSpan> spans = new ArrayList<>();
    for (long[] hour : hours) {
      spans.add(standing.around(hour[1], hour[2], wanted, wide));
    }
    return TimeSpan.merged(spans);
  }

  private boolean namelessRowsCount(LakeChanges changes, String sql, String entity, String time) {
    session.query(
        source.view(),
        "SELECT _s.*, '' AS _source_file FROM (%s) AS _s WHERE %s IS NULL OR %s IS NULL"
            .formatted(
                ChangedRows.query(
                    session,
                    source.table(),
                    changes,
                    Columns.of(session, source.table().schema()),
                    read),
                entity,
                time));
    session.query(TIMELESS, sql);
    return !session.rows("SELECT 1 AS n FROM " + TIMELESS + " LIMIT 1").isEmpty();
  }

  private static String matching(String spans, String entity, String time) {
    return "SELECT 1 FROM (%1$s) AS _k WHERE _k.e = %2$s AND unix_micros(%3$s) >= _k.lo AND unix_micros(%3$s) < _k.hi"
        .formatted(spans, entity, time);
  }

  /// The condition that a time lies in the span.
  static String within(String time, TimeSpan span) {
    List<String> bounds = new ArrayList<>();
    if (span.from() > TimeSpan.BEGINNING) {
      bounds.add(time + " >= timestamp_micros(" + span.from() + ")");
    }
    if (span.to() < TimeSpan.END) {
      bounds.add(time + " < timestamp_micros(" + span.to() + ")");
    }
    return bounds.isEmpty() ? "TRUE" : String.join(" AND ", bounds);
  }
}
