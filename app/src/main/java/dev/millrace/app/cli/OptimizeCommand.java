package dev.millrace.app.cli;

import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace table optimize T`: fewer, larger files.
@Command(
    name = "optimize",
    description = {
      "Lay a table's rows out in files of a good size, by partition.",
      "The rows stay what they are, and a stream may go on appending."
    })
final class OptimizeCommand implements Callable<Integer> {

  /// More columns than these would each be served too badly.
  private static final int MOST_COLUMNS = 4;

  @ParentCommand private TableCommand parent = new TableCommand();

  @Parameters(paramLabel = "T", description = "Table, for example bronze.sensor_events.")
  private String table = "";

  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Option(
      names = "--zorder",
      paramLabel = "C",
      split = ",",
      description =
          "Also sort the partitions' rows so that a filter on any of these columns, at most four,"
              + " skips most files;"
              + " writes all files of the partitions anew.")
  private List<String> zOrder = List.of();

  @Option(
      names = "--target-mb",
      paramLabel = "MB",
      defaultValue = "128",
      description = "Size of a file, in MiB (default: ${DEFAULT-VALUE}).")
  private double targetMb;

  @Option(names = "--from", paramLabel = "D", description = "First date of the partitions meant.")
  private Optional<LocalDate> from = Optional.empty();

  @Option(names = "--to", paramLabel = "D", description = "Last date of the partitions meant.")
  private Optional<LocalDate> to = Optional.empty();

  @Option(names = "--preview", description = "Tell what would be done, and do nothing.")
  private boolean preview;

  @Override
  public Integer call() {
    if (zOrder.size() > MOST_COLUMNS) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "--zorder names " + zOrder.size() + " columns",
          "name at most " + MOST_COLUMNS + ", those that filters use most");
    }
    if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "--from %s is after --to %s".formatted(from.get(), to.get()),
          "say the earlier date with --from");
    }
    Optimize order =
        new Optimize(TableNames.parse(table), (long) (targetMb * (1 << 20)), zOrder, from, to);
    return parent.care(pipeline, new ChangeOptions(preview)).atOnce(order);
  }
}
