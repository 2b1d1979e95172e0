package dev.millrace.engine.event;

import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;

/// Rows of one schema held by column, to be filled, written and used again.
///
/// A row is written between {@link #openRow()} and {@link #endRow()}; a row that is not ended
/// leaves nothing, the next one takes its place. Confined to one thread at a time; handing it on
/// needs a happens-before edge.
public final class ColumnBatch {

  private static final int FIRST_ROWS = 1024;

  private final Schema schema;
  private final Vector[] vectors;
  private int capacity = FIRST_ROWS;
  private int rows;

  public ColumnBatch(Schema schema) {
    this.schema = schema;
    vectors = new Vector[schema.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = vectorOf(schema.columns().get(i).type());
    }
  }

  public Schema schema() {
    return schema;
  }

  /// Rows that were ended.
  public int rows() {
    return rows;
  }

  public Vector vector(int column) {
    return vectors[column];
  }

  /// The column, which must be `BIGINT` or `TIMESTAMP`.
  public LongVector longs(int column) {
    return (LongVector) vectors[column];
  }

  /// The column, which must be `INT`, `DATE` or `BOOLEAN`.
  public IntVector ints(int column) {
    return (IntVector) vectors[column];
  }

  /// The column, which must be `DOUBLE`.
  public DoubleVector doubles(int column) {
    return (DoubleVector) vectors[column];
  }

  /// The column, which must be `STRING`.
  public TextVector text(int column) {
    return (TextVector) vectors[column];
  }

  /// The column, which must be `BINARY`.
  public BytesVector bytes(int column) {
    return (BytesVector) vectors[column];
  }

  /// Makes room for the row after the last ended one.
  void openRow() {
    if (rows == capacity) {
      capacity = Math.multiplyExact(capacity, 2);
      for (Vector vector : vectors) {
        vector.growTo(capacity);
      }
    }
  }

  void endRow() {
    rows++;
  }

  /// Forgets all rows; the room stays.
  public void clear() {
    rows = 0;
    for (Vector vector : vectors) {
      vector.clear();
    }
  }

  private Vector vectorOf(ColumnType type) {
    return switch (type) {
      case BIGINT, TIMESTAMP -> new LongVector(capacity);
      case INT, DATE, BOOLEAN -> new IntVector(capacity);
      case DOUBLE -> new DoubleVector(capacity);
      case STRING -> new TextVector(capacity);
      case BINARY -> new BytesVector(capacity);
    };
  }
}
