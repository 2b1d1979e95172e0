package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether a table has the columns it should.
final class TableColumnExpectations implements Family {

  private static final String EXIST = "expect_column_to_exist";
  private static final String ORDERED = "expect_table_columns_to_match_ordered_list";

  @Override
  public Set<String> types() {
    return Set.of(EXIST, ORDERED, "expect_table_columns_to_match_set");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    List<String> columns = subject.schema().columns().stream().map(Column::name).toList();
    return new SchemaCheck(
        switch (type) {
          case EXIST -> exists(columns, arguments);
          case ORDERED -> ordered(columns, arguments);
          default -> set(columns, arguments);
        });
  }

  private static Verdict exists(List<String> columns, Arguments arguments) {
    int index = columns.indexOf(arguments.text("column"));
    Optional<BigDecimal> wanted = arguments.optionalInteger("column_index");
    return new Verdict(
        index >= 0 && (wanted.isEmpty() || wanted.get().intValue() == index), Map.of());
  }

  private static Verdict ordered(List<String> columns, Arguments arguments) {
    List<String> wanted = arguments.texts("column_list");
    List<Map<String, @Nullable Object>> mismatched = new ArrayList<>();
    for (int i = 0; i < Math.max(columns.size(), wanted.size()); i++) {
      String found = i < columns.size() ? columns.get(i) : null;
      String expected = i < wanted.size() ? wanted.get(i) : null;
      if (found == null || !found.equals(expected)) {
        Map<String, @Nullable Object> mismatch = new LinkedHashMap<>();
        mismatch.put("Expected Column Position", i);
        mismatch.put("Expected", expected);
        mismatch.put("Found", found);
        mismatched.add(mismatch);
      }
    }
    return told(columns, mismatched.isEmpty(), mismatched.isEmpty() ? null : mismatched);
  }

  private static Verdict set(List<String> columns, Arguments arguments) {
    Set<String> wanted =
        arguments.value("column_set") == null
            ? Set.of()
            : new TreeSet<>(arguments.texts("column_set"));
    Set<String> unexpected = new TreeSet<>(columns);
    unexpected.removeAll(wanted);
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(columns);
    boolean exact = arguments.flag("exact_match", true);
    Map<String, @Nullable Object> mismatched = new LinkedHashMap<>();
    if (!unexpected.isEmpty()) {
      mismatched.put("unexpected", List.copyOf(unexpected));
    }
    if (!missing.isEmpty()) {
      mismatched.put("missing", List.copyOf(missing));
    }
    return told(
        columns.stream().sorted().toList(),
        missing.isEmpty() && (!exact || unexpected.isEmpty()),
        mismatched);
  }

  private static Verdict told(List<String> columns, boolean success, @Nullable Object mismatched) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("observed_value", columns);
    if (mismatched != null) {
      result.put("details", Map.of("mismatched", mismatched));
    }
    return new Verdict(success, result);
  }
}
