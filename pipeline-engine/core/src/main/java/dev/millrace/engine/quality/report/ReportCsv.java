package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A report as CSV (RFC 4180, UTF-8): one line per expectation.
public final class ReportCsv implements ReportWriter {

  private static final int EXAMPLES = 5;

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
          "examples");

  @Override
  public byte[] write(QualityReport report) {
    StringBuilder csv = new StringBuilder(line(HEAD));
    for (TableReport table : report.tables()) {
      List<String> names =
          Names.of(table.results().stream().map(ExpectationResult::config).toList());
      for (int i = 0; i < names.size(); i++) {
        csv.append(line(fields(report, table, names.get(i), table.results().get(i))));
      }
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> fields(
      QualityReport report, TableReport table, String name, ExpectationResult result) {
    return List.of(
        report.pipeline(),
        table.table().toString(),
        Long.toString(table.record().version()),
        table.record().scope(),
        table.record().validatedAt().toString(),
        table.record().suite(),
        name,
        Asked.sentence(result.config()),
        result.config().severity().jsonName(),
        result.config().consequence().jsonName(),
        Boolean.toString(result.success()),
        plain(result.result().get("element_count")),
        plain(result.result().get("unexpected_count")),
        plain(result.result().get("unexpected_percent")),
        plain(result.result().get("missing_count")),
        plain(result.result().get("observed_value")),
        Found.of(result),
        Found.examples(result, EXAMPLES).stream()
            .map(Found.Example::line)
            .collect(Collectors.joining("; ")));
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
