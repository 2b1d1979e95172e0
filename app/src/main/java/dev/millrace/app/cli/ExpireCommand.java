package dev.millrace.app.cli;

import dev.millrace.engine.care.CareOrder.Expire;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace table expire [T]`: what is older than the definition's retention.
@Command(
    name = "expire",
    description = {
      "Take partitions out that are older than the retention in the pipeline's definition.",
      "Where it says nothing, Bronze is kept 730 days, and derived tables as long as their sources."
    })
final class ExpireCommand implements Callable<Integer> {

  @ParentCommand private TableCommand parent = new TableCommand();

  @Parameters(
      paramLabel = "T",
      arity = "0..1",
      description = "Table, for example bronze.sensor_events (default: all).")
  private Optional<String> table = Optional.empty();

  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  public Integer call() {
    return parent
        .care(pipeline, options)
        .agreed(new Expire(table.map(TableNames::parse)), "Take them out?");
  }
}
