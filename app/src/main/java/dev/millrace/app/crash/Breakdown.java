package dev.millrace.app.crash;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A breakdown of the JVM itself, which no code of ours can catch.
///
/// @param how the JVM's own word for it, for example `SIGSEGV`
/// @param report what the JVM wrote, in the home's folder of reports
public record Breakdown(Instant at, String how, Path report) {

  /// What happened, in a line.
  public String what() {
    return "Millrace broke down at %s: its Java machine ended with '%s'"
        .formatted(at.truncatedTo(ChronoUnit.SECONDS), how);
  }

  /// What happened to the work.
  public String kept() {
    return "What was committed to tables is safe. The report is " + report + ".";
  }

  /// What to do.
  public String remedy() {
    return "If it comes again, 'millrace doctor --bundle FILE' packs what a bug report needs";
  }
}
