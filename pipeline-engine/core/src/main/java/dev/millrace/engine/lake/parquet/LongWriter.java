package dev.millrace.engine.lake.parquet;

import dev.millrace.engine.event.LongVector;
import dev.millrace.engine.lake.RowSelection;
import java.util.Optional;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/// Column of `BIGINT` or `TIMESTAMP`, plain.
final class LongWriter extends ColumnWriter {

  private final long[] values;
  private long pageMin;
  private long pageMax;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  LongWriter(Target target, ColumnDescriptor column, LongVector vector, RowSelection rows) {
    super(target, column, vector, rows);
    values = vector.values();
  }

  @Override
  int putDictionary() {
    return 0;
  }

  @Override
  void startPage() {
    pageMin = Long.MAX_VALUE;
    pageMax = Long.MIN_VALUE;
  }

  @Override
  void putValues(int from, int to) {
    PageBuffer page = page();
    page.room(8 * (to - from));
    for (int i = from; i < to; i++) {
      int row = rows().row(i);
      if (!isNull(row)) {
        long value = values[row];
        pageMin = Math.min(pageMin, value);
        pageMax = Math.max(pageMax, value);
        page.putLong(value);
      }
    }
    min = Math.min(min, pageMin);
    max = Math.max(max, pageMax);
  }

  @Override
  void pageBounds(Statistics.Builder statistics) {
    statistics.withMin(BytesUtils.longToBytes(pageMin)).withMax(BytesUtils.longToBytes(pageMax));
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
