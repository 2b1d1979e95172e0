package dev.millrace.engine.quality;

import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.expectation.Expectations;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.quality.expectation.Subject;
import dev.millrace.engine.quality.expectation.WrongArgument;
import dev.millrace.engine.transform.BuildTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tells before any row is read what of a suite could never be judged: unknown types, missing,
/// unknown or ill-fitting arguments, columns that the table does not have, parameters that nothing
/// fills. Stateless; any thread may check.
final class CheckSuite {

  private static final String VIEW = "judged";

  /// Types that an argument is tried with where the table's columns are not known yet.
  private static final List<ColumnType> SOME_TYPE =
      List.of(
          ColumnType.STRING,
          ColumnType.DOUBLE,
          ColumnType.BIGINT,
          ColumnType.TIMESTAMP,
          ColumnType.DATE,
          ColumnType.BOOLEAN);

  private CheckSuite() {}

  /// The suite of a source, when all of it can be judged.
  ///
  /// @param schema of the table it is for; empty when the table is not there yet
  /// @param tables names a suite may compare with
  /// @param trial of each expectation that is well-formed
  /// @throws ProblemsException with every fault and its line
  static Suite of(
      SuiteSource source, Optional<Schema> schema, Collection<TableName> tables, SuiteTrial trial) {
    Suite suite = ReadSuite.of(source);
    Map<String, Long> rows = new HashMap<>();
    Map<String, @Nullable Object> parameters = new TreeMap<>(suite.suiteParameters());
    for (TableName table : tables) {
      String view = BuildTable.viewName(table);
      rows.put(table.toString(), 1L);
      rows.put(view, 1L);
      parameters.put(view + "_row_count", 1L);
    }
    List<Problem> problems = new ArrayList<>();
    if (suite.expectations().isEmpty()) {
      problems.add(
          new Problem(
              source.file(),
              1,
              "the suite has no expectation, and would judge nothing",
              "write at least one"));
    }
    SuiteParameters values = new SuiteParameters(parameters);
    for (ExpectationConfig expectation : suite.expectations()) {
      fault(expectation, values, schema, rows, trial)
          .ifPresent(
              reason ->
                  problems.add(
                      new Problem(
                          source.file(),
                          expectation.line(),
                          expectation.title() + ": " + reason,
                          "")));
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException("The suite " + source.file(), problems);
    }
    return suite;
  }

  private static Optional<String> fault(
      ExpectationConfig expectation,
      SuiteParameters values,
      Optional<Schema> schema,
      Map<String, Long> rows,
      SuiteTrial trial) {
    try {
      Map<String, @Nullable Object> kwargs = values.putInto(expectation.kwargs());
      if (schema.isPresent()) {
        check(expectation.type(), kwargs, schema.get(), rows);
      } else {
        checkWithSomeType(expectation.type(), kwargs, rows);
      }
      return trial.fault(kwargs);
    } catch (WrongArgument e) {
      return Optional.of(e.reason());
    }
  }

  private static void check(
      String type, Map<String, @Nullable Object> kwargs, Schema schema, Map<String, Long> rows) {
    var _ =
        Expectations.check(
            type,
            kwargs,
            new Subject(VIEW, schema, "TRUE", rows, ResultDetail.USUAL, Optional.of("1")));
  }

  /// Without a table only the arguments themselves can be wrong, so that one type of its columns
  /// with which they are right is enough.
  private static void checkWithSomeType(
      String type, Map<String, @Nullable Object> kwargs, Map<String, Long> rows) {
    Set<String> columns = columns(kwargs);
    Map<String, @Nullable Object> told = new LinkedHashMap<>(kwargs);
    told.remove("row_condition"); // Its columns cannot be known either.
    Optional<WrongArgument> first = Optional.empty();
    for (ColumnType held : SOME_TYPE) {
      try {
        check(
            type,
            told,
            new Schema(columns.stream().map(name -> Column.optional(name, held)).toList()),
            rows);
        return;
      } catch (WrongArgument e) {
        first = first.or(() -> Optional.of(e));
      }
    }
    throw first.orElseThrow();
  }

  private static Set<String> columns(Map<String, @Nullable Object> kwargs) {
    Set<String> columns = new LinkedHashSet<>();
    kwargs.forEach(
        (name, value) -> {
          if (name.startsWith("column") && value instanceof String column) {
            columns.add(column);
          } else if (name.startsWith("column") && value instanceof List<?> list) {
            list.forEach(column -> columns.add(String.valueOf(column)));
          }
        });
    return columns;
  }
}
