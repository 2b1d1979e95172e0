package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.Names;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A report as CSV (RFC 4180, UTF-8): one line per expectation, as the last validation found it,
/// beside how often an earlier one of the same run or day did not find it met. What is no longer
/// asked has a line, too, without a success.
public final class ReportCsv implements ReportWriter {

  private static final List<String> HEAD =
      List.of(
          "pipeline",
          "table",
          "version",
          "scope",
          "validated_at",
          "suite",
          "expectation",
          "purpose",
          "severity",
          "on_failure",
          "success",
          "element_count",
          "unexpected_count",
          "unexpected_percent",
          "missing_count",
          "observed_value",
          "finding",
          "examples",
          "verdict",
          "judged",
          "not_met_earlier",
          "last_not_met_at");

  @Override
  public byte[] write(QualityReport report) {
    StringBuilder csv = new StringBuilder(line(HEAD));
    for (TableReport table : report.tables()) {
      List<String> names =
          Names.of(table.results().stream().map(ExpectationResult::config).toList());
      for (int i = 0; i < names.size(); i++) {
        ExpectationResult result = table.results().get(i);
        Optional<Judgings.Missed> missed = missed(table, names.get(i));
        csv.append(
            line(
                fields(report, table, names.get(i), result.config(), Optional.of(result), missed)));
      }
      for (Judgings.Missed missed : table.judgings().missed()) {
        if (missed.atLast() == Judgings.AtLast.NOT_ASKED) {
          csv.append(
              line(
                  fields(
                      report,
                      table,
                      missed.name(),
                      missed.config(),
                      Optional.empty(),
                      Optional.of(missed))));
        }
      }
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<Judgings.Missed> missed(TableReport table, String name) {
    return table.judgings().missed().stream()
        .filter(one -> one.atLast() != Judgings.AtLast.NOT_ASKED && one.name().equals(name))
        .findFirst();
  }

  /// @param result empty where it is no longer asked
  private static List<String> fields(
      QualityReport report,
      TableReport table,
      String name,
      ExpectationConfig config,
      Optional<ExpectationResult> result,
      Optional<Judgings.Missed> missed) {
    return List.of(
        report.pipeline(),
        table.table().toString(),
        Long.toString(table.record().version()),
        table.record().scope(),
        table.record().validatedAt().toString(),
        table.record().suite(),
        name,
        Asked.sentence(config),
        config.severity().jsonName(),
        config.consequence().jsonName(),
        result.map(r -> Boolean.toString(r.success())).orElse(""),
        figure(result, "element_count"),
        figure(result, "unexpected_count"),
        figure(result, "unexpected_percent"),
        figure(result, "missing_count"),
        figure(result, "observed_value"),
        result.map(Found::of).orElse("No longer asked"),
        result.map(r -> Found.examples(r, Found.EXAMPLES)).orElse(List.of()).stream()
            .map(Found.Example::line)
            .collect(Collectors.joining("; ")),
        Wording.verdict(table),
        Integer.toString(
            missed
                .map(Judgings.Missed::asked)
                .orElseGet(() -> table.judgings().asked().getOrDefault(name, 0))),
        Integer.toString(missed.map(Judgings.Missed::times).orElse(0)),
        missed.map(one -> one.last().toString()).orElse(""));
  }

  private static String figure(Optional<ExpectationResult> result, String name) {
    return plain(result.map(r -> r.result().get(name)).orElse(null));
  }

  private static String plain(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String line(List<String> fields) {
    return fields.stream().map(ReportCsv::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  /// A text that a spreadsheet would take for a formula is led by a quote mark.
  private static String field(String value) {
    String safe = value.matches("(?s)[=+@].*") ? "'" + value : value;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
