package dev.millrace.app.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// The option of a bench that says how many events it is made with; each has its own usual number.
final class EventsOption {

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events, where the usual number does not fit.")
  private Optional<Long> events = Optional.empty();

  /// @return at least 1
  long or(long usual) {
    return Given.atLeastOne("--events", events.orElse(usual));
  }
}
