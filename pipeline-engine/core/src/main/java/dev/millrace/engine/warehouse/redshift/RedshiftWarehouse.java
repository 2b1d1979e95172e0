package dev.millrace.engine.warehouse.redshift;

import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.warehouse.LoadArea;
import dev.millrace.engine.warehouse.jdbc.JdbcWarehouse;
import java.time.Duration;
import java.time.InstantSource;

/// Amazon Redshift, provisioned or serverless, as the warehouse.
///
/// Files are read by Redshift itself, in the bucket, from a manifest of the live ones; rows never
/// pass through this machine. Loads of one pipeline wait for each other on a table's lock.
public final class RedshiftWarehouse extends JdbcWarehouse {

  private static final Duration STATUS_KEPT = Duration.ofMinutes(1);

  /// @param files brings data files here, whose footers are read before a COPY
  public RedshiftWarehouse(
      RedshiftAccess access,
      LoadArea area,
      LakeFiles files,
      FileFooters footers,
      InstantSource clock) {
    super(new RedshiftDialect(access, area, files, footers), STATUS_KEPT, clock);
  }
}
