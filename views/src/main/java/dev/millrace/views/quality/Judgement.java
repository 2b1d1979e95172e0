package dev.millrace.views.quality;

import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.JudgedData;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.quality.report.QualityReport.Lineage;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import dev.millrace.engine.quality.report.Wording;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one validation of a table found, kept in the history or only tried.
///
/// @param version version of the table that was judged
/// @param scope which rows, in words
/// @param worst the gravest consequence of what was not met
/// @param percent share of expectations met, 0 to 100
/// @param run flow run it was part of
/// @param kept whether it stands in the history
/// @param lineage where the rows came from, when the lake still tells
record Judgement(
    String suite,
    long version,
    String scope,
    boolean success,
    Consequence worst,
    double percent,
    int passed,
    Instant at,
    Optional<Long> run,
    boolean kept,
    Optional<Lineage> lineage,
    List<ExpectationResult> results) {

  Judgement {
    results = List.copyOf(results);
  }

  static Judgement of(TableReport report) {
    return new Judgement(
        report.record().suite(),
        report.record().version(),
        report.record().scope(),
        report.record().success(),
        report.record().worst(),
        report.record().percent(),
        report.record().passed(),
        report.record().validatedAt(),
        report.record().run(),
        true,
        report.lineage(),
        report.results());
  }

  static Judgement of(ValidationResult result, boolean kept) {
    Optional<JudgedData.Table> table = result.data().table();
    return new Judgement(
        result.suite(),
        table.map(JudgedData.Table::version).orElse(0L),
        table.map(t -> t.slice().title()).orElse("whole"),
        result.success(),
        result.worst(),
        result.percent(),
        result.passed(),
        result.validatedAt(),
        Optional.empty(),
        kept,
        Optional.empty(),
        result.results());
  }

  String verdict() {
    return kept ? Wording.verdict(success, worst) : Wording.trial(success, worst);
  }

  Tone tone() {
    return tone(success, worst);
  }

  static Tone tone(boolean success, Consequence worst) {
    if (success) {
      return Tone.GOOD;
    }
    return switch (worst) {
      case RECORD, WARN -> Tone.WARNING;
      case STOP_LOAD, STOP_FLOW -> Tone.BAD;
    };
  }
}
