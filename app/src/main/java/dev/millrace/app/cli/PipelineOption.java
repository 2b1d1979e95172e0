package dev.millrace.app.cli;

import picocli.CommandLine.Option;

/// The option that says whose tables are meant.
final class PipelineOption {

  static final String DEFAULT_PIPELINE = "building-sensors";

  @Option(
      names = "--pipeline",
      paramLabel = "P",
      defaultValue = DEFAULT_PIPELINE,
      description = "Name of the pipeline (default: ${DEFAULT-VALUE}).")
  private String pipeline = DEFAULT_PIPELINE;

  String name() {
    return pipeline;
  }
}
