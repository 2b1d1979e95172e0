package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.util.Map;
import java.util.Set;

/// Whether a column's values are spread much as expected: the Kullback-Leibler divergence of the
/// shares observed from those of a partition, in nats.
final class DivergenceExpectations implements Family {

  @Override
  public Set<String> types() {
    return Set.of("expect_column_kl_divergence_to_be_less_than");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    ColumnType held = subject.type(column);
    if (!(arguments.value("partition_object") instanceof Map<?, ?> told)) {
      throw new WrongArgument(
          "the argument partition_object is missing; without it the values would be compared with"
              + " themselves");
    }
    double tail = share(arguments, "tail_weight_holdout");
    double internal = share(arguments, "internal_weight_holdout");
    boolean bucketize = arguments.flag("bucketize_data", true);
    var threshold = arguments.optionalNumber("threshold");
    if (threshold.isPresent() && threshold.get().signum() < 0) {
      throw new WrongArgument("Threshold must be specified, greater than or equal to zero.");
    }
    // Bounds of the figure, as its other aggregates have; both are optional.
    Bounds bounds = Bounds.of(arguments, ColumnType.DOUBLE);
    Partition partition = Partition.of(told, held);
    if (tail > 0 && partition.tails().isPresent()) {
      throw new WrongArgument(
          "tail_weight_holdout must be 0 when using tail_weights in partition object");
    }
    DivergenceCheck.Limit limit =
        new DivergenceCheck.Limit(
            threshold.isEmpty() ? Double.POSITIVE_INFINITY : threshold.get().doubleValue(), bounds);
    if (partition.categorical()) {
      if (internal > 0) {
        throw new WrongArgument("Internal weight holdout cannot be used for discrete data.");
      }
      return new DivergenceCheck.OfValues(subject, column, partition, tail, limit);
    }
    if (!Values.numeric(held)) {
      throw new WrongArgument(column + " holds " + held.sqlName() + ", which falls in no bins");
    }
    if (!bucketize) {
      throw new WrongArgument(
          "KL Divergence cannot be computed with a continuous partition object and the"
              + " bucketize_data parameter set to false.");
    }
    return new DivergenceCheck.OfBins(subject, column, partition, tail, internal, limit);
  }

  private static double share(Arguments arguments, String name) {
    double share = arguments.optionalNumber(name).map(Number::doubleValue).orElse(0.0);
    if (share < 0 || share > 1) {
      throw new WrongArgument(name + " must be between zero and one.");
    }
    return share;
  }
}
