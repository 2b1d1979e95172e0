package dev.millrace.app.cli;

import picocli.CommandLine.Option;

/// The option of a bench that says how many sensors its 1,000 events a minute come from: the more,
/// the fewer readings each has in a window.
final class SensorsOption {

  @Option(
      names = "--sensors",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many sensors share 1,000 events a minute (default: 1000).")
  private int sensors;

  /// @return at least 1
  int count() {
    return Given.atLeastOne("--sensors", sensors);
  }
}
