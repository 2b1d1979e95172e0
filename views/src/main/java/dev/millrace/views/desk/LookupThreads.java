package dev.millrace.views.desk;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Two threads, `console-lookup`, on which the past is looked up. They run beside each other, so
/// what was asked first need not be answered first.
///
/// At most 64 questions wait; a room has a handful, each at most once.
public final class LookupThreads implements TaskExecutor {

  private static final int THREADS = 2;
  private static final int MOST_WAITING = 64;

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("console-lookup-", 0).factory());

  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
