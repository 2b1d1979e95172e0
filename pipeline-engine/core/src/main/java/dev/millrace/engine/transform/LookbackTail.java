package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.Reach;
import java.util.List;

/// What rows to come look back over while a table is computed some days at a time: each entity's
/// last source rows, from the time of its `rows`-th last row of the table on. For one thread.
final class LookbackTail {

  private static final String COMPUTED = "_computed";

  private final SqlSession session;
  private final Reach.Lookback reach;
  private final Schema schema;
  private int number;
  private long times;

  /// @param schema the table's
  LookbackTail(SqlSession session, Reach.Lookback reach, Schema schema) {
    this.session = session;
    this.reach = reach;
    this.schema = schema;
  }

  /// At least as many source rows are looked back over.
  long rows() {
    return times;
  }

  /// The source's rows together with those looked back over.
  ///
  /// @param source query of the source's rows of some days
  String with(String source) {
    return number == 0 ? source : "SELECT * FROM " + rowsTable() + " UNION ALL " + source;
  }

  /// Moves on behind rows that were computed.
  ///
  /// @param computed files of them
  /// @param source view of the source's rows they were computed from, those looked back over
  ///   included
  void moveOn(List<LakeFile> computed, String source) {
    String entity = session.quoted(reach.entity());
    String time = session.quoted(reach.time());
    session.view(COMPUTED, schema, computed);
    String all = "SELECT %s AS e, unix_micros(%s) AS t FROM %s".formatted(entity, time, COMPUTED);
    if (number > 0) {
      all += " UNION ALL SELECT e, t FROM " + timesTable();
    }
    number++;
    session.table(
        timesTable(),
        """
        SELECT e, t FROM (
          SELECT e, t, row_number() OVER (PARTITION BY e ORDER BY t DESC) AS n FROM (%s) AS _all
        ) AS _numbered WHERE n <= %d"""
            .formatted(all, reach.rows()));
    times = Numbers.one(session, "SELECT count(*) FROM " + timesTable());
    session.table(
        rowsTable(),
        "SELECT _r.* FROM %s AS _r SEMI JOIN (SELECT e, min(t) AS lo FROM %s GROUP BY e) AS _k ON _k.e = _r.%s AND unix_micros(_r.%s) >= _k.lo"
            .formatted(source, timesTable(), entity, time));
  }

  // Two names in turn: the next one is made from the one before.
  private String timesTable() {
    return "_tail_times_" + number % 2;
  }

  private String rowsTable() {
    return "_tail_rows_" + number % 2;
  }
}
