package dev.millrace.app.cli;

import dev.millrace.engine.care.TableQuery;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.report.ReportSubject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// The options that say which rows of a table are meant.
final class SliceOptions {

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Version of the table (default: the newest).")
  private Optional<Long> version = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Rows from this event time on: 2026-03-01 or 2026-03-01T12:00:00Z.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--until", paramLabel = "T", description = "Rows before this event time.")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--where",
      paramLabel = "C",
      description = "Rows of a row condition, for example 'sensor_type == \"humidity\"'.")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--new-since",
      paramLabel = "N",
      description = "Rows that came after this version of the table.")
  private Optional<Long> newSince = Optional.empty();

  Slice slice() {
    try {
      return new Slice(
          version, from.map(TableQuery::moment), until.map(TableQuery::moment), where, newSince);
    } catch (IllegalArgumentException e) {
      throw new MillraceException(
          ErrorCode.USAGE, "No rows are meant: " + e.getMessage(), "say --from before --until", e);
    }
  }

  /// Refuses what says rows of a table where a file is meant.
  void refuseForFile(Optional<String> table) {
    boolean said =
        table.isPresent()
            || Stream.of(version, from, until, where, newSince).anyMatch(Optional::isPresent);
    if (said) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "A file is looked at whole: --table, --version, --from, --until, --where and --new-since"
              + " are of tables",
          "leave them out; a row_condition in the suite says which rows an expectation is of");
    }
  }

  /// What a report is about: one of the three.
  static ReportSubject subject(Optional<String> table, Optional<Long> run, Optional<String> day) {
    if (Stream.of(table, run, day).filter(Optional::isPresent).count() != 1) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "A report is of a table, a run or a day",
          "say --table T, --run N or --day 2026-03-01");
    }
    if (table.isPresent()) {
      return new ReportSubject.OfTable(TableNames.parse(table.get()));
    }
    if (run.isPresent()) {
      return new ReportSubject.OfRun(run.get());
    }
    try {
      return new ReportSubject.OfDay(LocalDate.parse(day.orElseThrow()));
    } catch (DateTimeException e) {
      throw new MillraceException(
          ErrorCode.USAGE, "'" + day.get() + "' is no day", "write it as 2026-03-01", e);
    }
  }
}
