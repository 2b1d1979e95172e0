package dev.millrace.engine.quality.expectation;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether a table has as many rows or columns as it should.
final class TableCountExpectations implements Family {

  private static final String ROWS_BETWEEN = "expect_table_row_count_to_be_between";
  private static final String ROWS_EQUAL = "expect_table_row_count_to_equal";
  private static final String ROWS_OTHER = "expect_table_row_count_to_equal_other_table";
  private static final String COLUMNS_BETWEEN = "expect_table_column_count_to_be_between";
  private static final String COLUMNS_EQUAL = "expect_table_column_count_to_equal";

  @Override
  public Set<String> types() {
    return Set.of(ROWS_BETWEEN, ROWS_EQUAL, ROWS_OTHER, COLUMNS_BETWEEN, COLUMNS_EQUAL);
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    long columns = subject.schema().size();
    return switch (type) {
      case COLUMNS_BETWEEN ->
          new SchemaCheck(Verdict.observed(Bounds.ofCount(arguments).holds(columns), columns));
      case COLUMNS_EQUAL ->
          new SchemaCheck(
              Verdict.observed(Values.compare(columns, arguments.integer("value")) == 0, columns));
      case ROWS_BETWEEN -> {
        Bounds bounds = Bounds.ofRows(arguments);
        yield new RowCountCheck(subject, bounds::holds);
      }
      case ROWS_EQUAL -> {
        Comparable<?> value = arguments.integer("value");
        yield new RowCountCheck(subject, rows -> Values.compare(rows, value) == 0);
      }
      default -> {
        String other = arguments.text("other_table_name");
        Long wanted = subject.otherTables().get(other);
        if (wanted == null) {
          throw new WrongArgument("there is no table " + other);
        }
        yield new OtherTableCheck(subject, wanted);
      }
    };
  }

  private interface Wanted {
    boolean holds(long rows);
  }

  private record RowCountCheck(Subject subject, Wanted wanted) implements Check {

    @Override
    public List<String> aggregates() {
      return List.of(Sql.countIf(subject.condition()));
    }

    @Override
    public Verdict judge(Answers answers) {
      long rows = answers.count(Sql.countIf(subject.condition()));
      return Verdict.observed(wanted.holds(rows), rows);
    }
  }

  private record OtherTableCheck(Subject subject, long other) implements Check {

    @Override
    public List<String> aggregates() {
      return List.of(Sql.countIf(subject.condition()));
    }

    @Override
    public Verdict judge(Answers answers) {
      long rows = answers.count(Sql.countIf(subject.condition()));
      return Verdict.observed(rows == other, Map.of("self", rows, "other", other));
    }
  }
}
