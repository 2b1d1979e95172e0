package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether two columns of a row go together.
final class PairExpectations implements Family {

  private static final String EQUAL = "expect_column_pair_values_to_be_equal";
  private static final String GREATER = "expect_column_pair_values_a_to_be_greater_than_b";
  private static final String IN_SET = "expect_column_pair_values_to_be_in_set";

  @Override
  public Set<String> types() {
    return Set.of(EQUAL, GREATER, IN_SET);
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String a = arguments.text("column_A");
    String b = arguments.text("column_B");
    ColumnType typeA = subject.type(a);
    ColumnType typeB = subject.type(b);
    String expected =
        switch (type) {
          case EQUAL -> Sql.name(a) + " = " + Sql.name(b);
          case GREATER ->
              Sql.name(a) + (arguments.flag("or_equal", false) ? " >= " : " > ") + Sql.name(b);
          default -> inSet(a, typeA, b, typeB, arguments.list("value_pairs_set"));
        };
    if (!type.equals(IN_SET)
        && typeA != typeB
        && !(Values.numeric(typeA) && Values.numeric(typeB))) {
      throw new WrongArgument(
          "%s holds %s and %s holds %s, which cannot be compared"
              .formatted(a, typeA.sqlName(), b, typeB.sqlName()));
    }
    List<String> columns = List.of(a, b);
    return new RowCheck(
        subject,
        RowCheck.Telling.PAIR,
        a.equals(b) ? List.of(a) : columns,
        MissingRows.ofPair(arguments, columns),
        Sql.not(expected),
        arguments.mostly());
  }

  private static String inSet(
      String a, ColumnType typeA, String b, ColumnType typeB, List<@Nullable Object> pairs) {
    List<String> alternatives = new ArrayList<>();
    for (Object pair : pairs) {
      if (!(pair instanceof List<?> both) || both.size() != 2) {
        throw new WrongArgument("value_pairs_set holds " + pair + ", which is not a pair");
      }
      alternatives.add("(" + is(a, typeA, both.get(0)) + " AND " + is(b, typeB, both.get(1)) + ")");
    }
    return alternatives.isEmpty() ? "FALSE" : String.join(" OR ", alternatives);
  }

  private static String is(String column, ColumnType type, @Nullable Object value) {
    return value == null
        ? Sql.name(column) + " IS NULL"
        : Sql.name(column) + " = " + Values.literal(Values.fit(value, type, "value_pairs_set"));
  }
}
