package dev.millrace.engine.api;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.quality.quarantine.KeptFilter;
import dev.millrace.engine.quality.report.ReportFormat;
import dev.millrace.engine.quality.report.ReportSubject;
import java.nio.file.Path;
import java.util.Optional;

/// What a person may ask about the quality of a pipeline's tables. Each ends in the {@link
/// QualityAnswer} that is named.
public sealed interface QualityOrder {

  /// Judges a table or a slice of it; ends in `Judged`, whatever the verdict. A validation of all
  /// rows or of what is new, by the table's own suite, is kept in the history, and its failing rows
  /// in quarantine; any other is only shown.
  ///
  /// @param suite by which; empty for the table's own
  /// @param detail how much the results tell; the history keeps only what tells as much as always
  record Judge(TableName table, Slice slice, Optional<SuiteSource> suite, ResultDetail detail)
      implements QualityOrder {

    /// That tells as much as always.
    public Judge(TableName table, Slice slice, Optional<SuiteSource> suite) {
      this(table, slice, suite, ResultDetail.USUAL);
    }
  }

  /// Looks into the quarantine; ends in `Kept`.
  ///
  /// @param limit at most this many rows of each table; the counts count all
  /// @param events whether the events that a discard would take out of Bronze are counted, too
  record FindKept(KeptFilter filter, int limit, boolean events) implements QualityOrder {

    /// Without their events.
    public FindKept(KeptFilter filter, int limit) {
      this(filter, limit, false);
    }
  }

  /// Says of open rows that they are right as they are, then judges their tables again; ends in
  /// `Changed`.
  ///
  /// @param why kept with each of them
  record Release(KeptFilter filter, String why) implements QualityOrder {}

  /// Takes back a release, then judges the tables again; ends in `Changed`.
  record Reopen(KeptFilter filter) implements QualityOrder {}

  /// Takes the events of open rows out of Bronze, then judges Bronze again; ends in `Changed`.
  ///
  /// @param why kept with each of them
  record Discard(KeptFilter filter, String why) implements QualityOrder {}

  /// Judges a table by this suite from the next time on, in the place of the one it has; ends in
  /// `InForce`.
  record AcceptSuite(TableName table, SuiteSource suite) implements QualityOrder {}

  /// Judges a table by the suite of the pipeline's definition again; ends in `InForce`.
  record RevertSuite(TableName table) implements QualityOrder {}

  /// Shows how tables did over time; ends in `Histories`.
  ///
  /// @param table empty for all that were judged
  /// @param limit validations of each to look at
  record History(Optional<TableName> table, int limit) implements QualityOrder {}

  /// Looks at a table's columns and proposes a suite; ends in `Profiled`.
  record ProfileTable(TableName table, Slice slice) implements QualityOrder {}

  /// Gathers a report; ends in `Reported`.
  record MakeReport(ReportSubject subject) implements QualityOrder {}

  /// Gathers a report and writes it to a file, in the place of one that is there; ends in
  /// `Written`.
  record ExportReport(ReportSubject subject, ReportFormat format, Path to)
      implements QualityOrder {}

  /// Whether it waits its turn with the work that builds tables.
  default boolean takesTurn() {
    return switch (this) {
      case Judge _, Release _, Reopen _, Discard _ -> true;
      case FindKept _,
          AcceptSuite _,
          RevertSuite _,
          History _,
          ProfileTable _,
          MakeReport _,
          ExportReport _ ->
          false;
    };
  }

  /// What it does, for people.
  default String verb() {
    return switch (this) {
      case Judge judge -> "Check " + judge.table();
      case FindKept _ -> "Look into the quarantine";
      case Release _ -> "Release rows";
      case Reopen _ -> "Reopen rows";
      case Discard _ -> "Discard rows";
      case AcceptSuite accept -> "Put a suite of " + accept.table() + " in force";
      case RevertSuite revert -> "Put the defined suite of " + revert.table() + " in force";
      case History _ -> "Show quality history";
      case ProfileTable profile -> "Profile " + profile.table();
      case MakeReport report -> "Report of " + report.subject().title();
      case ExportReport report -> "Export the report of " + report.subject().title();
    };
  }
}
