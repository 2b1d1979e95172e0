package dev.millrace.engine.event;

import java.util.Arrays;

/// The fields of no column of one event, gathered as one JSON object: names and values byte for
/// byte as they were sent, in the order they were sent. Confined to one thread.
final class ExtraFields {

  private byte[] object = new byte[256];
  private int length;

  void clear() {
    length = 0;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /// @param nameFrom first byte of the name, its quote
  /// @param valueFrom first byte of the value
  void add(byte[] text, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    int name = nameTo - nameFrom;
    int value = valueTo - valueFrom;
    int wanted = Math.addExact(length, name + value + 3);
    if (wanted > object.length) {
      object = Arrays.copyOf(object, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * wanted));
    }
    object[length] = (byte) (length == 0 ? '{' : ',');
    length++;
    System.arraycopy(text, nameFrom, object, length, name);
    length += name;
    object[length++] = ':';
    System.arraycopy(text, valueFrom, object, length, value);
    length += value;
  }

  /// Writes the object, or null when there were no such fields.
  void into(TextVector column, int row) {
    if (length == 0) {
      column.setNull(row);
    } else {
      object[length] = '}';
      column.set(row, object, 0, length + 1);
    }
  }
}
