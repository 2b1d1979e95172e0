package dev.millrace.engine.quality.report;

import dev.millrace.engine.model.Count;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.engine.quality.report.QualityReport.Lineage;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a report says of its subject in words, the same in every form.
public final class Wording {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

  private Wording() {}

  /// The verdict in one word or two.
  public static String verdict(boolean success, Consequence worst) {
    if (success) {
      return "Passed";
    }
    return switch (worst) {
      case RECORD, WARN -> "Passed with warnings";
      case STOP_LOAD -> "Load held";
      case STOP_FLOW -> "Failed";
    };
  }

  /// The verdict of a validation that nothing follows from, since it was not of the table by its
  /// own suite.
  public static String trial(boolean success, Consequence worst) {
    return !success && worst.compareTo(Consequence.STOP_LOAD) >= 0
        ? capital(trial(worst))
        : verdict(success, worst);
  }

  /// What would follow in a flow, in words.
  public static String trial(Consequence consequence) {
    return switch (consequence) {
      case RECORD, WARN -> consequence(consequence);
      case STOP_LOAD -> "would hold the load";
      case STOP_FLOW -> "would stop the flow";
    };
  }

  /// The verdict of a report: what was gravest, and how it ended where that differs.
  public static String verdict(QualityReport report) {
    return verdict(
        verdict(report.success(), report.worst()),
        verdict(report.successAtLast(), report.worstAtLast()));
  }

  /// The verdict of one table in a report.
  public static String verdict(TableReport table) {
    return verdict(
        verdict(table.success(), table.judgings().worst()),
        verdict(table.record().success(), table.record().worst()));
  }

  private static String verdict(String all, String last) {
    return all.equals(last)
        ? all
        : "%s at times, %s at last"
            .formatted(
                all.replace("Passed with warnings", "Warnings"), last.toLowerCase(Locale.ROOT));
  }

  /// What the verdict means.
  public static String meaning(QualityReport report) {
    if (report.judged() == report.tables().size()) {
      return capital(meaningAtLast(report));
    }
    String often =
        report.judgedBad() == 0
            ? "Each of %s met all expectations.".formatted(Count.of(report.judged(), "validation"))
            : "Of %s, %,d did not meet all expectations."
                .formatted(Count.of(report.judged(), "validation"), report.judgedBad());
    return often + " At last: " + meaningAtLast(report);
  }

  private static String meaningAtLast(QualityReport report) {
    if (report.successAtLast()) {
      return report.total() == 1
          ? "the one expectation is met."
          : "all %,d expectations are met.".formatted(report.total());
    }
    int failed = report.total() - report.passed();
    String what =
        "%,d of %s %s not met"
            .formatted(failed, Count.of(report.total(), "expectation"), Count.is(failed));
    return switch (report.worstAtLast()) {
      case RECORD, WARN -> what + "; none of them stops the flow or the load.";
      case STOP_LOAD ->
          what
              + "; the warehouse keeps what it has until those that hold the load are, or the rows are released.";
      case STOP_FLOW -> what + "; the flow stopped there, and the warehouse keeps what it has.";
    };
  }

  /// How often an expectation was not met, and how that ended.
  public static String missed(Judgings.Missed missed) {
    return "%d of %d times, last %s; %s"
        .formatted(
            missed.times(),
            missed.asked(),
            Shown.time(missed.last()),
            switch (missed.atLast()) {
              case MET -> "met at last";
              case NOT_MET -> "not met at last, either";
              case NOT_ASKED -> "no longer asked";
            });
  }

  /// How often a table was judged, where it was more than once.
  public static String judged(Judgings judgings) {
    return judgings.times() == 1
        ? "once"
        : "%,d times%s"
            .formatted(
                judgings.times(),
                judgings.failed() == 0 ? "" : ", %,d not all met".formatted(judgings.failed()));
  }

  /// Which rows were judged, in words.
  public static String scope(String scope) {
    return scope.equals("whole") ? "all rows" : scope;
  }

  /// What became of rows in quarantine, and whether they hold the load.
  public static String state(KeptCount kept) {
    boolean holds =
        kept.state() == KeptState.OPEN && kept.consequence().compareTo(Consequence.STOP_LOAD) >= 0;
    return kept.state().text()
        + (holds ? kept.rows() == 1 ? ", holds the load" : ", hold the load" : "");
  }

  /// What a commit did, in words.
  public static String operation(String operation) {
    return switch (operation) {
      case "REBUILD" -> "built anew";
      case "EXTEND" -> "brought up to what its sources have";
      case "STREAMING UPDATE" -> "events taken in";
      case "DISCARD" -> "events discarded";
      case "CHANGE COLUMNS" -> "columns changed";
      case String other -> other.toLowerCase(Locale.ROOT);
    };
  }

  /// The heading of a report.
  public static String heading(ReportSubject subject) {
    return switch (subject) {
      case ReportSubject.OfTable(var table) -> table.toString();
      case ReportSubject.OfRun(long run) -> "Flow run " + run;
      case ReportSubject.OfDay(var day) -> DAY.format(day);
    };
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /// The consequence in words.
  public static String consequence(Consequence consequence) {
    return switch (consequence) {
      case RECORD -> "for the record";
      case WARN -> "warning";
      case STOP_LOAD -> "holds the load";
      case STOP_FLOW -> "stops the flow";
    };
  }

  /// How the score moved, and since when: compared with the last validation before by the same
  /// suite and of the same kind of rows.
  public static String trend(TableHistory history) {
    return history
        .changes()
        .map(changes -> moved(history) + " since " + Shown.time(changes.since()))
        .orElseGet(() -> moved(history));
  }

  /// How the score moved, for who tells since when elsewhere.
  public static String moved(TableHistory history) {
    return history
        .changes()
        .map(
            changes -> {
              double points = rounded(changes.points());
              return points == 0
                  ? "unchanged"
                  : "%.1f points %s".formatted(Math.abs(points), points > 0 ? "up" : "down");
            })
        .orElse(history.points().isEmpty() ? "never judged" : "first by this suite");
  }

  private static double rounded(double points) {
    return Math.rint(points * 10) / 10;
  }

  /// Where judged rows came from, in one sentence.
  public static String origin(Lineage lineage) {
    StringBuilder words = new StringBuilder();
    words.append(
        "Version %,d of %s (%s), %s in %s, %s"
            .formatted(
                lineage.version(),
                Shown.time(lineage.committedAt()),
                operation(lineage.operation()),
                Count.of(lineage.rows(), "row"),
                Count.of(lineage.files(), "file"),
                Shown.bytes(lineage.bytes())));
    if (!lineage.sources().isEmpty()) {
      List<String> sources = new ArrayList<>();
      lineage.sources().forEach((t, v) -> sources.add("%s version %,d".formatted(t, v)));
      words.append("; built from ").append(String.join(", ", sources));
    }
    lineage
        .run()
        .ifPresent(
            r ->
                words.append(
                    "; flow run %d of %s, %s, started %s"
                        .formatted(r.id(), r.flow(), r.state(), Shown.time(r.startedAt()))));
    return words.toString();
  }
}
