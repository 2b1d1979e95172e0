package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A `row_condition` as a SQL predicate.
///
/// All of Great Expectations' ways to write one are read: its own (`col("kind") == "humidity"`,
/// `col("value").notNull()`), pandas' (`kind == "humidity" and value > 3`, `value.isnull()`, `kind
/// in ["a", "b"]`) and SQL's (`kind = 'humidity' AND value IS NOT NULL`). A comparison with a null
/// is false, as SQL has it.
final class RowCondition {

  private static final Set<String> PARSERS =
      Set.of("pandas", "spark", "great_expectations", "great_expectations__experimental__");

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(col\\s*\\(\\s*(?:\"([^\"]*)\"|'([^']*)')\\s*\\))"
              + "|(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.|'')*')"
              + "|`([^`]+)`"
              + "|(-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
              + "|\\.\\s*([A-Za-z]+)\\s*\\(\\s*\\)"
              + "|([A-Za-z_][A-Za-z0-9_]*)"
              + "|(==|!=|<>|<=|>=|=|<|>|\\(|\\)|\\[|\\]|,|&&|\\|\\||&|\\||~|!))");

  private enum Kind {
    COLUMN,
    TEXT,
    NUMBER,
    METHOD,
    WORD,
    SIGN
  }

  private record Token(Kind kind, String text) {}

  private final String source;
  private final Schema schema;
  private final List<Token> tokens;
  private int next;

  private RowCondition(String source, Schema schema) {
    this.source = source;
    this.schema = schema;
    this.tokens = tokens(source);
  }

  /// The predicate, never null in SQL; `TRUE` when there is no condition.
  ///
  /// @param told a text, or the object that newer versions write
  static String sql(@Nullable Object told, Optional<String> parser, Schema schema) {
    if (parser.isPresent() && !PARSERS.contains(parser.get())) {
      throw new WrongArgument(
          "condition_parser is '" + parser.get() + "'; write great_expectations, pandas or spark");
    }
    return switch (told) {
      case null -> "TRUE";
      case String text -> ofText(text, schema);
      case Map<?, ?> map -> "coalesce(" + new ConditionObject(schema).sql(map) + ", FALSE)";
      default -> throw new WrongArgument("row_condition is " + told);
    };
  }

  /// The predicate of a condition that is told as a text, never null in SQL.
  static String ofText(String condition, Schema schema) {
    RowCondition reader = new RowCondition(condition, schema);
    String predicate = reader.either();
    if (reader.next < reader.tokens.size()) {
      throw reader.wrong("'" + reader.tokens.get(reader.next).text() + "' is not understood");
    }
    return "coalesce(" + predicate + ", FALSE)";
  }

  private String either() {
    StringBuilder sql = new StringBuilder(both());
    while (takeAny("or", "|", "||")) {
      sql.append(" OR ").append(both());
    }
    return "(" + sql + ")";
  }

  private String both() {
    StringBuilder sql = new StringBuilder(one());
    while (takeAny("and", "&", "&&")) {
      sql.append(" AND ").append(one());
    }
    return sql.toString();
  }

  private String one() {
    if (takeAny("not", "~", "!")) {
      return "NOT " + one();
    }
    if (takeAny("(")) {
      String inner = either();
      expect(")");
      return inner;
    }
    String column = column();
    String name = Sql.name(column);
    ColumnType type =
        schema.column(column).orElseThrow(() -> wrong("there is no column " + column)).type();
    if (peek(Kind.METHOD)) {
      return name + nullness(take().text());
    }
    if (takeAny("is")) {
      boolean not = takeAny("not");
      if (!takeAny("null", "none")) {
        throw wrong("after 'is' stands 'null' or 'not null'");
      }
      return name + (not ? " IS NOT NULL" : " IS NULL");
    }
    boolean not = takeAny("not");
    if (takeAny("in")) {
      return name + (not ? " NOT IN " : " IN ") + list(type);
    }
    if (not || !peek(Kind.SIGN)) {
      if (type == ColumnType.BOOLEAN && !not) {
        return name;
      }
      throw wrong("after " + column + " stands no comparison");
    }
    String sign =
        switch (take().text()) {
          case "==", "=" -> " = ";
          case "!=", "<>" -> " <> ";
          case "<" -> " < ";
          case "<=" -> " <= ";
          case ">" -> " > ";
          case ">=" -> " >= ";
          default -> throw wrong("after " + column + " stands no comparison");
        };
    return name + sign + operand(type);
  }

  private String nullness(String method) {
    return switch (method.toLowerCase(Locale.ROOT)) {
      case "notnull", "notna", "isnotnull" -> " IS NOT NULL";
      case "isnull", "isna" -> " IS NULL";
      default -> throw wrong("there is no ." + method + "()");
    };
  }

  private String list(ColumnType type) {
    if (!takeAny("[", "(")) {
      throw wrong("after 'in' stands a list");
    }
    List<String> literals = new ArrayList<>();
    do {
      literals.add(operand(type));
    } while (takeAny(","));
    if (!takeAny("]", ")")) {
      throw wrong("the list has no end");
    }
    return "(" + String.join(", ", literals) + ")";
  }

  private String operand(ColumnType type) {
    if (next >= tokens.size()) {
      throw wrong("it ends too soon");
    }
    Token token = take();
    return switch (token.kind()) {
      case TEXT -> Values.literal(Values.fit(token.text(), type, "row_condition"));
      case NUMBER ->
          Values.literal(Values.fit(new BigDecimal(token.text()), type, "row_condition"));
      case COLUMN -> other(token.text());
      case WORD ->
          switch (token.text().toLowerCase(Locale.ROOT)) {
            case "true" -> Values.literal(Values.fit(true, type, "row_condition"));
            case "false" -> Values.literal(Values.fit(false, type, "row_condition"));
            default -> other(token.text());
          };
      case METHOD, SIGN -> throw wrong("'" + token.text() + "' is no value");
    };
  }

  private String other(String column) {
    if (schema.column(column).isEmpty()) {
      throw wrong("there is no column " + column);
    }
    return Sql.name(column);
  }

  private String column() {
    if (next < tokens.size()) {
      Token token = take();
      if (token.kind() == Kind.COLUMN || token.kind() == Kind.WORD) {
        return token.text();
      }
    }
    throw wrong("a comparison begins with a column");
  }

  private boolean peek(Kind kind) {
    return next < tokens.size() && tokens.get(next).kind() == kind;
  }

  private Token take() {
    return tokens.get(next++);
  }

  private boolean takeAny(String... wanted) {
    if (next < tokens.size()) {
      Token token = tokens.get(next);
      for (String text : wanted) {
        if ((token.kind() == Kind.SIGN || token.kind() == Kind.WORD)
            && token.text().equalsIgnoreCase(text)) {
          next++;
          return true;
        }
      }
    }
    return false;
  }

  private void expect(String sign) {
    if (!takeAny(sign)) {
      throw wrong("a '" + sign + "' is missing");
    }
  }

  private WrongArgument wrong(String reason) {
    return new WrongArgument("row_condition " + source + " cannot be read: " + reason);
  }

  private List<Token> tokens(String text) {
    List<Token> read = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int end = text.stripTrailing().length();
    int at = 0;
    while (at < end) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw wrong("'" + text.substring(at).strip() + "' is not understood");
      }
      read.add(token(matcher));
      at = matcher.end();
    }
    return read;
  }

  private static Token token(Matcher matcher) {
    String quoted = matcher.group(4);
    if (matcher.group(1) != null) {
      String name = matcher.group(2);
      return new Token(Kind.COLUMN, String.valueOf(name == null ? matcher.group(3) : name));
    } else if (quoted != null) {
      return new Token(Kind.TEXT, unquoted(quoted));
    } else if (matcher.group(5) != null) {
      return new Token(Kind.COLUMN, String.valueOf(matcher.group(5)));
    } else if (matcher.group(6) != null) {
      return new Token(Kind.NUMBER, String.valueOf(matcher.group(6)));
    } else if (matcher.group(7) != null) {
      return new Token(Kind.METHOD, String.valueOf(matcher.group(7)));
    } else if (matcher.group(8) != null) {
      return new Token(Kind.WORD, String.valueOf(matcher.group(8)));
    }
    return new Token(Kind.SIGN, String.valueOf(matcher.group(9)));
  }

  private static String unquoted(String quoted) {
    return quoted.substring(1, quoted.length() - 1).replace("''", "'").replaceAll("\\\\(.)", "$1");
  }
}
