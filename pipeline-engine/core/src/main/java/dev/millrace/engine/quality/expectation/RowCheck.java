package dev.millrace.engine.quality.expectation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges every row by a predicate; `mostly` says how many of those that count must hold.
///
/// @param columns what an unexpected row is told by
/// @param missing predicate of rows that do not count; empty when all rows count, in which case the
///   result has no `missing_count` either
/// @param unexpected predicate of rows that fail, never null in SQL
/// @param reach what of the view the predicate looks at
record RowCheck(
    Subject subject,
    Telling telling,
    List<String> columns,
    String missing,
    String unexpected,
    Reach reach,
    double mostly)
    implements Check {

  /// How an unexpected row stands in the result.
  enum Telling {
    VALUE,
    PAIR,
    RECORD
  }

  /// What a predicate looks at.
  enum Reach {
    /// The row alone.
    ROW,
    /// Other rows too, by window functions; it needs a scan of its own.
    WINDOW
  }

  RowCheck {
    columns = List.copyOf(columns);
  }

  /// Of a predicate that looks at the row alone.
  RowCheck(
      Subject subject,
      Telling telling,
      List<String> columns,
      String missing,
      String unexpected,
      double mostly) {
    this(subject, telling, columns, missing, unexpected, Reach.ROW, mostly);
  }

  /// For one column, whose nulls do not count.
  static RowCheck ofColumn(Subject subject, String column, String expected, Arguments arguments) {
    return ofColumn(subject, column, Sql.not(expected), Reach.ROW, arguments);
  }

  /// The same, told by what is unexpected.
  static RowCheck ofColumn(
      Subject subject, String column, String unexpected, Reach reach, Arguments arguments) {
    return new RowCheck(
        subject,
        Telling.VALUE,
        List.of(column),
        Sql.name(column) + " IS NULL",
        unexpected,
        reach,
        arguments.mostly());
  }

  @Override
  public List<String> aggregates() {
    List<String> aggregates = new ArrayList<>(List.of(elements()));
    if (reach == Reach.ROW) {
      aggregates.add(unexpectedRows());
    }
    if (!missing.isEmpty()) {
      aggregates.add(missingRows());
    }
    return aggregates;
  }

  @Override
  public Verdict judge(Answers answers) {
    long found =
        switch (reach) {
          case ROW -> answers.count(unexpectedRows());
          case WINDOW -> Sql.number(answers.rows(marked("count(*) AS n")).getFirst().get("n"));
        };
    return verdict(
        this,
        answers.count(elements()),
        missing.isEmpty() ? 0 : answers.count(missingRows()),
        found,
        limit ->
            answers.rows(
                reach == Reach.WINDOW
                    ? marked(told())
                        + subject.order().map(order -> " ORDER BY " + order).orElse("")
                        + " LIMIT "
                        + limit
                    : "SELECT %s FROM %s WHERE %s LIMIT %d"
                        .formatted(told(), Sql.name(subject.view()), failing(), limit)));
  }

  @Override
  public Optional<String> failing(Answers answers) {
    return Optional.of(failing());
  }

  private String failing() {
    return "(" + Sql.and(counted(), unexpected) + ")";
  }

  private String marked(String wanted) {
    return "SELECT %s FROM (SELECT *, %s AS _millrace_failing FROM %s) AS marked WHERE _millrace_failing"
        .formatted(wanted, failing(), Sql.name(subject.view()));
  }

  /// Columns that an unexpected row is told with.
  String told() {
    if (subject.detail().rows()) {
      return "*";
    }
    Set<String> wanted = new LinkedHashSet<>(columns);
    wanted.addAll(subject.detail().keys());
    return Sql.names(wanted);
  }

  /// Reads unexpected rows, at most `limit`.
  interface Sample {
    List<Map<String, Object>> rows(int limit);
  }

  /// What versions that cannot count records say beside the counts that others have.
  private static final Map<String, String> UNCOUNTED =
      Map.of(
          "partial_unexpected_counts_error",
          "partial_unexpected_counts requested, but requires a hashable type");

  /// Unexpected values told at most, whatever the format.
  static final int ALL = 100_000;

  /// The verdict and result fields that all row-wise expectations share.
  static Verdict verdict(
      RowCheck check, long elements, long missing, long unexpected, Sample sample) {
    long counted = elements - missing;
    boolean success = counted == 0 || (double) (counted - unexpected) / counted >= check.mostly;
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    ResultDetail detail = check.subject.detail();
    ResultFormat format = detail.format();
    if (format == ResultFormat.BOOLEAN_ONLY) {
      return new Verdict(success, result);
    }
    boolean complete = format == ResultFormat.COMPLETE;
    List<Map<String, Object>> rows =
        unexpected == 0
            ? List.of()
            : sample.rows(complete ? ALL : detail.partial()).stream()
                .map(RowCheck::unmarked)
                .toList();
    int partial = Math.min(detail.partial(), rows.size());
    List<@Nullable Object> all = detail.valuesHidden() ? List.of() : check.told(rows);
    result.put("element_count", elements);
    result.put("unexpected_count", unexpected);
    result.put("unexpected_percent", percent(unexpected, counted));
    if (!detail.valuesHidden()) {
      result.put("partial_unexpected_list", all.subList(0, partial));
    }
    if (!detail.indexColumns().isEmpty()) {
      result.put("unexpected_index_column_names", detail.indexColumns());
    }
    if (!check.missing.isEmpty()) {
      result.put("missing_count", missing);
      result.put("missing_percent", percent(missing, elements));
      result.put("unexpected_percent_total", percent(unexpected, elements));
      result.put("unexpected_percent_nonmissing", percent(unexpected, counted));
    }
    if (detail.rows()) {
      result.put("unexpected_rows", rows.subList(0, partial));
    }
    if (format == ResultFormat.SUMMARY || complete) {
      if (check.telling == Telling.RECORD) {
        result.put("details", UNCOUNTED);
      }
      if (!detail.valuesHidden()) {
        // What was read: all of them in COMPLETE, else those that are told.
        result.put("partial_unexpected_counts", ValueCounts.of(all, detail.partial()));
      }
      if (!detail.keys().isEmpty()) {
        List<Object> index = check.index(rows);
        result.put("partial_unexpected_index_list", index.subList(0, partial));
        if (complete) {
          result.put("unexpected_index_list", index);
          result.put("unexpected_index_query", check.indexQuery());
        }
      }
    }
    if (complete && !detail.valuesHidden()) {
      result.put("unexpected_list", all);
    }
    return new Verdict(success, result);
  }

  private static Map<String, Object> unmarked(Map<String, Object> row) {
    if (!row.containsKey("_millrace_failing")) {
      return row;
    }
    Map<String, Object> rest = new LinkedHashMap<>(row);
    rest.remove("_millrace_failing");
    return rest;
  }

  String elements() {
    return Sql.countIf(subject.condition());
  }

  String missingRows() {
    return Sql.countIf(Sql.and(subject.condition(), "(" + missing + ")"));
  }

  /// Rows that the condition lets through and that count.
  String counted() {
    return Sql.and(subject.condition(), missing.isEmpty() ? "TRUE" : "NOT (" + missing + ")");
  }

  private String unexpectedRows() {
    return Sql.countIf(Sql.and(counted(), unexpected));
  }

  private String indexQuery() {
    Set<String> wanted = new LinkedHashSet<>(subject.detail().keys());
    wanted.addAll(columns);
    return "SELECT %s FROM (SELECT *, %s AS _millrace_failing FROM %s) AS marked WHERE _millrace_failing"
        .formatted(Sql.names(wanted), failing(), Sql.name(subject.view()));
  }

  private List<Object> index(List<Map<String, Object>> rows) {
    if (subject.detail().indexColumns().isEmpty()) {
      String number = subject.detail().keys().getFirst();
      return rows.stream().<Object>map(row -> Sql.number(row.get(number)) - 1).toList();
    }
    Set<String> wanted = new LinkedHashSet<>(columns);
    wanted.addAll(subject.detail().indexColumns());
    return rows.stream().<Object>map(row -> Sql.only(row, wanted)).toList();
  }

  private List<@Nullable Object> told(List<Map<String, Object>> rows) {
    List<@Nullable Object> told = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      told.add(
          switch (telling) {
            case VALUE -> row.get(columns.getFirst());
            case PAIR -> Arrays.asList(row.get(columns.getFirst()), row.get(columns.getLast()));
            case RECORD -> Sql.only(row, columns);
          });
    }
    return told;
  }

  private static @Nullable Object percent(long part, long whole) {
    return whole == 0 ? null : 100.0 * part / whole;
  }
}
