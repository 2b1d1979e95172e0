package dev.millrace.app.cli;

import dev.millrace.engine.care.CareOrder.Vacuum;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.yaml.Durations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace table vacuum T`: files nobody needs any more.
@Command(
    name = "vacuum",
    description = {
      "Delete files that no version of the last 7 days refers to, and what killed writers left.",
      "Versions before that can then no longer be read or restored."
    })
final class VacuumCommand implements Callable<Integer> {

  @ParentCommand private TableCommand parent = new TableCommand();

  @Parameters(paramLabel = "T", description = "Table, for example bronze.sensor_events.")
  private String table = "";

  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Option(
      names = "--retention",
      paramLabel = "D",
      defaultValue = "7d",
      description =
          "How long a version stays readable after it was replaced, for example 30d (default:"
              + " ${DEFAULT-VALUE}).")
  private String retention = "7d";

  @Option(
      names = "--allow-short",
      description = "Allow less than 7d: for when nothing else uses the table.")
  private boolean allowShort;

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  public Integer call() {
    Vacuum order =
        new Vacuum(
            TableNames.parse(table),
            Durations.parse(retention)
                .orElseThrow(
                    () ->
                        new MillraceException(
                            ErrorCode.USAGE,
                            "'" + retention + "' is no duration",
                            "write a whole number and ms, s, m, h or d, for example 30d")),
            allowShort);
    return parent.care(pipeline, options).agreed(order, "Delete them?");
  }
}
