package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether several columns of a row go together.
final class RecordExpectations implements Family {

  private static final String SUM = "expect_multicolumn_sum_to_equal";

  @Override
  public Set<String> types() {
    return Set.of(
        SUM,
        "expect_select_column_values_to_be_unique_within_record",
        "expect_multicolumn_values_to_be_unique");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    List<String> columns = MissingRows.columns(arguments, subject);
    return new RowCheck(
        subject,
        RowCheck.Telling.RECORD,
        columns,
        MissingRows.ofSeveral(arguments, columns),
        Sql.not(type.equals(SUM) ? sum(columns, arguments, subject) : allDiffer(columns)),
        arguments.mostly());
  }

  private static String sum(List<String> columns, Arguments arguments, Subject subject) {
    BigDecimal total =
        arguments
            .optionalNumber("sum_total")
            .orElseThrow(() -> new WrongArgument("the argument sum_total is missing"));
    for (String column : columns) {
      ColumnType type = subject.type(column);
      if (!Values.numeric(type)) {
        throw new WrongArgument(column + " holds " + type.sqlName() + ", which has no sum");
      }
    }
    return columns.stream().map(Sql::name).collect(Collectors.joining(" + ", "(", ")"))
        + " = "
        + Values.literal(total);
  }

  private static String allDiffer(List<String> columns) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      for (int j = i + 1; j < columns.size(); j++) {
        String a = Sql.name(columns.get(i));
        String b = Sql.name(columns.get(j));
        pairs.add("(" + a + " <> " + b + " OR (" + a + " IS NULL) <> (" + b + " IS NULL))");
      }
    }
    return "(" + String.join(" AND ", pairs) + ")";
  }
}
