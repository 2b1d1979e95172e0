package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A `row_condition` told as an object, as Great Expectations writes it since its conditions are
/// values: `comparison`, `nullity`, `and`, `or` and `pass_through`.
record ConditionObject(Schema schema) {

  /// @throws WrongArgument when it cannot be read
  String sql(Map<?, ?> condition) {
    return switch (String.valueOf(condition.get("type"))) {
      case "comparison" -> comparison(condition);
      case "nullity" ->
          Sql.name(column(condition))
              + (Boolean.TRUE.equals(condition.get("is_null")) ? " IS NULL" : " IS NOT NULL");
      case "and" -> joined(condition, " AND ");
      case "or" -> joined(condition, " OR ");
      case "pass_through" -> {
        if (condition.get("pass_through_filter") instanceof String text) {
          yield RowCondition.ofText(text, schema);
        }
        throw wrong(condition, "it has no pass_through_filter");
      }
      default -> throw wrong(condition, "there is no such type of condition");
    };
  }

  private String comparison(Map<?, ?> condition) {
    String column = column(condition);
    ColumnType type =
        schema
            .column(column)
            .orElseThrow(() -> wrong(condition, "there is no column " + column))
            .type();
    String name = Sql.name(column);
    Object parameter = condition.get("parameter");
    return switch (String.valueOf(condition.get("operator"))) {
      case "==" -> name + " = " + literal(condition, parameter, type);
      case "!=" -> name + " <> " + literal(condition, parameter, type);
      case "<" -> name + " < " + literal(condition, parameter, type);
      case "<=" -> name + " <= " + literal(condition, parameter, type);
      case ">" -> name + " > " + literal(condition, parameter, type);
      case ">=" -> name + " >= " + literal(condition, parameter, type);
      case "IN" -> name + " IN " + list(condition, parameter, type);
      case "NOT_IN", "NOT IN" -> name + " NOT IN " + list(condition, parameter, type);
      default -> throw wrong(condition, "there is no such operator");
    };
  }

  private static String list(Map<?, ?> condition, @Nullable Object parameter, ColumnType type) {
    List<String> literals = new ArrayList<>();
    if (parameter instanceof List<?> values) {
      values.forEach(value -> literals.add(literal(condition, value, type)));
    }
    if (literals.isEmpty()) {
      throw wrong(condition, "its parameter is no list of values");
    }
    return "(" + String.join(", ", literals) + ")";
  }

  private static String literal(Map<?, ?> condition, @Nullable Object value, ColumnType type) {
    if (value == null) {
      throw wrong(condition, "it compares with nothing");
    }
    return Values.literal(Values.fit(value, type, "row_condition"));
  }

  private String joined(Map<?, ?> condition, String operator) {
    List<String> parts = new ArrayList<>();
    if (condition.get("conditions") instanceof List<?> conditions) {
      for (Object part : conditions) {
        if (!(part instanceof Map<?, ?> map)) {
          throw wrong(condition, "a part of it is no condition");
        }
        parts.add(sql(map));
      }
    }
    if (parts.isEmpty()) {
      throw wrong(condition, "it joins no conditions");
    }
    return "(" + String.join(operator, parts) + ")";
  }

  private String column(Map<?, ?> condition) {
    Object column = condition.get("column");
    Object name = column instanceof Map<?, ?> map ? map.get("name") : column;
    if (name instanceof String text && schema.column(text).isPresent()) {
      return text;
    }
    throw wrong(condition, "there is no column " + name);
  }

  private static WrongArgument wrong(Map<?, ?> condition, String reason) {
    return new WrongArgument("row_condition " + condition + " cannot be read: " + reason);
  }
}
