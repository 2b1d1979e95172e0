package dev.millrace.engine.lake.parquet;

import dev.millrace.engine.event.IntVector;
import dev.millrace.engine.lake.RowSelection;
import java.util.Optional;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/// Column of `BOOLEAN`, a bit each.
final class BooleanWriter extends ColumnWriter {

  private final int[] values;
  private boolean pageTrue;
  private boolean pageFalse;
  private boolean anyTrue;
  private boolean anyFalse;

  BooleanWriter(Target target, ColumnDescriptor column, IntVector vector, RowSelection rows) {
    super(target, column, vector, rows);
    values = vector.values();
  }

  @Override
  int putDictionary() {
    return 0;
  }

  @Override
  void startPage() {
    pageTrue = false;
    pageFalse = false;
  }

  @Override
  void putValues(int from, int to) {
    PageBuffer page = page();
    page.room((to - from) / 8 + 1);
    int held = 0;
    int bits = 0;
    for (int i = from; i < to; i++) {
      int row = rows().row(i);
      if (!isNull(row)) {
        boolean value = values[row] != 0;
        pageTrue |= value;
        pageFalse |= !value;
        held |= (value ? 1 : 0) << bits++;
        if (bits == 8) {
          page.putByte(held);
          held = 0;
          bits = 0;
        }
      }
    }
    if (bits > 0) {
      page.putByte(held);
    }
    anyTrue |= pageTrue;
    anyFalse |= pageFalse;
  }

  @Override
  void pageBounds(Statistics.Builder statistics) {
    statistics
        .withMin(BytesUtils.booleanToBytes(!pageFalse))
        .withMax(BytesUtils.booleanToBytes(pageTrue));
  }

  @Override
  Optional<Object> smallest() {
    return anyTrue || anyFalse ? Optional.of(!anyFalse) : Optional.empty();
  }

  @Override
  Optional<Object> largest() {
    return anyTrue || anyFalse ? Optional.of(anyTrue) : Optional.empty();
  }
}
