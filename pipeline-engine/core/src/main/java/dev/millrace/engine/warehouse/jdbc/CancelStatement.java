package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.model.Progress;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a statement that runs in the warehouse once a person asks to stop. One virtual thread of
/// its own asks until closed.
public final class CancelStatement implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CancelStatement.class);
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final CountDownLatch done = new CountDownLatch(1);
  private final Statement statement;
  private final Progress progress;

  private CancelStatement(Statement statement, Progress progress) {
    this.statement = statement;
    this.progress = progress;
  }

  public static CancelStatement over(Statement statement, Progress progress) {
    CancelStatement watch = new CancelStatement(statement, progress);
    Thread.ofVirtual().name("cancel-warehouse").start(watch::watch);
    return watch;
  }

  private void watch() {
    try {
      while (!done.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        if (progress.cancelled()) {
          statement.cancel();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.warn("The running statement cannot be cancelled; it is waited for", e);
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
