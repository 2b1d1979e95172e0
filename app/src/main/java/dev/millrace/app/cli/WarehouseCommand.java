package dev.millrace.app.cli;

import dev.millrace.engine.api.Command.Load;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace warehouse load`: the Gold tables to the warehouse.
@Command(name = "warehouse", description = "Load the warehouse.")
final class WarehouseCommand {

  @ParentCommand private Millrace millrace;

  @Command(
      name = "load",
      description =
          "Load what changed since the last load, all tables in one transaction; safe to repeat.")
  int load(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline) {
    try (Session session = Session.open(millrace, pipeline)) {
      return session.run(new Load(pipeline), "rows");
    }
  }
}
