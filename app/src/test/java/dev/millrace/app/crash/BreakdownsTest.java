package dev.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A JVM is broken down for real, by a write to address 0.
class BreakdownsTest {

  private static final long LIMIT_SECONDS = 60;

  @TempDir Path folder;

  @Test
  void aBreakdownIsToldOnceWhereverItsReportLies() throws Exception {
    Home home = new Home(folder.resolve("home"));
    Path elsewhere = folder.resolve("elsewhere");
    // No such folder: the JVM takes the current one then.
    long first = breakDown(home, elsewhere, Files.createDirectories(folder.resolve("current")));
    assertThat(folder.resolve("current/hs_err_pid" + first + ".log")).exists();
    long second = breakDown(home, Files.createDirectories(elsewhere), folder);
    assertThat(elsewhere.resolve("java-" + second + ".txt")).exists();

    List<Breakdown> found = Breakdowns.collect(home);

    assertThat(found).hasSize(2);
    assertThat(found.getFirst().at()).isBeforeOrEqualTo(found.getLast().at());
    assertThat(found)
        .allSatisfy(
            each -> {
              assertThat(each.how()).isIn("SIGSEGV", "SIGBUS", "EXCEPTION_ACCESS_VIOLATION");
              assertThat(each.report()).hasParent(CrashReports.folder(home));
              assertThat(Files.readString(each.report())).contains("fatal error");
            });
    assertThat(CrashReports.reports(home))
        .containsExactlyInAnyOrderElementsOf(found.stream().map(Breakdown::report).toList());
    assertThat(Breakdowns.collect(home)).isEmpty();
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(CrashReports.folder(home)).isDirectoryNotContaining("glob:**.mark");
  }

  @Test
  void whoRunsOrEndedInOrderBrokeDownInNoWay() throws IOException {
    Home home = new Home(folder);
    try (RunMark _ = RunMark.leave(home)) {
      Path own =
          Files.writeString(
              CrashReports.folder(home).resolve("java-%d.txt".formatted(self())), "being written");
      assertThat(Breakdowns.collect(home)).isEmpty();
      assertThat(own).exists();
      assertThat(CrashReports.folder(home).resolve("run-%d.mark".formatted(self()))).exists();
      Files.delete(own);
    }
    assertThat(CrashReports.folder(home)).isEmptyDirectory();
    assertThat(Breakdowns.collect(new Home(folder.resolve("no such")))).isEmpty();
  }

  @Test
  void aReportInTheHomeNeedsNoMark() throws IOException {
    Home home = new Home(folder);
    Files.createDirectories(CrashReports.folder(home));
    // No process has an id so high.
    Path report = CrashReports.folder(home).resolve("java-2147483647.txt");
    Files.writeString(report, "#\n# There is insufficient memory for the Java Runtime\n");
    assertThat(Breakdowns.collect(home))
        .singleElement()
        .satisfies(each -> assertThat(each.how()).isEqualTo("There is insufficient memory"));
    assertThat(report).doesNotExist();
  }

  private static long self() {
    return ProcessHandle.current().pid();
  }

  /// @param reports the folder the JVM is told
  /// @param current folder of the process
  /// @return id of the process, which has ended
  private long breakDown(Home home, Path reports, Path current)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + reports.resolve("java-%p.txt"),
                "-D" + RunMark.FOLDER + "=" + reports,
                "-cp",
                System.getProperty("java.class.path"),
                BreaksDown.class.getName(),
                home.root().toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(current.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("said.txt"))).isNotZero();
    return process.pid();
  }

  /// A process on a home whose JVM breaks down.
  static final class BreaksDown {

    private BreaksDown() {}

    @SuppressWarnings("restricted")
    public static void main(String[] args) {
      try (RunMark _ = RunMark.leave(new Home(Path.of(args[0])))) {
        MemorySegment.NULL.reinterpret(Long.BYTES).set(ValueLayout.JAVA_LONG, 0, 1);
      }
    }
  }
}
