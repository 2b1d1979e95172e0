package dev.millrace.app.crash;

import java.nio.file.Path;
import java.util.Optional;

/// A fault of ours, and where it is written down.
///
/// @param fault for a person, in a line
/// @param file of the report; empty when it could not be written
public record CrashReport(String fault, Optional<Path> file) {

  /// What happened to the work, and what to do.
  public String text() {
    return "What was committed to tables is safe. "
        + file.map(
                f ->
                    "The report is in "
                        + f
                        + "; 'millrace doctor --bundle FILE' packs it with what else helps to find the fault.")
            .orElse("No report could be written; the log in the home has the rest.");
  }
}
