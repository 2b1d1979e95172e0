package dev.millrace.views;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;

/// The toolkit without a display: drawn in memory by software. Any thread may call, but not the FX
/// thread.
public final class HeadlessToolkit {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private HeadlessToolkit() {}

  /// Starts the toolkit in memory, unless one runs already; returns when it can be used.
  public static void start() {
    System.setProperty("glass.platform", "Monocle");
    System.setProperty("monocle.platform", "Headless");
    System.setProperty("prism.order", "sw");
    System.setProperty("headless.geometry", "1920x1200-32");
    System.setProperty("java.awt.headless", "true");
    ToolkitLog.quiet();
    CountDownLatch started = new CountDownLatch(1);
    try {
      Platform.startup(started::countDown);
    } catch (IllegalStateException running) {
      started.countDown();
    } catch (UnsupportedOperationException | UnsatisfiedLinkError e) {
      throw failed(e);
    }
    try {
      if (!started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw failed(new TimeoutException("no answer in " + PATIENCE.toSeconds() + " s"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    }
    Platform.setImplicitExit(false);
  }

  /// Runs work on the FX thread and waits for its result.
  public static <T> T call(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    new dev.millrace.views.desk.FxThread()
        .run(
            () -> {
              try {
                result.complete(work.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    try {
      return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed(e);
    } catch (TimeoutException e) {
      throw failed(e);
    }
  }

  private static MillraceException failed(Throwable cause) {
    return new MillraceException(
        ErrorCode.MACHINE,
        "The screen cannot be drawn in memory: " + cause.getMessage(),
        "Run without pictures, or report this with the log",
        cause);
  }
}
