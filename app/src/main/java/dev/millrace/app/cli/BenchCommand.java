package dev.millrace.app.cli;

import dev.millrace.app.bench.CommitsBench;
import dev.millrace.app.bench.ConsoleBench;
import dev.millrace.app.bench.IncrementalBench;
import dev.millrace.app.bench.IncrementalReport;
import dev.millrace.app.bench.IngestBench;
import dev.millrace.app.bench.IngestReport;
import dev.millrace.app.bench.LiveBench;
import dev.millrace.app.bench.LiveSample;
import dev.millrace.app.bench.LoadBench;
import dev.millrace.app.bench.QualityBench;
import dev.millrace.app.bench.SimulateBench;
import dev.millrace.app.bench.StartupBench;
import dev.millrace.app.bench.TablesBench;
import dev.millrace.app.bench.TransformBench;
import dev.millrace.app.bench.TransformReport;
import dev.millrace.app.bench.UiBench;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// `millrace bench`: how fast this machine runs Millrace, beside baselines of the same run.
@Command(
    name = "bench",
    description = {
      "Measure how fast this machine runs Millrace, beside baselines of the same run.",
      "Works in a temporary home; with --home, in its folder 'bench', which must not stand yet and"
          + " is kept."
    })
final class BenchCommand {

  private static final long CONSOLE_WARM_UP_SECONDS = 30;

  @ParentCommand private Millrace millrace;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      name = "ingest",
      description = {
        "Kafka to Bronze: events per second of CPU and of the clock, and what the CPU went to.",
        "With 3,000,000 events unless --events says otherwise.",
        "Beside the stream worker it measures a bare consumer, the decoder alone and the decoder"
            + " with the Parquet writer."
      })
  int ingest(
      @Mixin EventsOption events,
      @Option(
              names = "--event-bytes",
              paramLabel = "N",
              defaultValue = "213",
              description =
                  "About how long an event is; the simulator's own are 152 (default: 213).")
          int eventBytes) {
    Output output = millrace.output();
    return inHome(
        home -> {
          IngestReport report =
              new IngestReport(
                  IngestBench.run(home, events.or(3_000_000), eventBytes, lines(output)));
          if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("speeds", report.speeds());
            result.put("parts", report.parts());
            output.result(result, List.of());
          } else {
            output.table("speeds", report.speeds());
            output.result(Map.of(), List.of(""));
            output.table("parts", report.parts());
          }
        });
  }

  @Command(
      name = "simulate",
      description = {
        "The simulator: events per second of CPU and of the clock, for nobody, for a file and for"
            + " Kafka.",
        "With 5,000,000 events unless --events says otherwise.",
        "Beside each stands the same way with prepared events, without the simulator."
      })
  int simulate(@Mixin EventsOption events) {
    Output output = millrace.output();
    return inHome(
        home -> {
          List<SimulateBench.Speed> speeds =
              SimulateBench.run(home, events.or(5_000_000), lines(output));
          output.table("speeds", SimulateBench.rows(speeds));
        });
  }

  @Command(
      name = "live",
      description = {
        "Event to snapshot: how long an event takes to the picture the window reads, beside a bare"
            + " consumer's poll.",
        "Each rate is measured twice, in JVMs of their own, with the embedded broker, commits"
            + " included."
      })
  int live(
      @Option(
              names = "--rates",
              paramLabel = "N",
              split = ",",
              defaultValue = "1000,10000,100000",
              description = "Events per second (default: 1000,10000,100000).")
          List<Long> rates,
      @Option(
              names = "--seconds",
              paramLabel = "N",
              defaultValue = "15",
              description = "Length of each measure once it is warm (default: 15).")
          long seconds,
      @Option(
              names = "--warm-up",
              paramLabel = "N",
              defaultValue = "10",
              description = "Seconds before each measure that do not count (default: 10).")
          long warmUp) {
    Output output = millrace.output();
    rates.forEach(rate -> Given.atLeastOne("--rates", rate));
    var _ = Given.atLeastOne("--seconds", seconds);
    var _ = Given.atLeastOne("--warm-up", warmUp);
    return inHome(
        home ->
            output.table(
                "latencies",
                LiveBench.rows(LiveBench.run(home, rates, warmUp, seconds, lines(output)))));
  }

  @Command(
      name = "console",
      description = {
        "The whole console while events come, going from room to room, one a minute: event to"
            + " screen, what the FX thread takes, and memory.",
        "Drawn in memory by software, without a display; services, stream and window in one process"
            + " as for a person, the load in another."
      })
  int console(
      @Option(
              names = "--minutes",
              paramLabel = "N",
              defaultValue = "11",
              description = "How long (default: ${DEFAULT-VALUE}).")
          long minutes,
      @Option(
              names = "--rate",
              paramLabel = "N",
              defaultValue = "10000",
              description = "Events per second (default: ${DEFAULT-VALUE}).")
          long rate) {
    Output output = millrace.output();
    return inHome(
        home ->
            output.table(
                "minutes",
                ConsoleBench.run(
                    home,
                    Given.atLeastOne("--rate", rate),
                    Given.atLeastOne("--minutes", minutes),
                    CONSOLE_WARM_UP_SECONDS,
                    lines(output))));
  }

  @Command(
      name = "soak",
      description = "A stream worker for many minutes: whether its memory stays flat.")
  int soak(
      @Option(
              names = "--minutes",
              paramLabel = "N",
              defaultValue = "20",
              description = "How long (default: 20).")
          long minutes,
      @Option(
              names = "--rate",
              paramLabel = "N",
              defaultValue = "100000",
              description = "Events per second (default: 100000).")
          long rate) {
    Output output = millrace.output();
    var _ = Given.atLeastOne("--minutes", minutes);
    var _ = Given.atLeastOne("--rate", rate);
    return inHome(
        home -> {
          LiveSample soak = LiveBench.soak(home, rate, minutes, lines(output));
          if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("whole", LiveBench.rows(List.of(soak)));
            result.put("minutes", LiveBench.minutes(soak));
            LiveBench.slope(soak).ifPresent(s -> result.put("rss_slope_mib_per_minute", s));
            output.result(result, List.of());
          } else {
            output.table("whole", LiveBench.rows(List.of(soak)));
            output.result(Map.of(), List.of(""));
            output.table("minutes", LiveBench.minutes(soak));
            LiveBench.slope(soak)
                .ifPresent(
                    slope ->
                        output.result(
                            Map.of(),
                            List.of(
                                "",
                                "resident memory grew by %.2f MiB a minute in the later half"
                                    .formatted(slope))));
          }
        });
  }

  @Command(
      name = "quality",
      description = {
        "A suite of 20 expectations over Bronze beside one bare aggregate scan in DuckDB.",
        "Each way runs three times, and the fastest counts."
      })
  int quality(@Mixin EventsOption events) {
    Output output = millrace.output();
    return inHome(
        home -> output.table("ways", QualityBench.run(home, events.or(10_000_000), lines(output))));
  }

  @Command(
      name = "commits",
      description = {
        "Bronze commits of 20 events each, one after the other: whether the last is as quick as the"
            + " first.",
        "Times are in milliseconds, medians of the 50 commits before; beside them the disk alone."
      })
  int commits(
      @Option(
              names = "--commits",
              paramLabel = "N",
              defaultValue = "10000",
              description = "How many commits are made (default: 10000).")
          int commits) {
    Output output = millrace.output();
    return inHome(
        home -> {
          List<Map<String, Object>> rows = new ArrayList<>();
          for (CommitsBench.Row made :
              CommitsBench.run(home, Given.atLeastOne("--commits", commits), lines(output))) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("commits", made.commits());
            row.put("commit_ms", hundredths(made.commit()));
            row.put("to_plain", hundredths(made.commit() / made.plain()));
            row.put("mean_ms", hundredths(made.mean()));
            row.put("slowest_ms", hundredths(made.slowest()));
            row.put("data_file_ms", hundredths(made.file()));
            row.put("plain_ms", hundredths(made.plain()));
            row.put("opening_ms", hundredths(made.opening()));
            row.put("files_in_log", made.entries());
            rows.add(row);
          }
          output.table("commits", rows);
        });
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  @Command(
      name = "incremental",
      description = {
        "New events into Silver and Gold, on 1 and 10 million standing ones (100 million with"
            + " --large).",
        "With 100,000 new events each time unless --events says otherwise.",
        "Beside it the rebuild of the same tables. --large needs about 15 GB of disk and some ten"
            + " minutes."
      })
  int incremental(
      @Mixin EventsOption events,
      @Option(
              names = "--standing",
              paramLabel = "N",
              split = ",",
              description = "How many events stand (default: 1000000,10000000).")
          @Nullable List<Long> standing,
      @Option(names = "--large", description = "Also on 100 million standing events.")
          boolean large,
      @Mixin SensorsOption sensors) {
    Output output = millrace.output();
    List<Long> sizes =
        new ArrayList<>(standing == null ? List.of(1_000_000L, 10_000_000L) : standing);
    sizes.forEach(size -> Given.atLeastOne("--standing", size));
    if (large) {
      sizes.add(100_000_000L);
    }
    return inHome(
        home -> {
          IncrementalReport report =
              new IncrementalReport(
                  IncrementalBench.run(
                      home, sizes, events.or(100_000), sensors.count(), lines(output)));
          if (output.json()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("sizes", report.sizes());
            result.put("runs", report.runs());
            output.result(result, List.of());
          } else {
            output.table("sizes", report.sizes());
            output.result(Map.of(), List.of(""));
            output.table("runs", report.runs());
          }
        });
  }

  @Command(
      name = "transform",
      description = {
        "A rebuild of all derived tables, beside the same SQL run in DuckDB with nothing around"
            + " it.",
        "With 10,000,000 events in Bronze unless --events says otherwise."
      })
  int transform(
      @Mixin EventsOption events,
      @Option(
              names = "--memory",
              paramLabel = "MB",
              defaultValue = "4096",
              description = "DuckDB's memory limit in megabytes (default: 4096).")
          long megabytes,
      @Mixin SensorsOption sensors) {
    Output output = millrace.output();
    return inHome(
        home ->
            output.table(
                "tables",
                TransformReport.rows(
                    TransformBench.run(
                        home,
                        events.or(10_000_000),
                        sensors.count(),
                        Given.atLeastOne("--memory", megabytes) << 20,
                        lines(output)))));
  }

  @Command(
      name = "load",
      description = {
        "A load of the warehouse (PostgreSQL), beside a bare COPY of the same rows from a file.",
        "Then a preview, a reconciliation of every row, and a load of nothing new."
      })
  int load(
      @Option(
              names = "--rows",
              paramLabel = "N",
              defaultValue = "1000000",
              description = "How many rows are loaded (default: ${DEFAULT-VALUE}).")
          long rows) {
    Output output = millrace.output();
    return inHome(
        home ->
            output.table(
                "ways",
                LoadBench.table(
                    LoadBench.run(home, Given.atLeastOne("--rows", rows), lines(output)))));
  }

  @Command(
      name = "tables",
      description = {
        "Queries on a table of many small files, on the same optimized, and in Z-order.",
        "The default is a day of 100 events a second, committed every 30 seconds."
      })
  int tables(
      @Option(
              names = "--files",
              paramLabel = "N",
              defaultValue = "2880",
              description = "How many commits (default: ${DEFAULT-VALUE}).")
          int files,
      @Option(
              names = "--rows",
              paramLabel = "N",
              defaultValue = "3000",
              description = "Events in each (default: ${DEFAULT-VALUE}).")
          int rows) {
    Output output = millrace.output();
    return inHome(
        home ->
            output.table(
                "tables",
                TablesBench.run(
                    home,
                    Given.atLeastOne("--files", files),
                    Given.atLeastOne("--rows", rows),
                    lines(output))));
  }

  @Command(
      name = "ui",
      description = {
        "What a pan over a long trend costs the console's FX thread, drawn in memory, without a"
            + " display.",
        "Beside it a canvas that is given every point, and JavaFX's own line chart over a 25th of"
            + " them."
      })
  int ui(
      @Option(
              names = "--points",
              paramLabel = "N",
              defaultValue = "500000",
              description = "Points of the trend (default: ${DEFAULT-VALUE}).")
          int points,
      @Option(
              names = "--frames",
              paramLabel = "N",
              defaultValue = "600",
              description = "Frames that are measured (default: ${DEFAULT-VALUE}).")
          int frames) {
    Output output = millrace.output();
    output.table(
        "ui",
        UiBench.run(
            Given.atLeastOne("--points", points),
            Given.atLeastOne("--frames", frames),
            lines(output)));
    return 0;
  }

  @Command(
      name = "startup",
      description = {
        "Starts of the console on a warm home: its first frame, and services ready; medians, in"
            + " milliseconds.",
        "From an installed image each start is made plain and with the AOT cache, in turns. Without"
            + " a display it draws in memory."
      })
  int startup(
      @Option(
              names = "--times",
              paramLabel = "N",
              defaultValue = "5",
              description = "How often each kind is started (default: ${DEFAULT-VALUE}).")
          int times) {
    Output output = millrace.output();
    var _ = Given.atLeastOne("--times", times);
    return inHome(
        home ->
            output.table(
                "starts", StartupBench.rows(StartupBench.run(home, times, lines(output)))));
  }

  private static Progress lines(Output output) {
    return new ProgressLines(output);
  }

  /// One bench, in the home it may fill.
  private interface Bench {
    void run(Home home);
  }

  private int inHome(Bench bench) {
    try {
      if (homeGiven()) {
        Path folder = millrace.home().root().resolve("bench");
        if (Files.exists(folder)) {
          throw new MillraceException(
              ErrorCode.USAGE,
              folder + " is there from an earlier bench",
              "delete it or say another --home");
        }
        bench.run(new Home(folder));
        return 0;
      }
      Path folder = Files.createTempDirectory("millrace-bench");
      try {
        bench.run(new Home(folder));
      } finally {
        delete(folder);
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("The bench's folder cannot be made or removed", e);
    }
  }

  private boolean homeGiven() {
    for (ParseResult part = spec.root().commandLine().getParseResult();
        part != null;
        part = part.subcommand()) {
      if (part.hasMatchedOption("--home")) {
        return true;
      }
    }
    return false;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
