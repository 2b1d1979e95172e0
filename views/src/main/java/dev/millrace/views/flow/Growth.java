package dev.millrace.views.flow;

import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Rows that each version added to a group of tables, as this console saw them.
final class Growth {

  private static final int MOST = 24;

  private final Map<String, Long> versions = new HashMap<>();
  private final Course added = new Course(MOST);
  private long rows;
  private long lastAdded;

  void take(List<TableStatus> tables) {
    long now = 0;
    boolean changed = false;
    for (TableStatus table : tables) {
      now += table.rows();
      Long before = versions.put(table.table().toString(), table.version());
      changed |= before != null && before != table.version();
    }
    if (changed && now != rows) {
      lastAdded = Math.max(0, now - rows);
      added.add((double) lastAdded);
    }
    rows = now;
  }

  double[] values() {
    return added.values();
  }

  /// Rows added by the newest version seen to come; 0 before the first.
  long lastAdded() {
    return lastAdded;
  }
}
