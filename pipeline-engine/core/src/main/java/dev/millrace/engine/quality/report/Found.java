package dev.millrace.engine.quality.report;

import dev.millrace.engine.model.Count;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was found when an expectation was judged, in words.
public final class Found {

  /// Examples that a report tells of an expectation, in each of its forms.
  public static final int EXAMPLES = 5;

  /// Rows told of a value that is the only one.
  private static final int PLACES_OF_ONE = 3;

  private Found() {}

  /// What was found.
  public static String of(ExpectationResult result) {
    if (result.error().isPresent()) {
      return "Could not be judged: " + result.error().get();
    }
    Map<String, @Nullable Object> found = result.result();
    if (found.get("unexpected_count") instanceof Number count
        && found.get("element_count") instanceof Number) {
      return counted(result, count.longValue());
    }
    Object observed = found.get("observed_value");
    if (observed != null) {
      return "Observed " + Shown.value(observed) + expected(result.config());
    }
    if (found.get("unexpected_count") instanceof Number count && count.longValue() > 0) {
      return Count.of(count.longValue(), "row") + " amiss";
    }
    if (result.config().type().equals("expect_column_to_exist") && !result.success()) {
      return "The column %s is missing%s"
          .formatted(
              Shown.value(result.config().kwargs().get("column")),
              result.config().kwargs().get("column_index") == null ? "" : " at its place");
    }
    return result.success() ? "As expected" : "Not as expected";
  }

  /// How many values or rows were looked at, those left aside that are missing: what a share is of.
  public static String looked(ExpectationResult result) {
    return Count.of(
        number(result, "element_count") - number(result, "missing_count"),
        result.result().get("missing_count") == null ? "row" : "value");
  }

  private static String counted(ExpectationResult result, long amiss) {
    long missing = number(result, "missing_count");
    String rest =
        missing == 0
            ? ""
            : "; %s %s not counted"
                .formatted(Count.of(missing, "missing value"), Count.is(missing));
    if (number(result, "element_count") == missing) {
      return missing == 0 ? "There was no row to judge" : "There was no value to judge" + rest;
    }
    if (amiss == 0) {
      return looked(result) + ", none amiss" + rest;
    }
    String share =
        result.result().get("unexpected_percent") instanceof Number percent
            ? " (" + Shown.percent(percent.doubleValue()) + ")"
            : "";
    String allowed =
        result.config().kwargs().get("mostly") instanceof Number mostly
            ? "; up to " + Shown.percent(100 - 100 * mostly.doubleValue()) + " may be"
            : "";
    return "%,d of %s%s %s amiss%s%s"
        .formatted(amiss, looked(result), share, Count.is(amiss), allowed, rest);
  }

  private static long number(ExpectationResult result, String field) {
    return result.result().get(field) instanceof Number number ? number.longValue() : 0;
  }

  private static String expected(ExpectationConfig config) {
    Object min = config.kwargs().get("min_value");
    Object max = config.kwargs().get("max_value");
    if (min != null && max != null) {
      return "; expected " + Shown.value(min) + " to " + Shown.value(max);
    }
    if (min != null) {
      return "; expected at least " + Shown.value(min);
    }
    if (max != null) {
      return "; expected at most " + Shown.value(max);
    }
    Object value = config.kwargs().get("value");
    return value == null ? "" : "; expected " + Shown.value(value);
  }

  /// An unexpected value, and rows that have it.
  ///
  /// @param times how often it was seen; 0 where not all unexpected values are told
  /// @param places the keys of rows that have it; empty where nothing tells them
  public record Example(String value, long times, List<String> places) {
    public Example {
      places = List.copyOf(places);
    }

    /// The value, and how often it was seen where that was more than once.
    public String words() {
      return times > 1 ? "%s (%,dx)".formatted(value, times) : value;
    }

    /// The same with the rows.
    public String line() {
      return places.isEmpty() ? words() : words() + " at " + String.join(" and ", places);
    }
  }

  /// Some unexpected values, at most `limit`, each once, those seen most often first.
  public static List<Example> examples(ExpectationResult result, int limit) {
    if (!(result.result().get("partial_unexpected_list") instanceof List<?> list)) {
      return withoutRows(result, limit);
    }
    List<String> places = places(result);
    boolean all = list.size() == number(result, "unexpected_count");
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      rows.computeIfAbsent(Shown.value(list.get(i)), _ -> new ArrayList<>()).add(i);
    }
    int most = rows.size() == 1 ? PLACES_OF_ONE : 1;
    return rows.entrySet().stream()
        .sorted(Comparator.comparingInt(one -> -one.getValue().size()))
        .limit(limit)
        .map(
            one ->
                new Example(
                    one.getKey(),
                    all ? one.getValue().size() : 0,
                    places.size() == list.size()
                        ? one.getValue().stream()
                            .limit(most)
                            .map(places::get)
                            .filter(place -> !place.isEmpty())
                            .toList()
                        : List.of()))
        .toList();
  }

  private static List<Example> withoutRows(ExpectationResult result, int limit) {
    if (result.result().get("partial_unexpected_counts") instanceof List<?> counts) {
      boolean all =
          counts.stream().mapToLong(Found::times).sum() == number(result, "unexpected_count");
      return counts.stream()
          .<Map<?, ?>>mapMulti(
              (one, next) -> {
                if (one instanceof Map<?, ?> map) {
                  next.accept(map);
                }
              })
          .limit(limit)
          .map(one -> new Example(Shown.value(one.get("value")), all ? times(one) : 0, List.of()))
          .toList();
    }
    List<?> values =
        result.result().get("details") instanceof Map<?, ?> details
                && details.get("unexpected_rows") instanceof List<?> rows
            ? rows
            : List.of();
    return values.stream()
        .map(Shown::value)
        .distinct()
        .limit(limit)
        .map(value -> new Example(value, 0, List.of()))
        .toList();
  }

  private static long times(Object counted) {
    return counted instanceof Map<?, ?> map && map.get("count") instanceof Number n
        ? n.longValue()
        : 0;
  }

  /// Where the unexpected rows are, by their key as far as the value itself is not of it, in the
  /// order of the values.
  private static List<String> places(ExpectationResult result) {
    List<String> places = new ArrayList<>();
    List<?> own =
        result.config().kwargs().get("column_list") instanceof List<?> columns
            ? columns
            : Stream.of("column", "column_A", "column_B")
                .map(result.config().kwargs()::get)
                .filter(Objects::nonNull)
                .toList();
    if (result.result().get("partial_unexpected_index_list") instanceof List<?> list) {
      List<?> names =
          result.result().get("unexpected_index_column_names") instanceof List<?> told
              ? told
              : List.of();
      for (Object one : list) {
        if (one instanceof Number place) {
          places.add("row %,d".formatted(place.longValue() + 1));
        } else if (one instanceof Map<?, ?> row) {
          List<String> parts = new ArrayList<>();
          for (Object name : names) {
            if (!own.contains(name)) {
              parts.add(name + " " + moment(row.get(name)));
            }
          }
          places.add(String.join(", ", parts));
        }
      }
    }
    return places;
  }

  /// A value, a time as people read it.
  private static String moment(@Nullable Object value) {
    if (value instanceof Instant time) {
      return Shown.second(time);
    }
    if (value instanceof String text) {
      try {
        return Shown.second(Instant.parse(text));
      } catch (DateTimeException _) {
        return Shown.value(text);
      }
    }
    return Shown.value(value);
  }
}
