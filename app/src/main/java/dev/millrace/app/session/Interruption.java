package dev.millrace.app.session;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The wish of a person or a supervisor that a foreground command ends (SIGINT, SIGTERM).
///
/// The JVM halts when its shutdown hooks end; so the hook waits, for a bounded time, until the
/// command has closed what it holds. One that takes longer is told with the place it is at.
public final class Interruption {

  private static final CountDownLatch WISHED = new CountDownLatch(1);
  private static final CountDownLatch ENDED = new CountDownLatch(1);
  private static final long PATIENCE_SECONDS = 60;
  private static volatile int exitCode = 1;

  private Interruption() {}

  /// Installs the hook; from then on the command, which is this thread's, must call {@link #ended}
  /// at its end.
  public static synchronized void install() {
    Thread command = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("millrace-interruption")
                .unstarted(
                    () -> {
                      WISHED.countDown();
                      try {
                        if (ENDED.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                          Runtime.getRuntime().halt(exitCode);
                        }
                        System.err.println(
                            "Still at work after %d s, and ended; what was committed is safe. Report"
                                    .formatted(PATIENCE_SECONDS)
                                + " what it was at: "
                                + place(command));
                      } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                      }
                    }));
  }

  private static String place(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(" < "));
  }

  /// Waits until the wish is there.
  public static void await() throws InterruptedException {
    WISHED.await();
  }

  /// Waits at most this long; true when the wish is there.
  public static boolean await(long millis) throws InterruptedException {
    return WISHED.await(millis, TimeUnit.MILLISECONDS);
  }

  public static boolean wished() {
    return WISHED.getCount() == 0;
  }

  /// The command has closed everything; the process ends with this code, signal or not.
  public static void ended(int code) {
    exitCode = code;
    ENDED.countDown();
  }
}
