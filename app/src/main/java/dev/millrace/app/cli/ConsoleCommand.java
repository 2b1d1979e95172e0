package dev.millrace.app.cli;

import dev.millrace.app.console.ConsoleStart;
import java.util.concurrent.ThreadLocalRandom;

/// `millrace` without a command: the console on the home's data.
final class ConsoleCommand {

  private ConsoleCommand() {}

  /// Returns the exit code when the window is closed.
  static int open(Millrace millrace) {
    return ConsoleStart.open(
        millrace.home(),
        millrace.engine(),
        millrace.output()::progress,
        ThreadLocalRandom.current().nextLong());
  }
}
