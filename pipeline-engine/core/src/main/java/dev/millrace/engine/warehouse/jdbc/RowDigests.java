package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.warehouse.Reconciliation.Kind;
import dev.millrace.engine.warehouse.Reconciliation.RowDifference;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Digests of the lake's rows by key, against which the warehouse's are held one by one. For one
/// thread; holds the lake's in memory.
final class RowDigests {

  private static final String NULL = "~";

  private final List<Column> key;
  private final int listed;
  private final Map<List<String>, Long> lake = new HashMap<>();
  private final List<RowDifference> differences = new ArrayList<>();
  private long matched;
  private long missing;
  private long changed;
  private long extra;

  /// @param listed how many differences are kept with their keys
  RowDigests(List<String> key, Schema schema, int listed) {
    this.key = key.stream().map(name -> schema.column(name).orElseThrow()).toList();
    this.listed = listed;
  }

  void lake(long digest, List<String> rowKey) {
    lake.put(rowKey, digest);
  }

  /// @param extraCounts whether a row that the lake has not is a difference
  void warehouse(long digest, List<String> rowKey, boolean extraCounts) {
    Long expected = lake.remove(rowKey);
    if (expected == null) {
      extra++;
      if (extraCounts) {
        list(Kind.EXTRA, rowKey);
      }
    } else if (expected == digest) {
      matched++;
    } else {
      changed++;
      list(Kind.CHANGED, rowKey);
    }
  }

  /// The warehouse has told all of its rows.
  void finish() {
    missing = lake.size();
    lake.keySet().stream().sorted(this::order).limit(listed).forEach(k -> list(Kind.MISSING, k));
  }

  private int order(List<String> a, List<String> b) {
    return a.toString().compareTo(b.toString());
  }

  private void list(Kind kind, List<String> rowKey) {
    if (differences.size() < listed) {
      differences.add(new RowDifference(kind, told(rowKey)));
    }
  }

  /// A key's values as people write them.
  private Map<String, String> told(List<String> rowKey) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < key.size(); i++) {
      String form = rowKey.get(i);
      if (!form.equals(NULL)) {
        values.put(
            key.get(i).name(),
            switch (key.get(i).type()) {
              case DATE -> LocalDate.ofEpochDay(Long.parseLong(form)).toString();
              case TIMESTAMP ->
                  Instant.EPOCH.plus(Long.parseLong(form), ChronoUnit.MICROS).toString();
              case STRING, BOOLEAN, INT, BIGINT, DOUBLE, BINARY -> form;
            });
      }
    }
    return values;
  }

  List<RowDifference> differences() {
    return differences;
  }

  long matched() {
    return matched;
  }

  long missing() {
    return missing;
  }

  long changed() {
    return changed;
  }

  long extra() {
    return extra;
  }

  /// Digest of a row as an engine gives it.
  static long digest(Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalStateException("A digest is " + value);
  }
}
