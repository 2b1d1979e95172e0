package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `min_value` and `max_value`, each within unless `strict_min` or `strict_max` says otherwise.
record Bounds(
    Optional<Comparable<?>> min,
    Optional<Comparable<?>> max,
    boolean strictMin,
    boolean strictMax) {

  Bounds {
    if (min.isPresent() && max.isPresent() && Values.compare(min.get(), max.get()) > 0) {
      throw new WrongArgument(
          "min_value " + min.get() + " cannot be greater than max_value " + max.get());
    }
  }

  /// Bounds for values of a type.
  static Bounds of(Arguments arguments, ColumnType type) {
    return new Bounds(
        Optional.ofNullable(arguments.value("min_value"))
            .map(v -> Values.fit(v, type, "min_value")),
        Optional.ofNullable(arguments.value("max_value"))
            .map(v -> Values.fit(v, type, "max_value")),
        arguments.flag("strict_min", false),
        arguments.flag("strict_max", false));
  }

  /// Bounds for numbers of rows; a fraction may come of a suite parameter such as `rows * 0.95`.
  static Bounds ofRows(Arguments arguments) {
    return new Bounds(
        arguments.optionalNumber("min_value").map(Bounds::widened),
        arguments.optionalNumber("max_value").map(Bounds::widened),
        arguments.flag("strict_min", false),
        arguments.flag("strict_max", false));
  }

  /// Bounds for whole numbers.
  static Bounds ofCount(Arguments arguments) {
    return new Bounds(
        arguments.optionalInteger("min_value").map(Bounds::widened),
        arguments.optionalInteger("max_value").map(Bounds::widened),
        arguments.flag("strict_min", false),
        arguments.flag("strict_max", false));
  }

  Bounds required() {
    if (min.isEmpty() && max.isEmpty()) {
      throw new WrongArgument("min_value and max_value cannot both be None");
    }
    return this;
  }

  boolean holds(Object observed) {
    return (min.isEmpty() || Values.compare(observed, min.get()) >= (strictMin ? 1 : 0))
        && (max.isEmpty() || Values.compare(observed, max.get()) <= (strictMax ? -1 : 0));
  }

  /// Predicate that an expression lies within.
  String predicate(String expression) {
    List<String> parts = new ArrayList<>();
    min.ifPresent(m -> parts.add(expression + (strictMin ? " > " : " >= ") + Values.literal(m)));
    max.ifPresent(m -> parts.add(expression + (strictMax ? " < " : " <= ") + Values.literal(m)));
    return "(" + String.join(" AND ", parts) + ")";
  }

  private static Comparable<?> widened(BigDecimal number) {
    return number;
  }
}
