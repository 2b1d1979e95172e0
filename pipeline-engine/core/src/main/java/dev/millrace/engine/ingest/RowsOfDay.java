package dev.millrace.engine.ingest;

import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.lake.RowSelection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rows of a batch that share an event date, in the order they came.
record RowsOfDay(LocalDate date, RowSelection rows) {

  /// The batch's rows by date, the earliest first.
  static List<RowsOfDay> of(EventBatch batch) {
    int count = batch.rows();
    if (count == 0) {
      return List.of();
    }
    int[] dates = batch.dates().values();
    Map<Integer, int[]> sizes = new TreeMap<>();
    for (int row = 0; row < count; ) {
      int date = dates[row];
      int run = row;
      while (run < count && dates[run] == date) {
        run++;
      }
      sizes.computeIfAbsent(date, _ -> new int[1])[0] += run - row;
      row = run;
    }
    if (sizes.size() == 1) {
      return List.of(new RowsOfDay(LocalDate.ofEpochDay(dates[0]), RowSelection.run(0, count)));
    }
    int[] index = new int[count];
    List<RowsOfDay> days = new ArrayList<>();
    int start = 0;
    for (Map.Entry<Integer, int[]> day : sizes.entrySet()) {
      int size = day.getValue()[0];
      LocalDate date = LocalDate.ofEpochDay(day.getKey());
      days.add(new RowsOfDay(date, RowSelection.of(index, start, start + size)));
      day.getValue()[0] = start;
      start += size;
    }
    for (int row = 0; row < count; row++) {
      int[] next = sizes.get(dates[row]);
      if (next == null) {
        throw new IllegalStateException("the batch changed while it was sorted");
      }
      index[next[0]++] = row;
    }
    return days;
  }
}
