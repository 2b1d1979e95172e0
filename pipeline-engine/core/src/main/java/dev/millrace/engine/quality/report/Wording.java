package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.report.QualityReport.Lineage;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What reports say in words, the same in every form.
public final class Wording {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

  /// An expectation of columns as the quarantine names it.
  private static final Pattern TITLE = Pattern.compile("(expect_\\w+) \\(\\[?([^)\\]]*)\\]?\\)");

  private static final int LONGEST_VALUE = 60;

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
            ? "Each of %,d validations met all expectations.".formatted(report.judged())
            : "Of %,d validations, %,d did not meet all expectations."
                .formatted(report.judged(), report.judgedBad());
    return often + " At last: " + meaningAtLast(report);
  }

  private static String meaningAtLast(QualityReport report) {
    if (report.successAtLast()) {
      return "all %,d expectations are met.".formatted(report.total());
    }
    int failed = report.total() - report.passed();
    String what = "%,d of %,d expectations are not met".formatted(failed, report.total());
    return switch (report.worstAtLast()) {
      case RECORD, WARN -> what + "; none of them stops the flow or the load.";
      case STOP_LOAD ->
          what
              + "; the warehouse keeps what it has until those that hold the load are, or the rows are released.";
      case STOP_FLOW -> what + "; the flow stopped there, and the warehouse keeps what it has.";
    };
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

  /// What a commit did, in words.
  public static String operation(String operation) {
    return switch (operation) {
      case "REBUILD" -> "built anew";
      case "EXTEND" -> "extended by what was new";
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

  /// What an expectation asks, for people who know no JSON.
  public static String sentence(ExpectationConfig config) {
    String purpose = config.purpose();
    if (!purpose.equals(config.title())) {
      return purpose;
    }
    return Sentence.of(config);
  }

  /// What it asks in figures, where its author noted something else; empty where the sentence
  /// itself tells.
  public static Optional<String> detail(ExpectationConfig config) {
    return config.purpose().equals(config.title())
        ? Optional.empty()
        : Optional.of(Sentence.of(config));
  }

  /// Reasons of rows in quarantine in words. Only what was not met can be one; what another suite
  /// asks is told by its type and column.
  public static String reasons(TableReport table, KeptCount kept) {
    String reasons = kept.reasons();
    List<ExpectationConfig> notMet =
        Stream.concat(
                table.failed().stream().map(ExpectationResult::config),
                table.judgings().missed().stream().map(Judgings.Missed::config))
            .sorted(Comparator.comparingInt((ExpectationConfig c) -> c.title().length()).reversed())
            .toList();
    for (ExpectationConfig config : notMet) {
      reasons = reasons.replace(config.title(), sentence(config));
    }
    return TITLE
        .matcher(reasons)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(2) + ": " + Sentence.general(found.group(1))));
  }

  /// The expectation as its suite names it, with its arguments.
  public static String technical(ExpectationConfig config) {
    List<String> parts = new ArrayList<>();
    config
        .kwargs()
        .forEach(
            (name, value) -> {
              if (value != null
                  && !name.equals("result_format")
                  && !name.equals("condition_parser")) {
                parts.add(name + "=" + shown(value));
              }
            });
    return config.type() + "(" + String.join(", ", parts) + ")";
  }

  /// What was found.
  public static String finding(ExpectationResult result) {
    if (result.error().isPresent()) {
      return "Could not be judged: " + result.error().get();
    }
    Map<String, @Nullable Object> found = result.result();
    if (found.get("unexpected_count") instanceof Number count
        && found.get("element_count") instanceof Number all) {
      if (count.longValue() == 0) {
        return "%,d rows, none amiss".formatted(all.longValue());
      }
      String share =
          found.get("unexpected_percent") instanceof Number percent
              ? " (" + percent(percent.doubleValue()) + ")"
              : "";
      String allowed =
          result.config().kwargs().get("mostly") instanceof Number mostly
              ? "; up to " + percent(100 - 100 * mostly.doubleValue()) + " may be"
              : "";
      return "%,d of %,d rows%s are amiss%s"
          .formatted(count.longValue(), all.longValue(), share, allowed);
    }
    Object observed = found.get("observed_value");
    if (observed != null) {
      return "Observed " + shown(observed) + expected(result.config());
    }
    return result.success() ? "As expected" : "Not as expected";
  }

  private static String expected(ExpectationConfig config) {
    Object min = config.kwargs().get("min_value");
    Object max = config.kwargs().get("max_value");
    if (min != null && max != null) {
      return "; expected " + shown(min) + " to " + shown(max);
    }
    if (min != null) {
      return "; expected at least " + shown(min);
    }
    if (max != null) {
      return "; expected at most " + shown(max);
    }
    Object value = config.kwargs().get("value");
    return value == null ? "" : "; expected " + shown(value);
  }

  /// Some unexpected values, at most `limit`, each once, with how often it was seen where all of
  /// them were counted.
  public static List<String> examples(ExpectationResult result, int limit) {
    List<String> examples = new ArrayList<>();
    if (result.result().get("partial_unexpected_counts") instanceof List<?> counts) {
      boolean all =
          result.result().get("unexpected_count") instanceof Number whole
              && counts.stream().mapToLong(Wording::times).sum() == whole.longValue();
      for (Object one : counts) {
        if (one instanceof Map<?, ?> map && examples.size() < limit) {
          String times = all && times(map) > 1 ? " (" + times(map) + "x)" : "";
          examples.add(shown(map.get("value")) + times);
        }
      }
    } else if (result.result().get("partial_unexpected_list") instanceof List<?> list) {
      list.stream().map(Wording::shown).distinct().limit(limit).forEach(examples::add);
    }
    return examples;
  }

  private static long times(Object counted) {
    return counted instanceof Map<?, ?> map && map.get("count") instanceof Number n
        ? n.longValue()
        : 0;
  }

  /// Where the first unexpected rows are, by their key, at most `limit`.
  public static List<String> places(ExpectationResult result, int limit) {
    List<String> places = new ArrayList<>();
    if (result.result().get("partial_unexpected_index_list") instanceof List<?> list) {
      List<?> names =
          result.result().get("unexpected_index_column_names") instanceof List<?> told
              ? told
              : List.of();
      for (Object one : list.subList(0, Math.min(limit, list.size()))) {
        if (one instanceof Number place) {
          places.add("row " + (place.longValue() + 1));
        } else if (one instanceof Map<?, ?> row) {
          List<String> parts = new ArrayList<>();
          names.forEach(name -> parts.add(name + " " + moment(row.get(name))));
          places.add(String.join(", ", parts));
        }
      }
    }
    return places;
  }

  /// A value, a time as people read it.
  private static String moment(@Nullable Object value) {
    if (value instanceof String text) {
      try {
        return SECOND.format(Instant.parse(text));
      } catch (DateTimeException _) {
        return shown(text);
      }
    }
    return shown(value);
  }

  /// Share of a hundred for people.
  public static String percent(double percent) {
    if (percent > 0 && percent < 0.01) {
      return "< 0.01 %";
    }
    String text = String.format(Locale.ROOT, percent < 10 ? "%.2f" : "%.1f", percent);
    return text.replaceFirst("\\.?0+$", "") + " %";
  }

  /// A time for people, UTC.
  public static String time(Instant time) {
    return TIME.format(time);
  }

  /// Size for people.
  public static String bytes(long bytes) {
    return bytes < 1_000_000
        ? "%,.1f kB".formatted(bytes / 1e3)
        : bytes < 1_000_000_000
            ? "%,.1f MB".formatted(bytes / 1e6)
            : "%,.2f GB".formatted(bytes / 1e9);
  }

  /// How the score moved, and since when: compared with the last validation before by the same
  /// suite and of the same kind of rows.
  public static String trend(TableHistory history) {
    return history
        .changes()
        .map(changes -> moved(history) + " since " + time(changes.since()))
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
        "Version %,d of %s (%s), %,d rows in %,d %s, %s"
            .formatted(
                lineage.version(),
                time(lineage.committedAt()),
                operation(lineage.operation()),
                lineage.rows(),
                lineage.files(),
                lineage.files() == 1 ? "file" : "files",
                bytes(lineage.bytes())));
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
                        .formatted(r.id(), r.flow(), r.state(), time(r.startedAt()))));
    return words.toString();
  }

  /// As many as there is room for, and how many there are.
  private static String listed(List<?> list) {
    StringBuilder words = new StringBuilder();
    for (Object one : list) {
      String next = (words.isEmpty() ? "" : ", ") + shown(one);
      if (!words.isEmpty() && words.length() + next.length() > LONGEST_VALUE - 8) {
        return words + ", … (" + list.size() + ")";
      }
      words.append(next);
    }
    return words.toString();
  }

  /// A value as people read it, cut when it is long.
  public static String shown(@Nullable Object value) {
    String text =
        switch (value) {
          case null -> "null";
          case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
              "%,d".formatted(number.longValue());
          case Double number ->
              "%,.6g"
                  .formatted(number)
                  .replaceFirst("(\\.\\d*?)0+$", "$1")
                  .replaceFirst("\\.$", "");
          case Long number -> "%,d".formatted(number);
          case Integer number -> "%,d".formatted(number);
          case String s -> s.isEmpty() ? "(empty)" : s;
          case List<?> list -> listed(list);
          case Map<?, ?> map -> {
            List<String> parts = new ArrayList<>();
            map.forEach((k, v) -> parts.add(k + ": " + shown(v)));
            yield String.join(", ", parts);
          }
          default -> value.toString();
        };
    return text.codePointCount(0, text.length()) <= LONGEST_VALUE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
  }
}
