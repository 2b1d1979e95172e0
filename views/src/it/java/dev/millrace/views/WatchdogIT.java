package dev.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.desk.FxWatchdog;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// The watchdog tells a thread that works too long from one that is kept waiting.
class WatchdogIT {

  @Test
  void workIsCountedAsWork() throws Exception {
    try (ExecutorService ui = Executors.newSingleThreadExecutor();
        FxWatchdog watchdog = new FxWatchdog(ui::execute).start()) {
      looks(watchdog, 2);
      ui.execute(() -> work(500));
      long until = watchdog.report().looks() + 3;
      looks(watchdog, until);
      assertThat(watchdog.report().busy()).isPositive();
      assertThat(watchdog.report().work().toMillis()).isGreaterThan(FxWatchdog.FRAME.toMillis());
    }
  }

  private static void looks(FxWatchdog watchdog, long looks) throws Exception {
    WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> watchdog.report().looks() >= looks);
  }

  private static void work(long millis) {
    long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began
        < millis * 1_000_000) {
      Thread.onSpinWait();
    }
  }
}
