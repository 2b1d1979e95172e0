package dev.millrace.engine.live;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.LongPredicate;

/// The last rows of a series, written by one thread and read by any, without a lock.
///
/// A reader copies what stands and then drops what the writer may have overwritten meanwhile, so
/// that it never sees half a row (H.-J. Boehm, "Can seqlocks get along with programming language
/// memory models?", 2012). The ring begins with 16 rows and doubles as it fills.
final class SharedRing {

  private static final int FIRST_ROWS = 16;
  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(double[].class);
  private static final VarHandle END;

  static {
    try {
      END = MethodHandles.lookup().findVarHandle(Rows.class, "end", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int columns;
  private final int mostRows;
  private final LongPredicate room;
  private volatile Rows rows;

  /// Rows that stand, and how many ever came. Growing leaves the smaller one behind as it was.
  private static final class Rows {

    final double[] cells;
    final int capacity;

    @SuppressWarnings("UnusedVariable") // read and written through END
    private long end;

    Rows(int capacity, int columns, long end) {
      this.capacity = capacity;
      cells = new double[capacity * columns];
      this.end = end;
    }
  }

  /// @param mostRows a power of two, 16 at least
  /// @param room whether so many more bytes may be used; asked by the writer, who has them then
  SharedRing(int columns, int mostRows, LongPredicate room) {
    this.columns = columns;
    this.mostRows = mostRows;
    this.room = room;
    rows = new Rows(FIRST_ROWS, columns, 0);
  }

  /// Writes a row, over the oldest one when there is no room; the writer's thread only.
  void add(double[] row) {
    Rows here = rows;
    long end = (long) END.get(here);
    if (end >= here.capacity && here.capacity < mostRows) {
      here = grown(here, end);
    }
    int at = (int) (end & (here.capacity - 1)) * columns;
    for (int c = 0; c < columns; c++) {
      CELLS.setOpaque(here.cells, at + c, row[c]);
    }
    END.setRelease(here, end + 1);
    // The next row's cells must not be seen before this row's end.
    VarHandle.storeStoreFence();
  }

  private Rows grown(Rows small, long end) {
    int capacity = 2 * small.capacity;
    if (!room.test((long) Double.BYTES * columns * small.capacity)) {
      return small;
    }
    Rows large = new Rows(capacity, columns, end);
    for (long i = end - small.capacity; i < end; i++) {
      int from = (int) (i & (small.capacity - 1)) * columns;
      int to = (int) (i & (capacity - 1)) * columns;
      System.arraycopy(small.cells, from, large.cells, to, columns);
    }
    rows = large;
    return large;
  }

  /// One array per column, oldest row first; any thread.
  double[][] read() {
    Rows here = rows;
    long end = (long) END.getAcquire(here);
    long first = Math.max(0, end - here.capacity);
    double[][] copy = new double[columns][(int) (end - first)];
    for (long i = first; i < end; i++) {
      int at = (int) (i & (here.capacity - 1)) * columns;
      for (int c = 0; c < columns; c++) {
        copy[c][(int) (i - first)] = (double) CELLS.getOpaque(here.cells, at + c);
      }
    }
    VarHandle.loadLoadFence();
    // The writer may be at the row after this end, in the place of the row one capacity before it.
    long overwritten = (long) END.getOpaque(here) - here.capacity + 1 - first;
    int drop = (int) Math.clamp(overwritten, 0, end - first);
    if (drop > 0) {
      for (int c = 0; c < columns; c++) {
        copy[c] = Arrays.copyOfRange(copy[c], drop, copy[c].length);
      }
    }
    return copy;
  }
}
