package dev.millrace.engine.lake.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes of one page as it is built, little-endian; used again for the next.
final class PageBuffer {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 18];
  private int size;

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /// Makes room for that many bytes more, after which single puts need not ask.
  void room(int more) {
    int wanted = Math.addExact(size, more);
    if (wanted > bytes.length) {
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(wanted, 2L * size)));
    }
  }

  void putByte(int value) {
    bytes[size++] = (byte) value;
  }

  void putInt(int value) {
    INT.set(bytes, size, value);
    size += 4;
  }

  void putIntAt(int position, int value) {
    INT.set(bytes, position, value);
  }

  void putLong(long value) {
    LONG.set(bytes, size, value);
    size += 8;
  }

  void putDouble(double value) {
    DOUBLE.set(bytes, size, value);
    size += 8;
  }

  /// Length and bytes, as Parquet's plain encoding has them; makes its own room.
  void putBinary(byte[] from, int offset, int length) {
    room(4 + length);
    putInt(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  void putVarInt(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      putByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    putByte(rest);
  }
}
