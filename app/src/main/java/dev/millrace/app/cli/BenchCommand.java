package dev.millrace.app.cli;

import dev.millrace.app.bench.IngestBench;
import dev.millrace.app.bench.IngestReport;
import dev.millrace.app.bench.SimulateBench;
import dev.millrace.app.bench.TablesBench;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
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
      "Works in a temporary home; with --home, in its folder 'bench', which must not stand yet and is kept."
    })
final class BenchCommand {

  @ParentCommand private Millrace millrace;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      name = "ingest",
      description = {
        "Kafka to Bronze: events per second of CPU and of the clock, and what the CPU went to.",
        "Beside the stream worker it measures a bare consumer, the decoder alone and the decoder with the Parquet writer."
      })
  int ingest(
      @Option(
              names = "--events",
              paramLabel = "N",
              defaultValue = "3000000",
              description = "How many events are sent and read (default: 3000000).")
          long events,
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
                  IngestBench.run(home, atLeastOne(events), eventBytes, lines(output)));
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
      description = "The simulator alone: events per second of one thread when nobody takes them.")
  int simulate(
      @Option(
              names = "--events",
              paramLabel = "N",
              defaultValue = "5000000",
              description = "How many events are made (default: 5000000).")
          long events) {
    Output output = millrace.output();
    return inHome(
        home -> {
          SimulateBench.Result made = SimulateBench.run(home, atLeastOne(events), lines(output));
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("events", made.events());
          row.put("bytes_per_event", made.bytes() / made.events());
          row.put("wall_s", Math.round(made.wallSeconds() * 100) / 100.0);
          row.put("cpu_s", Math.round(made.cpuSeconds() * 100) / 100.0);
          row.put("events_per_wall_s", Math.round(made.events() / made.wallSeconds()));
          row.put("events_per_cpu_s", Math.round(made.events() / made.cpuSeconds()));
          output.table("speeds", List.of(row));
        });
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
                    home, (int) atLeastOne(files), (int) atLeastOne(rows), lines(output))));
  }

  private static Progress lines(Output output) {
    return new ProgressLines(output);
  }

  private static long atLeastOne(long events) {
    if (events < 1) {
      throw new MillraceException(
          ErrorCode.USAGE, "--events " + events + " measures nothing", "say a number from 1 on");
    }
    return events;
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
