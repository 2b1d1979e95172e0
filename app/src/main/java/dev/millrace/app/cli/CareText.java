package dev.millrace.app.cli;

import dev.millrace.engine.care.AuditRecord;
import dev.millrace.engine.care.CareFinding;
import dev.millrace.engine.care.CareReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reports of the care of tables, for people and as JSON.
final class CareText {

  private static final long KIB = 1024;
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private CareText() {}

  static Map<String, Object> object(CareReport report) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("summary", report.summary());
    object.put("carried_out", report.carriedOut());
    object.put("complete", report.complete());
    object.put(
        "tables",
        report.findings().stream()
            .map(
                finding -> {
                  Map<String, Object> table = new LinkedHashMap<>();
                  table.put("table", finding.table().toString());
                  table.put("version", finding.version());
                  finding.counts().forEach((what, n) -> table.put(key(what), n));
                  return table;
                })
            .toList());
    object.put("notes", report.notes());
    return object;
  }

  /// One table as lines of numbers, several as a table of those numbers that are not all 0.
  static List<String> lines(CareReport report) {
    List<String> lines = new ArrayList<>();
    if (report.findings().size() == 1) {
      CareFinding only = report.findings().getFirst();
      lines.add("%s, version %d".formatted(only.table(), only.version()));
      only.counts().forEach((what, n) -> lines.add("  %-28s %s".formatted(what, shown(what, n))));
    } else {
      lines.addAll(Output.align(rows(report)));
    }
    lines.add(report.summary() + ".");
    lines.addAll(report.notes());
    return lines;
  }

  private static List<Map<String, Object>> rows(CareReport report) {
    Set<String> telling = new TreeSet<>();
    for (CareFinding finding : report.findings()) {
      finding
          .counts()
          .forEach(
              (what, n) -> {
                if (n != 0) {
                  telling.add(what);
                }
              });
    }
    return report.findings().stream()
        .map(
            finding -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("table", finding.table().toString());
              row.put("version", finding.version());
              finding
                  .counts()
                  .forEach(
                      (what, n) -> {
                        if (telling.contains(what)) {
                          row.put(what, what.contains("bytes") ? size(n) : n);
                        }
                      });
              return row;
            })
        .toList();
  }

  static Map<String, Object> row(AuditRecord entry) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("at", entry.at().toString());
    row.put("who", entry.who());
    row.put("work", entry.work());
    row.put("state", entry.state().name().toLowerCase(Locale.ROOT));
    row.put("pipeline", entry.pipeline());
    row.put("subject", entry.subject().map(s -> s.columns() + " " + s.hmac()).orElse(""));
    row.put("summary", entry.summary());
    return row;
  }

  private static String shown(String what, long n) {
    return what.contains("bytes") ? "%s (%,d)".formatted(size(n), n) : "%,d".formatted(n);
  }

  private static String size(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= KIB && unit < UNITS.size() - 1) {
      amount /= KIB;
      unit++;
    }
    return unit == 0 ? bytes + " B" : "%.1f %s".formatted(amount, UNITS.get(unit));
  }

  private static String key(String what) {
    return what.replace(",", "").replace(' ', '_');
  }
}
