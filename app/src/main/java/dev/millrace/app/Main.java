package dev.millrace.app;

import dev.millrace.app.cli.Millrace;

/// Where the program starts. It extends nothing of JavaFX, so that commands run without it.
public final class Main {

  private Main() {}

  /// @param args see `millrace --help`; without any, the console opens
  public static void main(String[] args) {
    System.exit(Millrace.run(args));
  }
}
