package dev.millrace.app.cli;

import dev.millrace.engine.api.Command.RunFlow;
import dev.millrace.engine.pipeline.Pipelines;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace run FLOW PIPELINE`: runs a flow's steps in order.
@Command(
    name = "run",
    description = "Run a flow of a pipeline, for example 'run daily building-sensors'.")
final class RunCommand implements Callable<Integer> {

  @ParentCommand private Millrace millrace;

  @Parameters(index = "0", paramLabel = "FLOW", description = "Flow of the pipeline's definition.")
  private String flow = "";

  @Parameters(index = "1", paramLabel = "PIPELINE", description = "Name of the pipeline.")
  private String pipeline = "";

  @Override
  public Integer call() {
    var _ = Given.flow(new Pipelines(millrace.home()).find(pipeline), flow);
    try (Session session = Session.open(millrace, pipeline)) {
      return session.runFlow(new RunFlow(pipeline, flow));
    }
  }
}
