package dev.millrace.engine.quality.expectation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges every row by a predicate; `mostly` says how many of those that count must hold.
///
/// @param columns what an unexpected row is told by
/// @param missing predicate of rows that do not count; empty when all rows count, in which case the
///   result has no `missing_count` either
/// @param unexpected predicate of rows that fail, never null in SQL
record RowCheck(
    Subject subject,
    Telling telling,
    List<String> columns,
    String missing,
    String unexpected,
    double mostly)
    implements Check {

  /// How an unexpected row stands in the result.
  enum Telling {
    VALUE,
    PAIR,
    RECORD
  }

  RowCheck {
    columns = List.copyOf(columns);
  }

  /// For one column, whose nulls do not count.
  static RowCheck ofColumn(Subject subject, String column, String expected, Arguments arguments) {
    return new RowCheck(
        subject,
        Telling.VALUE,
        List.of(column),
        Sql.name(column) + " IS NULL",
        Sql.not(expected),
        arguments.mostly());
  }

  @Override
  public List<String> aggregates() {
    List<String> aggregates = new ArrayList<>(List.of(elements(), unexpectedRows()));
    if (!missing.isEmpty()) {
      aggregates.add(missingRows());
    }
    return aggregates;
  }

  @Override
  public Verdict judge(Answers answers) {
    String where = counted() + " AND " + unexpected;
    return verdict(
        this,
        answers.count(elements()),
        missing.isEmpty() ? 0 : answers.count(missingRows()),
        answers.count(unexpectedRows()),
        limit ->
            answers.rows(
                "SELECT %s FROM %s WHERE %s LIMIT %d"
                    .formatted(Sql.names(columns), Sql.name(subject.view()), where, limit)));
  }

  /// Reads unexpected rows, at most `limit`.
  interface Sample {
    List<Map<String, Object>> rows(int limit);
  }

  /// What Great Expectations says where it cannot count.
  private static final Map<String, String> UNCOUNTED =
      Map.of(
          "partial_unexpected_counts_error",
          "partial_unexpected_counts requested, but requires a hashable type");

  private static final int PARTIAL = 20;
  private static final int ALL = 100_000;

  /// The verdict and result fields that all row-wise expectations share.
  static Verdict verdict(
      RowCheck check, long elements, long missing, long unexpected, Sample sample) {
    long counted = elements - missing;
    boolean success = counted == 0 || (double) (counted - unexpected) / counted >= check.mostly;
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    ResultFormat format = check.subject.format();
    if (format == ResultFormat.BOOLEAN_ONLY) {
      return new Verdict(success, result);
    }
    List<@Nullable Object> all =
        unexpected == 0
            ? List.of()
            : check.told(sample.rows(format == ResultFormat.COMPLETE ? ALL : PARTIAL));
    List<@Nullable Object> some = all.subList(0, Math.min(PARTIAL, all.size()));
    result.put("element_count", elements);
    result.put("unexpected_count", unexpected);
    result.put("unexpected_percent", percent(unexpected, counted));
    result.put("partial_unexpected_list", some);
    if (!check.missing.isEmpty()) {
      result.put("missing_count", missing);
      result.put("missing_percent", percent(missing, elements));
      result.put("unexpected_percent_total", percent(unexpected, elements));
      result.put("unexpected_percent_nonmissing", percent(unexpected, counted));
    }
    if (format == ResultFormat.SUMMARY || format == ResultFormat.COMPLETE) {
      if (check.telling == Telling.RECORD) {
        result.put("details", UNCOUNTED);
      } else {
        result.put("partial_unexpected_counts", counts(some));
      }
    }
    if (format == ResultFormat.COMPLETE) {
      result.put("unexpected_list", all);
    }
    return new Verdict(success, result);
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

  private List<@Nullable Object> told(List<Map<String, Object>> rows) {
    List<@Nullable Object> told = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      told.add(
          switch (telling) {
            case VALUE -> row.get(columns.getFirst());
            case PAIR -> Arrays.asList(row.get(columns.getFirst()), row.get(columns.getLast()));
            case RECORD -> row;
          });
    }
    return told;
  }

  private static @Nullable Object percent(long part, long whole) {
    return whole == 0 ? null : 100.0 * part / whole;
  }

  private static List<Map<String, @Nullable Object>> counts(List<@Nullable Object> values) {
    Map<@Nullable Object, Long> counted = new LinkedHashMap<>();
    values.forEach(value -> counted.merge(value, 1L, Long::sum));
    List<Map<String, @Nullable Object>> counts = new ArrayList<>();
    counted.entrySet().stream()
        .sorted(Map.Entry.<@Nullable Object, Long>comparingByValue().reversed())
        .forEach(
            entry -> {
              Map<String, @Nullable Object> count = new LinkedHashMap<>();
              count.put("value", entry.getKey());
              count.put("count", entry.getValue());
              counts.add(count);
            });
    return counts;
  }
}
