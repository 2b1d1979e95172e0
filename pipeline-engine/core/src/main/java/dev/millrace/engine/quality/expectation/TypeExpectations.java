package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Whether a column is of a type, by its name in SQL, Spark or pandas.
final class TypeExpectations implements Family {

  private static final String ONE = "expect_column_values_to_be_of_type";

  private static final Map<ColumnType, Set<String>> NAMES =
      Map.of(
          ColumnType.STRING,
          Set.of("STRING", "VARCHAR", "TEXT", "CHAR", "STRINGTYPE", "STR", "OBJECT"),
          ColumnType.BOOLEAN,
          Set.of("BOOLEAN", "BOOL", "BOOLEANTYPE"),
          ColumnType.INT,
          Set.of("INT", "INTEGER", "INT4", "INT32", "INTEGERTYPE"),
          ColumnType.BIGINT,
          Set.of("BIGINT", "LONG", "INT8", "INT64", "LONGTYPE", "BIGINTEGER", "INT"),
          ColumnType.DOUBLE,
          Set.of("DOUBLE", "DOUBLE_PRECISION", "FLOAT", "FLOAT8", "FLOAT64", "REAL", "DOUBLETYPE"),
          ColumnType.TIMESTAMP,
          Set.of(
              "TIMESTAMP",
              "TIMESTAMPTZ",
              "DATETIME",
              "DATETIME64",
              "DATETIME64[NS]",
              "DATETIME64[US, UTC]",
              "TIMESTAMPTYPE"),
          ColumnType.DATE,
          Set.of("DATE", "DATETYPE"),
          ColumnType.BINARY,
          Set.of("BINARY", "BLOB", "BYTEA", "BYTES", "BINARYTYPE"));

  @Override
  public Set<String> types() {
    return Set.of(ONE, "expect_column_values_to_be_in_type_list");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    ColumnType held = subject.type(arguments.text("column"));
    List<String> wanted =
        type.equals(ONE) ? List.of(arguments.text("type_")) : arguments.texts("type_list");
    arguments.mostly();
    boolean success = false;
    for (String name : wanted) {
      success |= names(held).contains(known(name));
    }
    Verdict verdict = Verdict.observed(success, held.name());
    return new SchemaCheck(verdict);
  }

  private static String known(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (NAMES.values().stream().noneMatch(names -> names.contains(upper))) {
      throw new WrongArgument(
          "there is no type '"
              + name
              + "'; write one of "
              + String.join(", ", List.of(ColumnType.values()).stream().map(Enum::name).toList()));
    }
    return upper;
  }

  private static Set<String> names(ColumnType type) {
    return NAMES.getOrDefault(type, Set.of());
  }
}
