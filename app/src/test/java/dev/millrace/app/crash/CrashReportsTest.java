package dev.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashReportsTest {

  @TempDir Path folder;

  @AfterEach
  void giveBack() {
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  @Test
  void aFaultNobodyCaughtIsWrittenDownAndToldOnce() throws Exception {
    Home home = new Home(folder);
    Files.createDirectories(home.logs());
    Files.writeString(home.logs().resolve("millrace.log"), "the line before\n");
    CrashReports.install(home);
    List<CrashReport> told = new ArrayList<>();
    CrashReports.onFault(told::add);
    for (int i = 0; i < 3; i++) {
      Thread thread = Thread.ofPlatform().name("worker").start(CrashReportsTest::fail);
      thread.join();
    }
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().fault()).contains("a fault to be told");
    assertThat(told.getFirst().file().orElseThrow())
        .content()
        .contains("thread: worker", "a fault to be told", "java: ", "\"main #", "the line before");
  }

  @Test
  void onlyTheNewestAreKept() throws IOException {
    Home home = new Home(folder);
    CrashReports.install(home);
    Files.createDirectories(CrashReports.folder(home));
    for (int i = 0; i < 30; i++) {
      Files.writeString(CrashReports.folder(home).resolve("2020-01-%02d.txt".formatted(i)), "old");
    }
    CrashReport report =
        CrashReports.write(Thread.currentThread(), new IllegalStateException("newest"));
    try (Stream<Path> kept = Files.list(CrashReports.folder(home))) {
      assertThat(kept.toList())
          .hasSize(20)
          .contains(report.file().orElseThrow())
          .doesNotContain(CrashReports.folder(home).resolve("2020-01-00.txt"));
    }
  }

  private static void fail() {
    throw new IllegalStateException("a fault to be told");
  }
}
