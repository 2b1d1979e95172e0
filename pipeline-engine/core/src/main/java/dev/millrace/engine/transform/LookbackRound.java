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
/// Rows are counted in bins of time, each entity's as wide as its own rows lie dense, an eighth of
/// the look-back to a bin; only whole bins between two rows count, so that the spans are a little
/// wider than need be and never too narrow. Rows of the table in a bin with a changed time do not
/// count, for they may be gone afterwards.
///
/// Leaves tables in the session, named by the round's number: `_take_N` and `_redo_N` (`e, lo, hi`:
/// entity, first microsecond, the one after the last) and `_pending_N` (`e, t`: changed times of
/// the entities that saw too little).
final class LookbackRound {

  private static final int BINS_OF_A_LOOKBACK = 8;

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
  static String all(List<LookbackRound> rounds, Function<LookbackRound, String> table) {
    return rounds.stream()
        .map(round -> "SELECT e, lo, hi FROM " + table.apply(round))
        .collect(Collectors.joining(" UNION ALL "));
  }

  String take() {
    return "_take_" + number;
  }

  String redo() {
    return "_redo_" + number;
  }

  String pendingAfter() {
    return "_pending_" + number;
  }

  private String rows() {
    return "_standing_" + number;
  }

  private String bins() {
    return "_bins_" + number;
  }

  private String flags() {
    return "_flags_" + number;
  }

  void look(FilesRead.Counter read) {
    standingRows(read);
    count();
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
  }

  /// Stretches of time that hold everything to be read.
  List<TimeSpan> taken() {
    return stretches(take());
  }

  /// Stretches of time that hold everything to be computed anew.
  List<TimeSpan> redone() {
    return stretches(redo());
  }

  /// About how many rows are to be read.
  long rowsTaken() {
    return Numbers.one(session, "SELECT coalesce(sum(n), 0) FROM " + take());
  }

  private List<TimeSpan> stretches(String table) {
    return Numbers.rows(session, "SELECT min(lo), max(hi) FROM " + table + " GROUP BY seg").stream()
        .map(row -> new TimeSpan(row[0], row[1]))
        .toList();
  }

  /// The table's rows in sight of the pending entities: number of the span, entity, time.
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
          SELECT %d AS seg, %s AS e, unix_micros(%s) AS t FROM %s
          WHERE %s AND %s IN (SELECT e FROM %s WHERE t >= %d AND t < %d)"""
              .formatted(
                  i,
                  entity,
                  time,
                  view,
                  Extending.within(time, List.of(span)),
                  entity,
                  pending,
                  span.from(),
                  span.to()));
    }
    session.query(rows(), String.join(" UNION ALL ", parts));
  }

  /// Per entity its bins: how many rows they hold, and the first changed time in them.
  private void count() {
    session.query(
        bins(),
        """
        WITH times AS (
          SELECT seg, e, t, 0 AS changed FROM %s
          UNION ALL
          SELECT %s AS seg, e, t, 1 AS changed FROM %s
        ), scales AS (
          SELECT seg, e, min(t) AS origin,
                 greatest(1, CAST(floor((max(t) - min(t)) * %de0 / count(*)) AS bigint)) AS width
          FROM times
          GROUP BY seg, e
        )
        SELECT times.seg, times.e, t - (t - origin) %% width AS bin, max(width) AS width,
               count(*) AS n,
               min(CASE WHEN changed = 1 THEN t END) AS first_changed
        FROM times
        JOIN scales ON scales.seg = times.seg AND scales.e = times.e
        GROUP BY times.seg, times.e, t - (t - origin) %% width"""
            .formatted(
                rows(),
                bySpan("t <", i -> Integer.toString(i)),
                pending,
                Math.max(1, reach.rows() / BINS_OF_A_LOOKBACK)));
  }

  /// Marks every bin whether rows in it are affected by a change, and needed for computing those
  /// that are.
  ///
  /// `k` counts the rows up to and including a bin, bins with changes not among them. A bin is
  /// affected when fewer than `rows` rows lie between the last change and it, and needed when as
  /// few lie between it and the next affected bin.
  private void flag() {
    session.table(
        flags(),
        """
        WITH counted AS (
          SELECT seg, e, bin, width, n, first_changed, first_changed IS NOT NULL AS changed,
                 CASE WHEN first_changed IS NULL THEN n ELSE 0 END AS counts
          FROM %s
        ), numbered AS (
          SELECT counted.*, CAST(sum(counts) OVER upto AS bigint) AS k
          FROM counted
          WINDOW upto AS (PARTITION BY seg, e ORDER BY bin ASC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
        ), reached AS (
          SELECT numbered.*,
                 coalesce(
                   k - counts
                     - max(CASE WHEN changed THEN k END) OVER (
                         PARTITION BY seg, e ORDER BY bin ASC
                         ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) < %d,
                   FALSE) OR changed AS affected
          FROM numbered
        )
        SELECT reached.*,
               coalesce(
                 min(CASE WHEN affected THEN k - counts END) OVER (
                   PARTITION BY seg, e ORDER BY bin ASC
                   ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) - k < %d,
                 FALSE) OR affected AS needed
        FROM reached"""
            .formatted(bins(), reach.rows(), reach.rows()));
  }

  /// Neighbouring bins with a flag as spans. Where rows are affected, nothing before the first
  /// change is.
  private String spansOf(String flag) {
    String lo = flag.equals("affected") ? "coalesce(first_changed, bin)" : "bin";
    return """
        SELECT seg, e, min(%s) AS lo, max(least(bin + width, %s)) AS hi,
               CAST(sum(n) AS bigint) AS n
        FROM (
          SELECT seg, e, bin, width, n, first_changed, flag,
                 sum(CASE WHEN flag THEN 0 ELSE 1 END) OVER (
                   PARTITION BY seg, e ORDER BY bin ASC
                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS island
          FROM (SELECT seg, e, bin, width, n, first_changed, %s AS flag FROM %s
                WHERE e NOT IN (SELECT e FROM %s)) AS _flagged) AS _islands
        WHERE flag
        GROUP BY seg, e, island"""
        .formatted(
            lo,
            bySpan("seg <=", i -> Long.toString(spans.get(i).to())),
            flag,
            flags(),
            pendingAfter());
  }

  /// An expression that has a value per span: chosen by `t <` its end, or by `seg <=` its number.
  private String bySpan(String compared, Function<Integer, String> value) {
    return IntStream.range(0, spans.size())
        .mapToObj(
            i ->
                "WHEN %s %d THEN %s"
                    .formatted(
                        compared, compared.startsWith("t") ? spans.get(i).to() : i, value.apply(i)))
        .collect(Collectors.joining(" ", "CASE ", " END"));
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
