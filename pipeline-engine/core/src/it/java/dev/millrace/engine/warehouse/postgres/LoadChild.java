package dev.millrace.engine.warehouse.postgres;

import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import dev.millrace.engine.warehouse.FixedLake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/// A process that loads other rows, and stands still between the two tables to be killed.
final class LoadChild {

  private LoadChild() {}

  /// @param args folder, JDBC URL, user, password
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    try (DuckDbEngine engine = new DuckDbEngine(folder.resolve("tmp"), 1L << 30, 1)) {
      FixedLake lake = new FixedLake(folder.resolve("lake"), engine);
      PostgresKilledIT.otherRows(lake);
      var _ =
          new PostgresWarehouse(new ServiceEndpoints("", args[1], args[2], args[3]))
              .load(PostgresKilledIT.pipeline(), lake, engine, Instant.EPOCH, new StandStill());
    }
  }

  private static final class StandStill implements Progress {
    @Override
    public void report(String what, long done, long total) {
      if (what.equals("dim_sensors")) {
        System.out.println("half");
        System.out.flush();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }
}
