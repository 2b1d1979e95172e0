package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether quantiles of a column lie in ranges: of numbers interpolated between the two values next
/// to the quantile's place, of others the nearest value, unless `allow_relative_error` names a
/// rule.
final class QuantileExpectations implements Family {

  /// How near to a bound counts as on it, relative to the bound.
  private static final double CLOSE = 1e-4;

  private static final Set<String> RULES =
      Set.of("nearest", "lower", "higher", "midpoint", "linear");

  @Override
  public Set<String> types() {
    return Set.of("expect_column_quantile_values_to_be_between");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    ColumnType held = subject.type(column);
    if (!(arguments.value("quantile_ranges") instanceof Map<?, ?> ranges)
        || !(ranges.get("quantiles") instanceof List<?> quantiles)
        || !(ranges.get("value_ranges") instanceof List<?> values)) {
      throw new WrongArgument("quantile_ranges must have quantiles and value_ranges");
    }
    if (quantiles.size() != values.size() || quantiles.isEmpty()) {
      throw new WrongArgument(
          "quantile_values and quantiles must have the same number of elements");
    }
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < quantiles.size(); i++) {
      wanted.add(wanted(quantiles.get(i), values.get(i), held));
    }
    return new QuantileCheck(subject, column, wanted, rule(arguments, held));
  }

  private static String rule(Arguments arguments, ColumnType held) {
    String usual = "nearest";
    String rule =
        switch (arguments.value("allow_relative_error")) {
          case null -> usual;
          case Boolean _ -> usual;
          case Number _ -> usual;
          case String name when RULES.contains(name) -> name;
          case Object other ->
              throw new WrongArgument(
                  "allow_relative_error is " + other + "; write true, false or one of " + RULES);
        };
    if ((rule.equals("midpoint") || rule.equals("linear")) && !Values.numeric(held)) {
      throw new WrongArgument("no values lie between those of " + held.sqlName());
    }
    return rule;
  }

  private static Wanted wanted(@Nullable Object quantile, @Nullable Object range, ColumnType held) {
    if (!(quantile instanceof Number number)
        || number.doubleValue() < 0
        || number.doubleValue() > 1) {
      throw new WrongArgument("quantiles holds " + quantile + "; write numbers from 0 to 1");
    }
    if (!(range instanceof List<?> ends) || ends.size() != 2) {
      throw new WrongArgument("value_ranges holds " + range + ", which is no pair of bounds");
    }
    Optional<Comparable<?>> low = bound(ends.getFirst(), held);
    Optional<Comparable<?>> high = bound(ends.getLast(), held);
    if (low.isPresent() && high.isPresent() && Values.compare(low.get(), high.get()) > 0) {
      throw new WrongArgument(
          "quantile_ranges must consist of ordered pairs, and " + range + " is not ordered");
    }
    return new Wanted(number.doubleValue(), low, high);
  }

  private static Optional<Comparable<?>> bound(@Nullable Object told, ColumnType held) {
    return Optional.ofNullable(told).map(value -> Values.fit(value, held, "value_ranges"));
  }

  private record Wanted(
      double quantile, Optional<Comparable<?>> low, Optional<Comparable<?>> high) {

    boolean holds(Object value) {
      return close(value, low)
          || close(value, high)
          || ((low.isEmpty() || Values.compare(value, low.get()) >= 0)
              && (high.isEmpty() || Values.compare(value, high.get()) <= 0));
    }

    private static boolean close(Object value, Optional<Comparable<?>> bound) {
      return bound.orElse(null) instanceof BigDecimal number
          && value instanceof Number seen
          && Math.abs(seen.doubleValue() - number.doubleValue())
              <= 1e-8 + CLOSE * Math.abs(number.doubleValue());
    }
  }

  /// Knows how many values there are from the scan, and asks for those at the quantiles' places.
  private record QuantileCheck(Subject subject, String column, List<Wanted> wanted, String rule)
      implements Check {

    @Override
    public List<String> aggregates() {
      return List.of(count());
    }

    @Override
    public Verdict judge(Answers answers) {
      long count = answers.count(count());
      List<@Nullable Object> values = new ArrayList<>();
      List<Boolean> details = new ArrayList<>();
      if (count > 0) {
        Map<String, Object> row = answers.rows(query(count)).getFirst();
        for (int i = 0; i < wanted.size(); i++) {
          values.add(row.get("q" + i));
        }
      }
      for (int i = 0; i < wanted.size(); i++) {
        Object value = i < values.size() ? values.get(i) : null;
        details.add(value != null && wanted.get(i).holds(value));
      }
      Map<String, @Nullable Object> observed = new LinkedHashMap<>();
      observed.put("quantiles", wanted.stream().map(Wanted::quantile).toList());
      observed.put("values", values);
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("observed_value", observed);
      result.put("details", Map.of("success_details", details));
      return new Verdict(details.stream().allMatch(d -> d), result);
    }

    private String count() {
      return "count(" + subject.within(Sql.name(column)) + ")";
    }

    private String query(long count) {
      StringBuilder sql = new StringBuilder("SELECT ");
      for (int i = 0; i < wanted.size(); i++) {
        double place = (count - 1) * wanted.get(i).quantile();
        sql.append(i == 0 ? "" : ", ");
        sql.append(
            switch (rule) {
              case "lower" -> at(Math.floor(place), count);
              case "higher" -> at(Math.ceil(place), count);
              case "midpoint" ->
                  "(%s + %s) / 2e0"
                      .formatted(at(Math.floor(place), count), at(Math.ceil(place), count));
              case "linear" ->
                  "percentile_cont(CAST('%s' AS double)) WITHIN GROUP (ORDER BY %s)"
                      .formatted(wanted.get(i).quantile(), Sql.name(column));
              default -> at(Math.rint(place), count);
            });
        sql.append(" AS q").append(i);
      }
      return sql.append(" FROM ")
          .append(Sql.name(subject.view()))
          .append(" WHERE ")
          .append(Sql.and(subject.condition(), Sql.name(column) + " IS NOT NULL"))
          .toString();
    }

    /// The value at a place among the ordered ones, from 0: the percentile in the middle of its
    /// share.
    private String at(double place, long count) {
      return "percentile_disc(CAST('%s' AS double)) WITHIN GROUP (ORDER BY %s)"
          .formatted((place + 0.5) / count, Sql.name(column));
    }
  }
}
