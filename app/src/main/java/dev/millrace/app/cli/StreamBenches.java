package dev.millrace.app.cli;

import dev.millrace.app.bench.CommitsBench;
import dev.millrace.app.bench.IngestBench;
import dev.millrace.app.bench.IngestReport;
import dev.millrace.app.bench.LiveBench;
import dev.millrace.app.bench.LiveSample;
import dev.millrace.app.bench.SimulateBench;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// What a stream, its simulator and its commits are measured by.
final class StreamBenches {

  private StreamBenches() {}

  @Command(
      name = "commits",
      description = {
        "Bronze commits of 20 events each, one after the other: whether the last is as quick as the"
            + " first.",
        "Times are in milliseconds, medians of the 50 commits before; beside them the disk alone."
      })
  static final class Commits implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Option(
        names = "--commits",
        paramLabel = "N",
        defaultValue = "10000",
        description = "How many commits are made (default: 10000).")
    private int commits;

    @Override
    public Integer call() {
      return bench.inHome(
          home -> {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (CommitsBench.Row made :
                CommitsBench.run(home, Given.atLeastOne("--commits", commits), bench.progress())) {
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
            bench.output().table("commits", rows);
          });
    }
  }

  @Command(
      name = "ingest",
      description = {
        "Kafka to Bronze: events per second of CPU and of the clock, and what the CPU went to.",
        "With 3,000,000 events unless --events says otherwise.",
        "Beside the stream worker it measures a bare consumer, the decoder alone and the decoder"
            + " with the Parquet writer."
      })
  static final class Ingest implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Mixin private EventsOption events = new EventsOption();

    @Option(
        names = "--event-bytes",
        paramLabel = "N",
        defaultValue = "213",
        description = "About how long an event is; the simulator's own are 152 (default: 213).")
    private int eventBytes;

    @Override
    public Integer call() {
      return bench.inHome(
          home -> {
            IngestReport report =
                new IngestReport(
                    IngestBench.run(home, events.or(3_000_000), eventBytes, bench.progress()));
            bench.tables("speeds", report.speeds(), "parts", report.parts(), Map.of(), List.of());
          });
    }
  }

  @Command(
      name = "live",
      description = {
        "Event to snapshot: how long an event takes to the picture the window reads, beside a bare"
            + " consumer's poll.",
        "Each rate is measured twice, in JVMs of their own, with the embedded broker, commits"
            + " included."
      })
  static final class Live implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Option(
        names = "--rates",
        paramLabel = "N",
        split = ",",
        defaultValue = "1000,10000,100000",
        description = "Events per second (default: 1000,10000,100000).")
    private List<Long> rates = List.of();

    @Option(
        names = "--seconds",
        paramLabel = "N",
        defaultValue = "15",
        description = "Length of each measure once it is warm (default: 15).")
    private long seconds;

    @Option(
        names = "--warm-up",
        paramLabel = "N",
        defaultValue = "10",
        description = "Seconds before each measure that do not count (default: 10).")
    private long warmUp;

    @Override
    public Integer call() {
      rates.forEach(rate -> Given.atLeastOne("--rates", rate));
      var _ = Given.atLeastOne("--seconds", seconds);
      var _ = Given.atLeastOne("--warm-up", warmUp);
      return bench.inHome(
          home ->
              bench
                  .output()
                  .table(
                      "latencies",
                      LiveBench.rows(
                          LiveBench.run(home, rates, warmUp, seconds, bench.progress()))));
    }
  }

  @Command(
      name = "simulate",
      description = {
        "The simulator: events per second of CPU and of the clock, for nobody, for a file and for"
            + " Kafka.",
        "With 5,000,000 events unless --events says otherwise.",
        "Beside each stands the same way with prepared events, without the simulator."
      })
  static final class Simulate implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Mixin private EventsOption events = new EventsOption();

    @Override
    public Integer call() {
      return bench.inHome(
          home -> {
            List<SimulateBench.Speed> speeds =
                SimulateBench.run(home, events.or(5_000_000), bench.progress());
            bench.output().table("speeds", SimulateBench.rows(speeds));
          });
    }
  }

  @Command(
      name = "soak",
      description = "A stream worker for many minutes: whether its memory stays flat.")
  static final class Soak implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Option(
        names = "--minutes",
        paramLabel = "N",
        defaultValue = "20",
        description = "How long (default: 20).")
    private long minutes;

    @Option(
        names = "--rate",
        paramLabel = "N",
        defaultValue = "100000",
        description = "Events per second (default: 100000).")
    private long rate;

    @Override
    public Integer call() {
      var _ = Given.atLeastOne("--minutes", minutes);
      var _ = Given.atLeastOne("--rate", rate);
      return bench.inHome(
          home -> {
            LiveSample soak = LiveBench.soak(home, rate, minutes, bench.progress());
            OptionalDouble slope = LiveBench.slope(soak);
            bench.tables(
                "whole",
                LiveBench.rows(List.of(soak)),
                "minutes",
                LiveBench.minutes(soak),
                slope.isPresent()
                    ? Map.of("rss_slope_mib_per_minute", slope.getAsDouble())
                    : Map.of(),
                slope.isPresent()
                    ? List.of(
                        "",
                        "resident memory grew by %.2f MiB a minute in the later half"
                            .formatted(slope.getAsDouble()))
                    : List.of());
          });
    }
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
