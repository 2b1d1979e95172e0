package dev.millrace.app.cli;

import dev.millrace.app.bench.ActsBench;
import dev.millrace.app.bench.ConsoleBench;
import dev.millrace.app.bench.StartupBench;
import dev.millrace.app.bench.UiBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// What the window is measured by.
final class ConsoleBenches {

  private ConsoleBenches() {}

  private static final long WARM_UP_SECONDS = 30;

  @Command(
      name = "acts",
      description = {
        "The longest piece of work on the FX thread, for each thing a person does in the console:"
            + " opening rooms, tabs and dialogs, scrolling, choosing. In milliseconds of processor"
            + " time, each done several times.",
        "On the demo's data with live events, drawn in memory by software, without a display."
      })
  static final class Acts implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Option(
        names = "--times",
        paramLabel = "N",
        defaultValue = "3",
        description = "How often all is done (default: ${DEFAULT-VALUE}).")
    private int times;

    @Override
    public Integer call() {
      int rounds = Given.atLeastOne("--times", times);
      return bench.inHome(
          home -> bench.output().table("acts", ActsBench.run(home, rounds, bench.progress())));
    }
  }

  @Command(
      name = "console",
      description = {
        "The whole console while events come, going from room to room, one a minute: event to"
            + " screen, what the FX thread takes, and memory.",
        "Drawn in memory by software, without a display; services, stream and window in one process"
            + " as for a person, the load in another."
      })
  static final class Console implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Option(
        names = "--minutes",
        paramLabel = "N",
        defaultValue = "11",
        description = "How long (default: ${DEFAULT-VALUE}).")
    private long minutes;

    @Option(
        names = "--rate",
        paramLabel = "N",
        defaultValue = "10000",
        description = "Events per second (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Override
    public Integer call() {
      return bench.inHome(
          home ->
              bench
                  .output()
                  .table(
                      "minutes",
                      ConsoleBench.run(
                          home,
                          Given.atLeastOne("--rate", rate),
                          Given.atLeastOne("--minutes", minutes),
                          WARM_UP_SECONDS,
                          bench.progress())));
    }
  }

  @Command(
      name = "startup",
      description = {
        "Starts of the console on a warm home: its first frame, and services ready; medians, in"
            + " milliseconds.",
        "From an installed image each start is made plain and with the AOT cache, in turns. Without"
            + " a display it draws in memory."
      })
  static final class Startup implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Option(
        names = "--times",
        paramLabel = "N",
        defaultValue = "5",
        description = "How often each kind is started (default: ${DEFAULT-VALUE}).")
    private int times;

    @Override
    public Integer call() {
      var _ = Given.atLeastOne("--times", times);
      return bench.inHome(
          home ->
              bench
                  .output()
                  .table(
                      "starts",
                      StartupBench.rows(StartupBench.run(home, times, bench.progress()))));
    }
  }

  @Command(
      name = "ui",
      description = {
        "What a pan over a long trend costs the console's FX thread, drawn in memory, without a"
            + " display.",
        "Beside it a canvas that is given every point, and JavaFX's own line chart over a 25th of"
            + " them."
      })
  static final class Ui implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Option(
        names = "--points",
        paramLabel = "N",
        defaultValue = "500000",
        description = "Points of the trend (default: ${DEFAULT-VALUE}).")
    private int points;

    @Option(
        names = "--frames",
        paramLabel = "N",
        defaultValue = "600",
        description = "Frames that are measured (default: ${DEFAULT-VALUE}).")
    private int frames;

    @Override
    public Integer call() {
      bench
          .output()
          .table(
              "ui",
              UiBench.run(
                  Given.atLeastOne("--points", points),
                  Given.atLeastOne("--frames", frames),
                  bench.progress()));
      return 0;
    }
  }
}
