package dev.millrace.app.fire;

import dev.millrace.app.fire.HaltPoint.Moment;
import java.util.List;

/// The points of a commit at which a worker is made to end.
final class HaltPoints {

  private static final String STORE = "dev.millrace.engine.lake.store.DurableFiles";
  private static final String LOG = "dev.millrace.engine.lake.delta.LogWriter";
  private static final String PARQUET = "dev.millrace.engine.lake.parquet.ParquetFiles";
  private static final String BRONZE = "bronze";
  private static final String DEAD = "dead_letters";
  private static final String BRONZE_LOG = "bronze/readings/_delta_log";

  /// In the order of a worker's life; each meets the tables as the one before left them.
  static final List<HaltPoint> ALL =
      List.of(
          point("before the table's first entry", LOG, "write", Moment.ENTRY, 0, BRONZE, 1),
          point("dead letters written, uncommitted", LOG, "secure", Moment.ENTRY, 0, DEAD, 2),
          point("between both tables' commits", LOG, "write", Moment.EXIT, 0, DEAD, 3),
          point("between two data files", PARQUET, "write", Moment.EXIT, 1, BRONZE, 3),
          point("all files written, uncommitted", LOG, "secure", Moment.ENTRY, 0, BRONZE, 2),
          point("just before the hard link", STORE, "publish", Moment.ENTRY, 1, BRONZE_LOG, 3),
          point("just after the hard link", STORE, "forceFolder", Moment.ENTRY, 0, BRONZE_LOG, 2),
          point("committed, untold", LOG, "write", Moment.EXIT, 0, BRONZE, 2),
          point("checkpoint written, unnamed", STORE, "replace", Moment.ENTRY, 1, BRONZE_LOG, 1),
          point(
              "checkpoint named, not pointed to", STORE, "replace", Moment.EXIT, 1, BRONZE_LOG, 1));

  private HaltPoints() {}

  private static HaltPoint point(
      String fault,
      String type,
      String method,
      Moment moment,
      int variable,
      String about,
      int passing) {
    return new HaltPoint(fault, type, method, moment, variable, about, passing);
  }
}
