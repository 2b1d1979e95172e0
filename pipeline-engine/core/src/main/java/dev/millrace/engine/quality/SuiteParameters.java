package dev.millrace.engine.quality;

import dev.millrace.engine.quality.expectation.WrongArgument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts values in the place of `{"$PARAMETER": "bronze_row_count * 0.95"}`.
///
/// An expression is a parameter, or arithmetic of parameters and numbers with `+ - * /`,
/// parentheses and the functions `abs`, `round` and `trunc`.
final class SuiteParameters {

  private static final String MARK = "$PARAMETER";

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|\\.\\d+)|([A-Za-z_][A-Za-z0-9_.]*)|([-+*/()]))");

  private final Map<String, @Nullable Object> values;

  SuiteParameters(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /// The arguments with every parameter replaced.
  ///
  /// @throws WrongArgument when a parameter is unknown or an expression cannot be read
  Map<String, @Nullable Object> putInto(Map<String, @Nullable Object> arguments) {
    Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
    arguments.forEach((name, value) -> replaced.put(name, replace(value)));
    return replaced;
  }

  private @Nullable Object replace(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map when map.get(MARK) instanceof String expression -> {
        Object byDefault = map.get(MARK + "." + expression);
        yield values.get(expression) == null && byDefault != null
            ? byDefault
            : new Expression(expression).value();
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        map.forEach((k, v) -> replaced.put(String.valueOf(k), replace(v)));
        yield replaced;
      }
      case List<?> list -> {
        List<@Nullable Object> replaced = new ArrayList<>();
        list.forEach(element -> replaced.add(replace(element)));
        yield replaced;
      }
      case null -> null;
      default -> value;
    };
  }

  /// One expression, read by descent.
  private final class Expression {

    private final String source;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    Expression(String source) {
      this.source = source;
      Matcher matcher = TOKEN.matcher(source);
      int at = 0;
      int end = source.stripTrailing().length();
      while (at < end) {
        if (!matcher.find(at) || matcher.start() != at) {
          throw wrong("'" + source.substring(at).strip() + "' is not understood");
        }
        tokens.add(matcher.group().strip());
        at = matcher.end();
      }
    }

    /// A lone parameter keeps its type; arithmetic gives a number.
    Object value() {
      if (tokens.size() == 1 && isName(tokens.getFirst())) {
        return parameter(tokens.getFirst());
      }
      double value = sum();
      if (next < tokens.size()) {
        throw wrong("'" + tokens.get(next) + "' is not understood");
      }
      if (!Double.isFinite(value)) {
        throw wrong("it gives no finite number");
      }
      return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Object) (long) value : value;
    }

    private double sum() {
      double value = product();
      while (true) {
        if (take("+")) {
          value += product();
        } else if (take("-")) {
          value -= product();
        } else {
          return value;
        }
      }
    }

    private double product() {
      double value = factor();
      while (true) {
        if (take("*")) {
          value *= factor();
        } else if (take("/")) {
          value /= factor();
        } else {
          return value;
        }
      }
    }

    private double factor() {
      if (take("-")) {
        return -factor();
      }
      if (take("+")) {
        return factor();
      }
      if (take("(")) {
        return closed(sum());
      }
      if (next >= tokens.size()) {
        throw wrong("it ends too soon");
      }
      String token = tokens.get(next++);
      if (isName(token)) {
        if (take("(")) {
          double argument = closed(sum());
          return switch (token) {
            case "abs" -> Math.abs(argument);
            case "round" -> Math.rint(argument);
            case "trunc" -> argument < 0 ? Math.ceil(argument) : Math.floor(argument);
            default -> throw wrong("there is no function " + token);
          };
        }
        if (parameter(token) instanceof Number number) {
          return number.doubleValue();
        }
        throw wrong(token + " is no number");
      }
      if (Character.isDigit(token.charAt(0)) || token.charAt(0) == '.') {
        return Double.parseDouble(token);
      }
      throw wrong("'" + token + "' is not understood");
    }

    private double closed(double value) {
      if (!take(")")) {
        throw wrong("a ')' is missing");
      }
      return value;
    }

    private Object parameter(String name) {
      Object value = values.get(name);
      if (value == null) {
        throw wrong(
            "there is no suite parameter "
                + name
                + "; there are "
                + String.join(", ", new TreeSet<>(values.keySet())));
      }
      return value;
    }

    private boolean take(String sign) {
      if (next < tokens.size() && tokens.get(next).equals(sign)) {
        next++;
        return true;
      }
      return false;
    }

    private WrongArgument wrong(String reason) {
      return new WrongArgument("the parameter '" + source + "' has no value: " + reason);
    }
  }

  private static boolean isName(String token) {
    return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
  }
}
