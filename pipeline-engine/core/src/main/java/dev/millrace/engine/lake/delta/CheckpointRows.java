package dev.millrace.engine.lake.delta;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;

/// Rows of a checkpoint as they are kept: files that are no longer live without their statistics.
///
/// No reader looks at those, and a value that was erased from the table must not live on in them.
record CheckpointRows(CloseableIterator<FilteredColumnarBatch> all)
    implements CloseableIterator<FilteredColumnarBatch> {

  private static final String REMOVE = "remove";
  private static final String STATISTICS = "stats";

  @Override
  public boolean hasNext() {
    return all.hasNext();
  }

  @Override
  public FilteredColumnarBatch next() {
    FilteredColumnarBatch batch = all.next();
    ColumnarBatch data = batch.getData();
    int remove = data.getSchema().indexOf(REMOVE);
    if (remove < 0
        || !(data.getSchema().at(remove).getDataType() instanceof StructType struct)
        || struct.indexOf(STATISTICS) < 0) {
      return batch;
    }
    ColumnVector without =
        new Without(data.getColumnVector(remove), struct.indexOf(STATISTICS), struct);
    return new FilteredColumnarBatch(
        data.withDeletedColumnAt(remove)
            .withNewColumn(remove, data.getSchema().at(remove), without),
        batch.getSelectionVector());
  }

  @Override
  public void close() throws IOException {
    all.close();
  }

  /// A struct with one field that is always null.
  private record Without(ColumnVector struct, int field, StructType type) implements ColumnVector {

    @Override
    public DataType getDataType() {
      return type;
    }

    @Override
    public int getSize() {
      return struct.getSize();
    }

    @Override
    public void close() {
      struct.close();
    }

    @Override
    public boolean isNullAt(int row) {
      return struct.isNullAt(row);
    }

    @Override
    public ColumnVector getChild(int ordinal) {
      return ordinal == field
          ? new Nulls(type.at(field).getDataType(), getSize())
          : struct.getChild(ordinal);
    }

    @Override
    public MapValue getMap(int row) {
      return struct.getMap(row);
    }

    @Override
    public ArrayValue getArray(int row) {
      return struct.getArray(row);
    }
  }

  private record Nulls(DataType type, int size) implements ColumnVector {

    @Override
    public DataType getDataType() {
      return type;
    }

    @Override
    public int getSize() {
      return size;
    }

    @Override
    public void close() {}

    @Override
    public boolean isNullAt(int row) {
      return true;
    }
  }
}
