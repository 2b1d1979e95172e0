package dev.millrace.engine.care;

import dev.millrace.engine.model.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was found or done in one table.
///
/// @param version the table's newest version at the end
/// @param counts numbers by what they count, in the order to show them; sizes end in `bytes`
public record CareFinding(TableName table, long version, Map<String, Long> counts) {

  public CareFinding {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  public long count(String what) {
    return counts.getOrDefault(what, 0L);
  }
}
