package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A `partition_object`: values or bins, and the share of each.
///
/// @param values as the column would hold them; empty for bins
/// @param bins ends of the bins, ascending; empty for values
/// @param tails shares below the first and above the last bin
record Partition(
    List<Comparable<?>> values,
    List<Double> bins,
    List<Double> weights,
    Optional<List<Double>> tails) {

  Partition {
    values = List.copyOf(values);
    bins = List.copyOf(bins);
    weights = List.copyOf(weights);
    tails = tails.map(List::copyOf);
  }

  boolean categorical() {
    return bins.isEmpty();
  }

  /// @throws WrongArgument when it is no partition
  static Partition of(Map<?, ?> told, ColumnType held) {
    List<Double> weights = numbers(told, "weights");
    Optional<List<Double>> tails =
        told.get("tail_weights") == null
            ? Optional.empty()
            : Optional.of(numbers(told, "tail_weights"));
    if (tails.isPresent() && tails.get().size() != 2) {
      throw invalid("tail_weights are not two");
    }
    double sum = sum(weights) + tails.map(Partition::sum).orElse(0.0);
    if (Math.abs(sum - 1) > 1e-4) {
      throw invalid("its weights come to " + sum + " and not to 1");
    }
    if (told.get("values") instanceof List<?> list) {
      List<Comparable<?>> values = new ArrayList<>();
      for (Object value : list) {
        if (value == null) {
          throw invalid("it has a value null");
        }
        values.add(Values.fit(value, held, "partition_object"));
      }
      if (values.size() != weights.size()) {
        throw invalid("it has not as many weights as values");
      }
      return new Partition(values, List.of(), weights, tails);
    }
    List<Double> bins = numbers(told, "bins");
    if (bins.size() != weights.size() + 1) {
      throw invalid("it has not one weight less than ends of bins");
    }
    for (int i = 1; i < bins.size(); i++) {
      if (bins.get(i) <= bins.get(i - 1)) {
        throw invalid("its bins do not ascend");
      }
    }
    if (tails.isPresent() && (bins.getFirst().isInfinite() || bins.getLast().isInfinite())) {
      throw invalid(
          "There can be no tail weights for partitions with one or both endpoints at infinity");
    }
    return new Partition(List.of(), bins, weights, tails);
  }

  private static double sum(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static List<Double> numbers(Map<?, ?> told, String key) {
    if (!(told.get(key) instanceof List<?> list) || list.isEmpty()) {
      throw invalid("it has no " + key);
    }
    List<Double> numbers = new ArrayList<>();
    for (Object value : list) {
      numbers.add(number(value, key));
    }
    return numbers;
  }

  /// JSON has no infinity, so it stands as a text.
  private static double number(@Nullable Object value, String key) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text when text.matches("\\+?[Ii]nf(inity)?") -> Double.POSITIVE_INFINITY;
      case String text when text.matches("-[Ii]nf(inity)?") -> Double.NEGATIVE_INFINITY;
      case null, default -> throw invalid(key + " holds " + value);
    };
  }

  private static WrongArgument invalid(String reason) {
    return new WrongArgument("Invalid partition object: " + reason);
  }
}
