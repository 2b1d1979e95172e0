package dev.millrace.engine.quality.expectation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Arguments of one expectation (`kwargs`), read with their types; whatever is amiss is a {@link
/// WrongArgument}. An argument that nobody asked for is one too.
public final class Arguments {

  private static final Set<String> OF_EVERY_EXPECTATION =
      Set.of(
          "result_format",
          "row_condition",
          "condition_parser",
          "catch_exceptions",
          "include_config",
          "batch_id");

  private final Map<String, @Nullable Object> values;
  private final Set<String> asked = new HashSet<>(OF_EVERY_EXPECTATION);

  public Arguments(Map<String, @Nullable Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// Whether the argument is there, null included.
  boolean told(String name) {
    asked.add(name);
    return values.containsKey(name);
  }

  @Nullable Object value(String name) {
    asked.add(name);
    return values.get(name);
  }

  Optional<String> optionalText(String name) {
    return switch (value(name)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      case Object other -> throw new WrongArgument(name + " is " + other + ", which is not a text");
    };
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  boolean flag(String name, boolean otherwise) {
    return switch (value(name)) {
      case null -> otherwise;
      case Boolean flag -> flag;
      case Object other -> throw new WrongArgument(name + " is " + other + "; write true or false");
    };
  }

  Optional<BigDecimal> optionalNumber(String name) {
    return switch (value(name)) {
      case null -> Optional.empty();
      case Number number -> Optional.of(Values.decimal(number));
      case Object other -> throw new WrongArgument(name + " '" + other + "' is not a valid float");
    };
  }

  BigDecimal number(String name) {
    return optionalNumber(name).orElseThrow(() -> missing(name));
  }

  /// How several are joined: ` AND ` for `all`, ` OR ` for `any` or nothing.
  String anyOrAll(String name) {
    return switch (optionalText(name).orElse("any")) {
      case "any" -> " OR ";
      case "all" -> " AND ";
      case String other -> throw new WrongArgument(name + " is '" + other + "'; write any or all");
    };
  }

  Optional<BigDecimal> optionalInteger(String name) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number number) {
      BigDecimal decimal = Values.decimal(number);
      if (decimal.stripTrailingZeros().scale() <= 0) {
        return Optional.of(decimal);
      }
    }
    throw new WrongArgument(name + " '" + value + "' is not a valid integer");
  }

  BigDecimal integer(String name) {
    return optionalInteger(name).orElseThrow(() -> missing(name));
  }

  /// Share of rows that must be as expected, 0 to 1; 1 when it is not told.
  double mostly() {
    double mostly = optionalNumber("mostly").map(BigDecimal::doubleValue).orElse(1.0);
    if (mostly < 0) {
      throw new WrongArgument("mostly is " + mostly + "; it must be greater than or equal to 0");
    }
    if (mostly > 1) {
      throw new WrongArgument("mostly is " + mostly + "; it must be less than or equal to 1");
    }
    return mostly;
  }

  List<@Nullable Object> list(String name) {
    return switch (value(name)) {
      case null -> throw missing(name);
      case List<?> list -> Collections.unmodifiableList(new ArrayList<@Nullable Object>(list));
      case Object other -> throw new WrongArgument(name + " is " + other + ", which is not a list");
    };
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object value : list(name)) {
      if (!(value instanceof String text)) {
        throw new WrongArgument(name + " holds " + value + ", which is not a text");
      }
      texts.add(text);
    }
    return texts;
  }

  /// Refuses arguments that the expectation does not have.
  public void refuseOthers() {
    Set<String> others = new TreeSet<>(values.keySet());
    others.removeAll(asked);
    if (!others.isEmpty()) {
      throw new WrongArgument(
          "there is no argument "
              + String.join(", ", others)
              + "; it takes "
              + String.join(", ", new TreeSet<>(asked)));
    }
  }

  private static WrongArgument missing(String name) {
    return new WrongArgument("the argument " + name + " is missing");
  }
}
