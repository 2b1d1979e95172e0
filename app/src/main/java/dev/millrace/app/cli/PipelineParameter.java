package dev.millrace.app.cli;

import picocli.CommandLine.Parameters;

/// The pipeline a command is about, the one that ships when none is named.
final class PipelineParameter {

  @Parameters(
      index = "0",
      paramLabel = "PIPELINE",
      arity = "0..1",
      defaultValue = PipelineOption.DEFAULT_PIPELINE,
      description = "Name of the pipeline (default: ${DEFAULT-VALUE}).")
  private String name = PipelineOption.DEFAULT_PIPELINE;

  String name() {
    return name;
  }
}
