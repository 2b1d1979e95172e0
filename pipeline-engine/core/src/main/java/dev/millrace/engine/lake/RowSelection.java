package dev.millrace.engine.lake;

/// Rows of a batch: a run of them, or the first `size` numbers of an index. The index is shared.
public final class RowSelection {

  private static final int[] NO_INDEX = {};

  private final int[] index;
  private final int from;
  private final int size;

  private RowSelection(int[] index, int from, int size) {
    this.index = index;
    this.from = from;
    this.size = size;
  }

  /// Rows `from` (included) to `to` (excluded).
  public static RowSelection run(int from, int to) {
    return new RowSelection(NO_INDEX, from, to - from);
  }

  /// Elements `from` (included) to `to` (excluded) of the index, each a row number.
  public static RowSelection of(int[] index, int from, int to) {
    return new RowSelection(index, from, to - from);
  }

  public int size() {
    return size;
  }

  /// Number of the i-th row.
  public int row(int i) {
    return index.length == 0 ? from + i : index[from + i];
  }
}
