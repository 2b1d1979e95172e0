package dev.millrace.engine.lake.parquet;

import dev.millrace.engine.event.BytesVector;
import dev.millrace.engine.lake.RowSelection;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/// Column of `BINARY`, plain, without bounds.
final class BytesWriter extends ColumnWriter {

  private final BytesVector vector;

  BytesWriter(Target target, ColumnDescriptor column, BytesVector vector, RowSelection rows) {
    super(target, column, vector, rows);
    this.vector = vector;
  }

  @Override
  int putDictionary() {
    return 0;
  }

  @Override
  int pageEnd(int from, int to) {
    long bytes = 0;
    int end = from;
    while (end < to && bytes < PAGE_BYTES) {
      int row = rows().row(end++);
      bytes += isNull(row) ? 0 : vector.at(row).length;
    }
    return end;
  }

  @Override
  void startPage() {}

  @Override
  void putValues(int from, int to) {
    for (int i = from; i < to; i++) {
      int row = rows().row(i);
      if (!isNull(row)) {
        byte[] value = vector.at(row);
        page().putBinary(value, 0, value.length);
      }
    }
  }

  @Override
  void pageBounds(Statistics.Builder statistics) {}

  @Override
  Optional<Object> smallest() {
    return Optional.empty();
  }

  @Override
  Optional<Object> largest() {
    return Optional.empty();
  }
}
