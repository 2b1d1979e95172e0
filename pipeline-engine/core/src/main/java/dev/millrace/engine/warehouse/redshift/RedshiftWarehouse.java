package dev.millrace.engine.warehouse.redshift;

import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.warehouse.LoadArea;
import dev.millrace.engine.warehouse.LoadOutcome;
import dev.millrace.engine.warehouse.LoadScope;
import dev.millrace.engine.warehouse.LoadedTable;
import dev.millrace.engine.warehouse.jdbc.JdbcWarehouse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Amazon Redshift, provisioned or serverless, as the warehouse.
///
/// Its status is kept for a minute and read anew after a load, because a console asks for it all
/// the time, and each look costs a login. Files are read by Redshift itself, in the bucket, from a manifest of the live ones; rows never
/// pass through this machine. Loads of one pipeline wait for each other on the lock of its ledger.
public final class RedshiftWarehouse extends JdbcWarehouse {

  private static final Duration STATUS_KEPT = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<String, Status> kept = new ConcurrentHashMap<>();

  private record Status(List<LoadedTable> tables, Instant at) {}

  /// @param files brings data files here, whose footers are read before a COPY
  public RedshiftWarehouse(
      RedshiftAccess access,
      LoadArea area,
      LakeFiles files,
      FileFooters footers,
      InstantSource clock) {
    super(new RedshiftDialect(access, area, files, footers));
    this.clock = clock;
  }

  @Override
  public List<LoadedTable> status(Pipeline pipeline) {
    Status last = kept.get(pipeline.name());
    if (last != null && clock.instant().isBefore(last.at().plus(STATUS_KEPT))) {
      return last.tables();
    }
    List<LoadedTable> tables = super.status(pipeline);
    kept.put(pipeline.name(), new Status(tables, clock.instant()));
    return tables;
  }

  @Override
  public LoadOutcome load(
      Pipeline pipeline,
      Lake lake,
      SqlEngine engine,
      LoadScope scope,
      Instant now,
      Progress progress) {
    try {
      return super.load(pipeline, lake, engine, scope, now, progress);
    } finally {
      kept.remove(pipeline.name());
    }
  }
}
