package dev.millrace.engine.transform;

import dev.millrace.engine.model.Progress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a session's running statement once a person asks to stop, and tells meanwhile how far a
/// write has come.
///
/// One virtual thread of its own looks every {@link #PERIOD} until closed; it keeps cancelling,
/// since a request that falls between two statements ends neither.
public final class CancelWatch implements AutoCloseable {

  static final Duration PERIOD = Duration.ofMillis(50);

  /// Progress is told when so great a part more of it is done.
  private static final long STEPS = 50;

  private static final Logger log = LoggerFactory.getLogger(CancelWatch.class);

  private final CountDownLatch done = new CountDownLatch(1);
  private final SqlSession session;
  private final Progress progress;
  private final String what;
  private final long total;
  private final Thread thread;
  private volatile Part part = new Part(0, 1);

  private record Part(double from, double to) {}

  private CancelWatch(SqlSession session, Progress progress, String what, long total) {
    this.session = session;
    this.progress = progress;
    this.what = what;
    this.total = total;
    this.thread = Thread.ofVirtual().name("cancel-watch " + what).unstarted(this::watch);
  }

  /// Watches until closed. Close it before the session.
  public static CancelWatch over(SqlSession session, Progress progress, String what) {
    return over(session, progress, what, 0);
  }

  /// As above, and tells how far a write is.
  ///
  /// @param total what is done when the write is; 0 to tell nothing
  public static CancelWatch over(SqlSession session, Progress progress, String what, long total) {
    CancelWatch watch = new CancelWatch(session, progress, what, total);
    watch.thread.start();
    return watch;
  }

  /// The next write is so much of the whole, both ends from 0 to 1.
  void part(double from, double to) {
    part = new Part(from, to);
  }

  private void watch() {
    long told = 0;
    try {
      while (!done.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        if (progress.cancelled()) {
          session.cancel();
        } else if (total > 0) {
          Part now = part;
          double share = now.from() + session.written().orElse(0) * (now.to() - now.from());
          long come = (long) (share * total);
          if (come - told >= total / STEPS) {
            told = come;
            progress.report(what + ": writing", come, total);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("{} stopped; the work can no longer be cancelled", thread.getName(), e);
    }
  }

  @Override
  public void close() {
    done.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
