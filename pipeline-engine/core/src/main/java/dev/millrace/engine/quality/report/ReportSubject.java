package dev.millrace.engine.quality.report;

import dev.millrace.engine.model.TableName;
import java.time.LocalDate;

/// What a report is about.
public sealed interface ReportSubject {

  /// In words, for people.
  String title();

  /// The last validation of a table.
  record OfTable(TableName table) implements ReportSubject {
    @Override
    public String title() {
      return table.toString();
    }
  }

  /// The validations that were part of a flow run.
  record OfRun(long run) implements ReportSubject {
    @Override
    public String title() {
      return "Run " + run;
    }
  }

  /// Every table's last validation of a day (UTC).
  record OfDay(LocalDate day) implements ReportSubject {
    @Override
    public String title() {
      return day.toString();
    }
  }
}
