package dev.millrace.app.cli;

import dev.millrace.app.bench.IncrementalBench;
import dev.millrace.app.bench.IncrementalReport;
import dev.millrace.app.bench.LoadBench;
import dev.millrace.app.bench.QualityBench;
import dev.millrace.app.bench.TablesBench;
import dev.millrace.app.bench.TransformBench;
import dev.millrace.app.bench.TransformReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// What transforms, tables, their quality and their loads are measured by.
final class TableBenches {

  private TableBenches() {}

  @Command(
      name = "incremental",
      description = {
        "New events into Silver and Gold, on 1 and 10 million standing ones (100 million with"
            + " --large).",
        "With 100,000 new events each time unless --events says otherwise.",
        "Beside it the rebuild of the same tables. --large needs about 15 GB of disk and some ten"
            + " minutes."
      })
  static final class Incremental implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Mixin private EventsOption events = new EventsOption();

    @Option(
        names = "--standing",
        paramLabel = "N",
        split = ",",
        description = "How many events stand (default: 1000000,10000000).")
    private @Nullable List<Long> standing;

    @Option(names = "--large", description = "Also on 100 million standing events.")
    private boolean large;

    @Mixin private SensorsOption sensors = new SensorsOption();

    @Override
    public Integer call() {
      List<Long> sizes =
          new ArrayList<>(standing == null ? List.of(1_000_000L, 10_000_000L) : standing);
      sizes.forEach(size -> Given.atLeastOne("--standing", size));
      if (large) {
        sizes.add(100_000_000L);
      }
      return bench.inHome(
          home -> {
            IncrementalReport report =
                new IncrementalReport(
                    IncrementalBench.run(
                        home, sizes, events.or(100_000), sensors.count(), bench.progress()));
            bench.tables("sizes", report.sizes(), "runs", report.runs(), Map.of(), List.of());
          });
    }
  }

  @Command(
      name = "load",
      description = {
        "A load of the warehouse (PostgreSQL), beside a bare COPY of the same rows from a file.",
        "Then a preview, a reconciliation of every row, and a load of nothing new."
      })
  static final class Load implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Option(
        names = "--rows",
        paramLabel = "N",
        defaultValue = "1000000",
        description = "How many rows are loaded (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Override
    public Integer call() {
      return bench.inHome(
          home ->
              bench
                  .output()
                  .table(
                      "ways",
                      LoadBench.table(
                          LoadBench.run(
                              home, Given.atLeastOne("--rows", rows), bench.progress()))));
    }
  }

  @Command(
      name = "quality",
      description = {
        "A suite of 20 expectations over Bronze beside one bare aggregate scan in DuckDB.",
        "Each way runs three times, and the fastest counts."
      })
  static final class Quality implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Mixin private EventsOption events = new EventsOption();

    @Override
    public Integer call() {
      return bench.inHome(
          home ->
              bench
                  .output()
                  .table("ways", QualityBench.run(home, events.or(10_000_000), bench.progress())));
    }
  }

  @Command(
      name = "tables",
      description = {
        "Queries on a table of many small files, on the same optimized, and in Z-order.",
        "The default is a day of 100 events a second, committed every 30 seconds."
      })
  static final class Tables implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Option(
        names = "--files",
        paramLabel = "N",
        defaultValue = "2880",
        description = "How many commits (default: ${DEFAULT-VALUE}).")
    private int files;

    @Option(
        names = "--rows",
        paramLabel = "N",
        defaultValue = "3000",
        description = "Events in each (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Override
    public Integer call() {
      return bench.inHome(
          home ->
              bench
                  .output()
                  .table(
                      "tables",
                      TablesBench.run(
                          home,
                          Given.atLeastOne("--files", files),
                          Given.atLeastOne("--rows", rows),
                          bench.progress())));
    }
  }

  @Command(
      name = "transform",
      description = {
        "A rebuild of all derived tables, beside the same SQL run in DuckDB with nothing around"
            + " it.",
        "With 10,000,000 events in Bronze unless --events says otherwise."
      })
  static final class Transform implements Callable<Integer> {

    @ParentCommand private BenchCommand bench = new BenchCommand();

    @Mixin private EventsOption events = new EventsOption();

    @Option(
        names = "--memory",
        paramLabel = "MB",
        defaultValue = "4096",
        description = "DuckDB's memory limit in megabytes (default: 4096).")
    private long megabytes;

    @Mixin private SensorsOption sensors = new SensorsOption();

    @Override
    public Integer call() {
      return bench.inHome(
          home ->
              bench
                  .output()
                  .table(
                      "tables",
                      TransformReport.rows(
                          TransformBench.run(
                              home,
                              events.or(10_000_000),
                              sensors.count(),
                              Given.atLeastOne("--memory", megabytes) << 20,
                              bench.progress()))));
    }
  }
}
