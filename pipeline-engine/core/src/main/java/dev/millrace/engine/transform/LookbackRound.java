package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One look around changed times: for every pending entity with enough rows in sight, what must be
/// computed anew and what must be read for it.
///
/// Leaves tables in the session, named by the round's number: `_take_N` and `_redo_N` (`e, lo, hi`:
/// entity, first microsecond, the one after the last), `_hit_N` (`file`: names of the table's files
/// with rows to be computed anew) and `_pending_N` (`e, t`: changed times of the entities that saw
/// too little).
final class LookbackRound {

  private final SqlSession session;
  private final Schema schema;
  private final Neighbourhood standing;
  private final Reach.Lookback reach;
  private final int number;
  private final String pending;
  private final List<TimeSpan> spans;

  /// @param schema the target's
  /// @param pending table of the changed times (`e, t`) to look around
  /// @param spans where to look; disjoint, in order, and around every pending time
  LookbackRound(
      SqlSession session,
      Schema schema,
      Neighbourhood standing,
      Reach.Lookback reach,
      int number,
      String pending,
      List<TimeSpan> spans) {
    this.session = session;
    this.schema = schema;
    this.standing = standing;
    this.reach = reach;
    this.number = number;
    this.pending = pending;
    this.spans = spans;
  }

  /// The tables of all rounds as one.
  static String all(
      List<LookbackRound> rounds, Function<LookbackRound, String> table, String columns) {
    return rounds.stream()
        .map(round -> "SELECT " + columns + " FROM " + table.apply(round))
        .collect(Collectors.joining(" UNION ALL "));
  }

  String take() {
    return "_take_" + number;
  }

  String redo() {
    return "_redo_" + number;
  }

  String hit() {
    return "_hit_" + number;
  }

  String pendingAfter() {
    return "_pending_" + number;
  }

  private String rows() {
    return "_standing_" + number;
  }

  private String flags() {
    return "_flags_" + number;
  }

  void look(FilesRead.Counter read) {
    standingRows(read);
    flag();
    session.table(
        pendingAfter(),
        """
        SELECT e, t FROM %s WHERE e IN (
          SELECT e FROM (
            SELECT seg, e,
                   min(CASE WHEN changed THEN k END) AS before,
                   max(k) - max(CASE WHEN changed THEN k END) AS after
            FROM %s GROUP BY seg, e) AS _seen
          WHERE (before < %d AND seg NOT IN (%s)) OR (after < %d AND seg NOT IN (%s)))"""
            .formatted(
                pending,
                flags(),
                reach.rows(),
                numbers(span -> span.from() <= TimeSpan.BEGINNING),
                reach.rows(),
                numbers(span -> span.to() >= TimeSpan.END)));
    session.table(take(), spansOf("needed"));
    session.table(redo(), spansOf("affected"));
    session.table(
        hit(),
        """
        SELECT DISTINCT file FROM %s AS _s
        WHERE EXISTS (SELECT 1 FROM %s AS _k WHERE _k.e = _s.e AND _s.t >= _k.lo AND _s.t < _k.hi)"""
            .formatted(rows(), redo()));
  }

  /// How many entities saw too little.
  long unmet() {
    return Numbers.one(session, "SELECT count(DISTINCT e) FROM " + pendingAfter());
  }

  /// Stretches of time that hold everything to be read.
  List<TimeSpan> taken() {
    return Numbers.rows(session, "SELECT min(lo), max(hi) FROM " + take() + " GROUP BY seg")
        .stream()
        .map(row -> new TimeSpan(row[0], row[1]))
        .toList();
  }

  /// The table's rows in sight of the pending entities: number of the span, entity, time, file.
  private void standingRows(FilesRead.Counter read) {
    String entity = session.quoted(reach.entity());
    String time = session.quoted(reach.time());
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      TimeSpan span = spans.get(i);
      List<LakeFile> files = standing.of(List.of(span));
      read.add(files);
      String view = "_near_" + number + "_" + i;
      session.view(view, schema, files);
      parts.add(
          """
          SELECT %d AS seg, %s AS e, unix_micros(%s) AS t, _source_file AS file FROM %s
          WHERE %s AND %s IN (SELECT e FROM %s WHERE t >= %d AND t < %d)"""
              .formatted(
                  i,
                  entity,
                  time,
                  view,
                  ExtendLookback.within(time, span),
                  entity,
                  pending,
                  span.from(),
                  span.to()));
    }
    session.table(rows(), String.join(" UNION ALL ", parts));
  }

  /// Marks at every time in sight whether rows there are affected by a change, and needed for
  /// computing those that are.
  ///
  /// `k` counts the rows up to and including a time; rows at changed times do not count. A row is
  /// affected when fewer than `rows` rows lie between the last change and it, and needed when as
  /// many lie between it and the next affected row.
  private void flag() {
    String segment =
        IntStream.range(0, spans.size())
            .mapToObj(i -> "WHEN t < " + spans.get(i).to() + " THEN " + i)
            .collect(Collectors.joining(" ", "CASE ", " END"));
    session.table(
        flags(),
        """
        WITH times AS (
          SELECT seg, e, t, max(changed) = 1 AS changed,
                 CASE WHEN max(changed) = 1 THEN 0 ELSE count(*) END AS counted
          FROM (
            SELECT seg, e, t, 0 AS changed FROM %s
            UNION ALL
            SELECT %s AS seg, e, t, 1 AS changed FROM %s) AS _both
          GROUP BY seg, e, t
        ), numbered AS (
          SELECT times.*, CAST(sum(counted) OVER upto AS bigint) AS k
          FROM times
          WINDOW upto AS (PARTITION BY seg, e ORDER BY t ASC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
        ), reached AS (
          SELECT numbered.*,
                 coalesce(
                   k - counted
                     - max(CASE WHEN changed THEN k END) OVER (
                         PARTITION BY seg, e ORDER BY t ASC
                         ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) < %d,
                   FALSE) OR changed AS affected
          FROM numbered
        )
        SELECT reached.*,
               coalesce(
                 min(CASE WHEN affected THEN k - counted END) OVER (
                   PARTITION BY seg, e ORDER BY t ASC
                   ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) - k < %d,
                 FALSE) OR affected AS needed,
               lead(t) OVER (PARTITION BY seg, e ORDER BY t ASC) AS next_t
        FROM reached"""
            .formatted(rows(), segment, pending, reach.rows(), reach.rows()));
  }

  /// Neighbouring times with a flag as spans, each up to the next time without it.
  private String spansOf(String flag) {
    String end =
        IntStream.range(0, spans.size())
            .mapToObj(i -> "WHEN seg = " + i + " THEN " + spans.get(i).to())
            .collect(Collectors.joining(" ", "CASE ", " END"));
    return """
        SELECT seg, e, min(t) AS lo, max(coalesce(next_t, %s)) AS hi
        FROM (
          SELECT seg, e, t, next_t, flag,
                 sum(CASE WHEN flag THEN 0 ELSE 1 END) OVER (
                   PARTITION BY seg, e ORDER BY t ASC
                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS island
          FROM (SELECT seg, e, t, next_t, %s AS flag FROM %s
                WHERE e NOT IN (SELECT e FROM %s)) AS _flagged) AS _islands
        WHERE flag
        GROUP BY seg, e, island"""
        .formatted(end, flag, flags(), pendingAfter());
  }

  private String numbers(Predicate<TimeSpan> which) {
    String numbers =
        IntStream.range(0, spans.size())
            .filter(i -> which.test(spans.get(i)))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return numbers.isEmpty() ? "-1" : numbers;
  }
}
