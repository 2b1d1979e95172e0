package dev.millrace.engine.quality.expectation;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a check learns: its aggregates from the scan all checks share, and queries of its own.
public interface Answers {

  /// Value of an aggregate that the check asked for.
  @Nullable Object value(String aggregate);

  /// Rows of a query over the view.
  List<Map<String, Object>> rows(String sql);

  /// Hands over each row of a query; the list is used again for the next.
  void forEachRow(String sql, Consumer<List<Object>> row);

  default long count(String aggregate) {
    return value(aggregate) instanceof Number number ? number.longValue() : 0;
  }
}
