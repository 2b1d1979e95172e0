package dev.millrace.engine.lake.parquet;

import dev.millrace.engine.event.IntVector;
import dev.millrace.engine.lake.RowSelection;
import java.util.Optional;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/// Column of `INT` or `DATE`: plain, or a dictionary of one where all values are the same, as the
/// date in a table partitioned by it.
final class IntWriter extends ColumnWriter {

  private final int[] values;
  private boolean constant;
  private int pageMin;
  private int pageMax;
  private int min = Integer.MAX_VALUE;
  private int max = Integer.MIN_VALUE;

  IntWriter(Target target, ColumnDescriptor column, IntVector vector, RowSelection rows) {
    super(target, column, vector, rows);
    values = vector.values();
  }

  @Override
  int putDictionary() {
    if (rows().size() == 0) {
      return 0;
    }
    int first = values[rows().row(0)];
    for (int i = 0; i < rows().size(); i++) {
      int row = rows().row(i);
      if (values[row] != first || isNull(row)) {
        return 0;
      }
    }
    constant = true;
    min = first;
    max = first;
    page().putInt(first);
    return 1;
  }

  @Override
  void startPage() {
    pageMin = constant ? min : Integer.MAX_VALUE;
    pageMax = constant ? max : Integer.MIN_VALUE;
  }

  @Override
  void putValues(int from, int to) {
    PageBuffer page = page();
    if (constant) {
      page.room(1);
      page.putByte(1);
      HybridRuns.putRepeated(page, 0, to - from, 1);
      return;
    }
    page.room(4 * (to - from));
    for (int i = from; i < to; i++) {
      int row = rows().row(i);
      if (!isNull(row)) {
        int value = values[row];
        pageMin = Math.min(pageMin, value);
        pageMax = Math.max(pageMax, value);
        page.putInt(value);
      }
    }
    min = Math.min(min, pageMin);
    max = Math.max(max, pageMax);
  }

  @Override
  void pageBounds(Statistics.Builder statistics) {
    statistics.withMin(BytesUtils.intToBytes(pageMin)).withMax(BytesUtils.intToBytes(pageMax));
  }

  @Override
  Optional<Object> smallest() {
    return min <= max ? Optional.of(min) : Optional.empty();
  }

  @Override
  Optional<Object> largest() {
    return min <= max ? Optional.of(max) : Optional.empty();
  }
}
