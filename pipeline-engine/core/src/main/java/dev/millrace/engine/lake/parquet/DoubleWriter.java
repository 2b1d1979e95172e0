package dev.millrace.engine.lake.parquet;

import dev.millrace.engine.event.DoubleVector;
import dev.millrace.engine.lake.RowSelection;
import java.util.Optional;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/// Column of `DOUBLE`, plain. Batches hold finite numbers only.
final class DoubleWriter extends ColumnWriter {

  private final double[] values;
  private double pageMin;
  private double pageMax;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  DoubleWriter(Target target, ColumnDescriptor column, DoubleVector vector, RowSelection rows) {
    super(target, column, vector, rows);
    values = vector.values();
  }

  @Override
  int putDictionary() {
    return 0;
  }

  @Override
  void startPage() {
    pageMin = Double.POSITIVE_INFINITY;
    pageMax = Double.NEGATIVE_INFINITY;
  }

  @Override
  void putValues(int from, int to) {
    PageBuffer page = page();
    page.room(8 * (to - from));
    for (int i = from; i < to; i++) {
      int row = rows().row(i);
      if (!isNull(row)) {
        double value = values[row];
        pageMin = Math.min(pageMin, value);
        pageMax = Math.max(pageMax, value);
        page.putDouble(value);
      }
    }
    min = Math.min(min, pageMin);
    max = Math.max(max, pageMax);
  }

  @Override
  void pageBounds(Statistics.Builder statistics) {
    statistics
        .withMin(BytesUtils.longToBytes(Double.doubleToRawLongBits(pageMin)))
        .withMax(BytesUtils.longToBytes(Double.doubleToRawLongBits(pageMax)));
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
