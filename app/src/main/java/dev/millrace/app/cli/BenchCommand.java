package dev.millrace.app.cli;

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
    },
    subcommands = {
      ConsoleBenches.Acts.class,
      StreamBenches.Commits.class,
      ConsoleBenches.Console.class,
      TableBenches.Incremental.class,
      StreamBenches.Ingest.class,
      StreamBenches.Live.class,
      TableBenches.Load.class,
      TableBenches.Quality.class,
      StreamBenches.Simulate.class,
      StreamBenches.Soak.class,
      ConsoleBenches.Startup.class,
      TableBenches.Tables.class,
      TableBenches.Transform.class,
      ConsoleBenches.Ui.class
    })
final class BenchCommand {

  @ParentCommand private Millrace millrace;
  @Spec private CommandSpec spec = CommandSpec.create();

  Output output() {
    return millrace.output();
  }

  /// Tells what is measured, as lines on stderr.
  Progress progress() {
    return new ProgressLines(output());
  }

  /// Prints two tables, one below the other, then lines; or one JSON object with both and values.
  void tables(
      String name,
      List<Map<String, Object>> rows,
      String belowName,
      List<Map<String, Object>> belowRows,
      Map<String, ?> values,
      List<String> lines) {
    Output output = output();
    if (output.json()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put(name, rows);
      result.put(belowName, belowRows);
      result.putAll(values);
      output.result(result, List.of());
      return;
    }
    output.table(name, rows);
    output.result(Map.of(), List.of(""));
    output.table(belowName, belowRows);
    output.result(Map.of(), lines);
  }

  /// One bench, in the home it may fill.
  interface Bench {
    void run(Home home);
  }

  /// Runs a bench in a temporary home, which is deleted, or in a folder of the home that was named.
  ///
  /// @return the exit code
  int inHome(Bench bench) {
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
