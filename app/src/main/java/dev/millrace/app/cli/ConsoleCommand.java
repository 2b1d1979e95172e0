package dev.millrace.app.cli;

import dev.millrace.app.console.ConsoleStart;
import dev.millrace.app.metrics.MetricsServer;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// `millrace` without a command: the console on the home's data.
final class ConsoleCommand {

  private ConsoleCommand() {}

  /// Returns the exit code when the window is closed.
  static int open(Millrace millrace) {
    Optional<MetricsServer> metrics = millrace.metrics();
    try {
      return ConsoleStart.open(
          millrace.home(),
          millrace.engine(),
          metrics.map(MetricsServer::registry),
          millrace.output()::progress,
          ThreadLocalRandom.current().nextLong());
    } finally {
      metrics.ifPresent(MetricsServer::close);
    }
  }
}
