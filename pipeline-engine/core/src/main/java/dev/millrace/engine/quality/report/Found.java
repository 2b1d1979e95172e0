package dev.millrace.engine.quality.report;

import dev.millrace.engine.model.Count;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was found when an expectation was judged, in words.
public final class Found {

  private Found() {}

  /// What was found.
  public static String of(ExpectationResult result) {
    if (result.error().isPresent()) {
      return "Could not be judged: " + result.error().get();
    }
    Map<String, @Nullable Object> found = result.result();
    if (found.get("unexpected_count") instanceof Number count
        && found.get("element_count") instanceof Number all) {
      if (count.longValue() == 0) {
        return Count.of(all.longValue(), "row") + ", none amiss";
      }
      String share =
          found.get("unexpected_percent") instanceof Number percent
              ? " (" + Shown.percent(percent.doubleValue()) + ")"
              : "";
      String allowed =
          result.config().kwargs().get("mostly") instanceof Number mostly
              ? "; up to " + Shown.percent(100 - 100 * mostly.doubleValue()) + " may be"
              : "";
      return "%,d of %s%s %s amiss%s"
          .formatted(
              count.longValue(),
              Count.of(all.longValue(), "row"),
              share,
              Count.is(count.longValue()),
              allowed);
    }
    Object observed = found.get("observed_value");
    if (observed != null) {
      return "Observed " + Shown.value(observed) + expected(result.config());
    }
    if (found.get("unexpected_count") instanceof Number count && count.longValue() > 0) {
      return Count.of(count.longValue(), "row") + " amiss";
    }
    return result.success() ? "As expected" : "Not as expected";
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

  /// Some unexpected values, at most `limit`, each once, with how often it was seen where all of
  /// them were counted.
  public static List<String> examples(ExpectationResult result, int limit) {
    List<String> examples = new ArrayList<>();
    if (result.result().get("partial_unexpected_counts") instanceof List<?> counts) {
      boolean all =
          result.result().get("unexpected_count") instanceof Number whole
              && counts.stream().mapToLong(Found::times).sum() == whole.longValue();
      for (Object one : counts) {
        if (one instanceof Map<?, ?> map && examples.size() < limit) {
          String times = all && times(map) > 1 ? " (" + times(map) + "x)" : "";
          examples.add(Shown.value(map.get("value")) + times);
        }
      }
    } else if (result.result().get("partial_unexpected_list") instanceof List<?> list) {
      list.stream().map(Shown::value).distinct().limit(limit).forEach(examples::add);
    } else if (result.result().get("details") instanceof Map<?, ?> details
        && details.get("unexpected_rows") instanceof List<?> rows) {
      rows.stream().map(Shown::value).distinct().limit(limit).forEach(examples::add);
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
        return Shown.second(Instant.parse(text));
      } catch (DateTimeException _) {
        return Shown.value(text);
      }
    }
    return Shown.value(value);
  }
}
