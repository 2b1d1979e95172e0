package dev.millrace.views.desk;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches whether the FX thread keeps up: hands it nothing to do, again and again, and looks how
/// long that waits behind its work. Waits over a frame are counted and told in the log every ten
/// seconds, with what held the thread up in the longest.
///
/// One daemon thread of its own, `console-watchdog`. Whoever shares the processors with the console
/// shows in the waits too, and so does a slow drawing of the frame before: a wait says that a frame
/// was late, and the processor time that the thread itself took meanwhile says whether it was us.
public final class FxWatchdog implements AutoCloseable {

  /// A frame at 60 a second.
  public static final Duration FRAME = Duration.ofMillis(16);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Logger log = LoggerFactory.getLogger(FxWatchdog.class);
  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final long STUCK_MILLIS = 100;
  private static final long TELL_NANOS = 10_000_000_000L;
  private static final int FRAMES_TOLD = 12;

  private final UiThread ui;
  private final Duration between;
  private final Thread thread;

  /// Written by the watching thread only.
  private volatile Report total = Report.NONE;

  private volatile @Nullable Thread watched;
  private volatile boolean closed;

  /// What was seen.
  ///
  /// @param looks how often it was looked
  /// @param late how often the thread was held up for more than a frame
  /// @param worst the longest
  /// @param busy how often the thread itself worked for more than a frame meanwhile
  /// @param work the most it worked so, in processor time
  public record Report(long looks, long late, Duration worst, long busy, Duration work) {

    static final Report NONE = new Report(0, 0, Duration.ZERO, 0, Duration.ZERO);

    Report plus(Duration wait, Duration worked) {
      return new Report(
          looks + 1,
          wait.compareTo(FRAME) > 0 ? late + 1 : late,
          wait.compareTo(worst) > 0 ? wait : worst,
          worked.compareTo(FRAME) > 0 ? busy + 1 : busy,
          worked.compareTo(work) > 0 ? worked : work);
    }
  }

  public FxWatchdog(UiThread ui) {
    this(ui, BETWEEN);
  }

  /// @param between two looks; none of the thread's work is overseen if it is zero, at the price of
  ///   a processor
  public FxWatchdog(UiThread ui, Duration between) {
    this.ui = ui;
    this.between = between;
    this.thread = Thread.ofPlatform().name("console-watchdog").daemon().unstarted(this::watch);
  }

  public FxWatchdog start() {
    thread.start();
    return this;
  }

  /// All that was seen since the start. Any thread may call.
  public Report report() {
    return total;
  }

  private void watch() {
    Report lately = Report.NONE;
    String stack = "";
    long told = System.nanoTime();
    while (!closed) {
      CountDownLatch reached = new CountDownLatch(1);
      boolean known = watched != null;
      Duration before = processorTime();
      long asked = System.nanoTime();
      ui.run(
          () -> {
            watched = Thread.currentThread();
            reached.countDown();
          });
      try {
        if (!reached.await(STUCK_MILLIS, TimeUnit.MILLISECONDS)) {
          String seen = stack();
          while (!closed && !reached.await(STUCK_MILLIS, TimeUnit.MILLISECONDS)) {
            // It is waited for however long it takes; the stack of the first look is the telling
            // one.
          }
          Duration wait = Duration.ofNanos(System.nanoTime() - asked);
          stack = wait.compareTo(lately.worst()) > 0 ? seen : stack;
        }
      } catch (InterruptedException _) {
        return;
      }
      Duration wait = Duration.ofNanos(System.nanoTime() - asked);
      Duration worked = known ? processorTime().minus(before) : Duration.ZERO;
      lately = lately.plus(wait, worked);
      total = total.plus(wait, worked);
      if (System.nanoTime() - told > TELL_NANOS) {
        tell(lately, stack);
        lately = Report.NONE;
        stack = "";
        told = System.nanoTime();
      }
      LockSupport.parkNanos(between.toNanos());
    }
  }

  private static void tell(Report lately, String stack) {
    if (lately.late() > 0) {
      log.info(
          "The FX thread was held up over {} ms in {} of {} looks, at most {} ms; by its own work in"
              + " {}, at most {} ms{}",
          FRAME.toMillis(),
          lately.late(),
          lately.looks(),
          lately.worst().toMillis(),
          lately.busy(),
          lately.work().toMillis(),
          stack.isEmpty() ? "" : ", busy in " + stack);
    }
  }

  /// What the FX thread has taken of a processor so far; nothing before the first look, and where
  /// the system does not count it.
  private Duration processorTime() {
    Thread busy = watched;
    return busy == null || !THREADS.isThreadCpuTimeSupported()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, THREADS.getThreadCpuTime(busy.threadId())));
  }

  private String stack() {
    Thread busy = watched;
    return busy == null
        ? ""
        : Arrays.stream(busy.getStackTrace())
            .limit(FRAMES_TOLD)
            .map(FxWatchdog::place)
            .collect(Collectors.joining(" < "));
  }

  /// In a line and not as a stack trace, which would read as if something had failed.
  private static String place(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.substring(name.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
