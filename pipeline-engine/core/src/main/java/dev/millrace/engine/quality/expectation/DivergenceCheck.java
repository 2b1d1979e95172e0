package dev.millrace.engine.quality.expectation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The divergence of a column's shares from a partition's.
sealed interface DivergenceCheck extends Check {

  /// Different values told at most; more than that are no categories.
  int MOST_VALUES = 10_000;

  /// What the divergence may be.
  record Limit(double threshold, Bounds bounds) {

    Verdict verdict(double divergence, Map<String, @Nullable Object> details) {
      boolean finite = Double.isFinite(divergence);
      boolean success = divergence <= threshold && (!finite || bounds.holds(divergence));
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("observed_value", finite ? divergence : null);
      result.put("details", details);
      return new Verdict(success && !Double.isNaN(divergence), result);
    }
  }

  /// Sum of `p ln(p / q)` over both made to sum to 1; infinite where something is that never should
  /// be, not a number when there is nothing.
  static double entropy(List<Double> observed, List<Double> expected) {
    double all = sum(observed);
    double wanted = sum(expected);
    double entropy = 0;
    for (int i = 0; i < observed.size(); i++) {
      double p = observed.get(i) / all;
      double q = expected.get(i) / wanted;
      if (Double.isNaN(p) || Double.isNaN(q)) {
        return Double.NaN;
      }
      if (p > 0) {
        entropy += q > 0 ? p * Math.log(p / q) : Double.POSITIVE_INFINITY;
      }
    }
    return entropy;
  }

  private static double sum(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).sum();
  }

  /// Shares of values.
  record OfValues(Subject subject, String column, Partition partition, double tail, Limit limit)
      implements DivergenceCheck {

    @Override
    public List<String> aggregates() {
      return List.of();
    }

    @Override
    public Verdict judge(Answers answers) {
      List<@Nullable Object> values = new ArrayList<>(partition.values());
      List<Double> observed = new ArrayList<>();
      partition.values().forEach(_ -> observed.add(0.0));
      long all = 0;
      List<Map<String, Object>> rows =
          answers.rows(
              "SELECT %1$s AS v, count(*) AS n FROM %2$s WHERE %3$s GROUP BY %1$s ORDER BY %1$s LIMIT %4$d"
                  .formatted(
                      Sql.name(column),
                      Sql.name(subject.view()),
                      Sql.and(subject.condition(), Sql.name(column) + " IS NOT NULL"),
                      MOST_VALUES + 1));
      if (rows.size() > MOST_VALUES) {
        throw new WrongArgument(
            column + " has more than " + MOST_VALUES + " different values; use bins for it");
      }
      for (Map<String, Object> row : rows) {
        Object value = row.get("v");
        double count = Sql.number(row.get("n"));
        all += (long) count;
        int at = indexOf(value);
        if (at >= 0) {
          observed.set(at, count);
        } else {
          values.add(value);
          observed.add(count);
        }
      }
      int surprises = values.size() - partition.values().size();
      List<Double> expected = new ArrayList<>();
      for (double weight : partition.weights()) {
        expected.add(surprises > 0 ? weight * (1 - tail) : weight);
      }
      for (int i = 0; i < surprises; i++) {
        expected.add(tail / surprises);
      }
      double total = all;
      Map<String, @Nullable Object> details = new LinkedHashMap<>();
      details.put(
          "observed_partition",
          told(values, observed.stream().map(n -> total == 0 ? 0 : n / total).toList()));
      details.put("expected_partition", told(values, expected));
      return limit.verdict(entropy(observed, expected), details);
    }

    private int indexOf(@Nullable Object value) {
      for (int i = 0; value != null && i < partition.values().size(); i++) {
        if (Values.compare(value, partition.values().get(i)) == 0) {
          return i;
        }
      }
      return -1;
    }

    private static Map<String, Object> told(List<@Nullable Object> values, List<Double> weights) {
      return Map.of("values", values.stream().map(String::valueOf).toList(), "weights", weights);
    }
  }

  /// Shares of bins, those below the first and above the last included.
  record OfBins(
      Subject subject,
      String column,
      Partition partition,
      double tail,
      double internal,
      Limit limit)
      implements DivergenceCheck {

    @Override
    public List<String> aggregates() {
      List<String> counts = new ArrayList<>();
      List<Double> bins = partition.bins();
      String value = Sql.name(column);
      if (!bins.getFirst().isInfinite()) {
        counts.add(count(value + " < " + literal(bins.getFirst())));
      }
      for (int i = 1; i < bins.size(); i++) {
        boolean last = i == bins.size() - 1;
        String low =
            bins.get(i - 1).isInfinite() ? "TRUE" : value + " >= " + literal(bins.get(i - 1));
        String high =
            bins.get(i).isInfinite()
                ? "TRUE"
                : value + (last ? " <= " : " < ") + literal(bins.get(i));
        counts.add(count(Sql.and(value + " IS NOT NULL", Sql.and(low, high))));
      }
      if (!bins.getLast().isInfinite()) {
        counts.add(count(value + " > " + literal(bins.getLast())));
      }
      return counts;
    }

    @Override
    public Verdict judge(Answers answers) {
      List<Double> observed = new ArrayList<>();
      for (String aggregate : aggregates()) {
        observed.add((double) answers.count(aggregate));
      }
      boolean below = !partition.bins().getFirst().isInfinite();
      boolean above = !partition.bins().getLast().isInfinite();
      if (tail > 0 && !below && !above) {
        throw new WrongArgument(
            "tail_weight_holdout cannot be used for partitions with infinite endpoints.");
      }
      List<Double> expected = new ArrayList<>();
      partition.weights().forEach(w -> expected.add(w * (1 - tail - internal)));
      long zeros = expected.stream().filter(w -> w == 0).count();
      if (internal > 0 && zeros > 0) {
        expected.replaceAll(w -> w == 0 ? internal / zeros : w);
      }
      double each = below && above ? tail / 2 : tail;
      if (below) {
        expected.addFirst(partition.tails().map(List::getFirst).orElse(each));
      }
      if (above) {
        expected.addLast(partition.tails().map(List::getLast).orElse(each));
      }
      double all = observed.stream().mapToDouble(Double::doubleValue).sum();
      List<Double> shares = observed.stream().map(n -> all == 0 ? 0 : n / all).toList();
      Map<String, @Nullable Object> details = new LinkedHashMap<>();
      details.put("observed_partition", told(shares));
      details.put("expected_partition", told(expected));
      return limit.verdict(entropy(observed, expected), details);
    }

    /// The two outermost shares are the tails.
    private Map<String, Object> told(List<Double> shares) {
      List<Double> inner = partition.bins().stream().filter(Double::isFinite).toList();
      return Map.of(
          "bins",
          inner,
          "weights",
          shares.size() < 2 ? List.of() : shares.subList(1, shares.size() - 1),
          "tail_weights",
          shares.isEmpty() ? List.of() : List.of(shares.getFirst(), shares.getLast()));
    }

    private String count(String predicate) {
      return Sql.countIf(Sql.and(subject.condition(), predicate));
    }

    private static String literal(double value) {
      return "CAST('" + value + "' AS double)";
    }
  }
}
