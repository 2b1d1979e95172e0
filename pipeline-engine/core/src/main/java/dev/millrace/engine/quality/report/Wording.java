package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What reports say in words, the same in every form.
public final class Wording {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

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

  /// What the verdict means.
  public static String meaning(QualityReport report) {
    if (report.success()) {
      return "All %,d expectations are met.".formatted(report.total());
    }
    int failed = report.total() - report.passed();
    String what = "%,d of %,d expectations are not met".formatted(failed, report.total());
    return switch (report.worst()) {
      case RECORD, WARN -> what + "; none of them stops the flow or the load.";
      case STOP_LOAD ->
          what + "; the warehouse keeps what it has until they are, or the rows are released.";
      case STOP_FLOW -> what + "; the flow stopped there, and the warehouse keeps what it has.";
    };
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
    String words =
        config
            .type()
            .replaceFirst("^expect_(column_(?=values)|column_pair_|column_|table_|)", "")
            .replaceFirst("(values|columns)_to_not_be_", "$1_are_not_")
            .replaceFirst("(values|columns)_to_be_", "$1_are_")
            .replaceFirst("(values|columns)_to_not_match_", "$1_do_not_match_")
            .replaceFirst("(values|columns)_to_match_", "$1_match_")
            .replaceFirst("_to_be_", "_is_")
            .replaceFirst("_to_equal", "_equals")
            .replaceFirst("to_exist$", "exists")
            .replace('_', ' ');
    Object column = column(config);
    return column == null ? capital(words) : column + ": " + words;
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
          names.forEach(name -> parts.add(name + " " + shown(row.get(name))));
          places.add(String.join(", ", parts));
        }
      }
    }
    return places;
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

  /// How the score moved.
  public static String trend(TableReport table) {
    if (table.history().trend().isEmpty()) {
      return "first validation";
    }
    double points = rounded(table.history().trend().getAsDouble());
    return points == 0
        ? "unchanged"
        : "%.1f points %s".formatted(Math.abs(points), points > 0 ? "up" : "down");
  }

  private static double rounded(double points) {
    return Math.rint(points * 10) / 10;
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
          case List<?> list -> String.join(", ", list.stream().map(Wording::shown).toList());
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

  private static @Nullable Object column(ExpectationConfig config) {
    Object column = config.kwargs().get("column");
    if (column == null && config.kwargs().get("column_A") != null) {
      return config.kwargs().get("column_A") + ", " + config.kwargs().get("column_B");
    }
    return column == null && config.kwargs().get("column_list") instanceof List<?> list
        ? String.join(", ", list.stream().map(Objects::toString).toList())
        : column;
  }

  private static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
