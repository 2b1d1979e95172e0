package dev.millrace.engine.quality.expectation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often each of some values stands, as Great Expectations tells it: the most frequent first,
/// those of the same frequency by their value.
final class ValueCounts {

  private ValueCounts() {}

  /// Objects of `value` and `count`. A record counts by the list of its values.
  ///
  /// @param limit of those told
  static List<Map<String, @Nullable Object>> of(List<@Nullable Object> values, int limit) {
    Map<@Nullable Object, Long> counted = new LinkedHashMap<>();
    for (Object value : values) {
      Object told = value instanceof Map<?, ?> row ? new ArrayList<>(row.values()) : value;
      counted.merge(told, 1L, Long::sum);
    }
    Comparator<Map.Entry<@Nullable Object, Long>> frequent =
        Map.Entry.<@Nullable Object, Long>comparingByValue().reversed();
    return counted.entrySet().stream()
        .sorted(frequent)
        .limit(limit)
        .sorted(frequent.thenComparing(Map.Entry::getKey, ValueCounts::compare))
        .map(entry -> count(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Map<String, @Nullable Object> count(@Nullable Object value, Long times) {
    Map<String, @Nullable Object> count = new LinkedHashMap<>();
    count.put("value", value);
    count.put("count", times);
    return count;
  }

  /// Nulls first, numbers by size, lists by their elements, all else by its text.
  private static int compare(@Nullable Object one, @Nullable Object other) {
    if (one == null || other == null) {
      return Boolean.compare(one != null, other != null);
    }
    if (one instanceof Number a && other instanceof Number b) {
      return finite(a) && finite(b)
          ? decimal(a).compareTo(decimal(b))
          : Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (one instanceof List<?> a && other instanceof List<?> b) {
      for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
        int order = compare(a.get(i), b.get(i));
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(a.size(), b.size());
    }
    return one.toString().compareTo(other.toString());
  }

  private static boolean finite(Number number) {
    return Double.isFinite(number.doubleValue());
  }

  private static BigDecimal decimal(Number number) {
    return Values.decimal(number);
  }
}
