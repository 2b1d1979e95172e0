package dev.millrace.views.desk;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// One thread, `console-commands`, that carries a person's commands to the engine in their order.
///
/// At most 256 wait; a person cannot click faster than the engine takes commands in.
public final class CommandThread implements TaskExecutor {

  private static final int MOST_WAITING = 256;

  private final ExecutorService thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("console-commands").factory());

  @Override
  public void execute(Runnable work) {
    thread.execute(work);
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
