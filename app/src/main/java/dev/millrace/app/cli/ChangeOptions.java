package dev.millrace.app.cli;

import picocli.CommandLine.Option;

/// The options of a command that changes something: look only, or do not ask.
final class ChangeOptions {

  @Option(names = "--preview", description = "Tell what would be done, and do nothing.")
  private boolean preview;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  ChangeOptions() {}

  /// Of a command that asks nothing.
  ChangeOptions(boolean preview) {
    this.preview = preview;
  }

  boolean preview() {
    return preview;
  }

  boolean yes() {
    return yes;
  }
}
