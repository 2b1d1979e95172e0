package dev.millrace.engine.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Column of `STRING`: per row a code, per code its UTF-8 bytes in a dictionary.
///
/// A column of names says the same few texts over and over: the dictionary outlives the clearing of
/// its batch while it is small, so that codes stay and every later event costs one look-up. A
/// column of ids that never repeat costs one entry per row; such a dictionary is dropped at the
/// clearing.
public final class TextVector extends Vector {

  private static final int KEPT_ENTRIES = 1 << 14;
  private static final int KEPT_BYTES = 1 << 21;

  private final TextDictionary dictionary = new TextDictionary();
  private int[] codes;
  private int generation;

  TextVector(int capacity) {
    super(capacity);
    codes = new int[capacity];
  }

  public int code(int row) {
    return codes[row];
  }

  /// The codes by row; shared, see {@link Vector}.
  public int[] codes() {
    return codes;
  }

  /// The texts behind the codes, of this batch and perhaps of earlier ones.
  public TextDictionary dictionary() {
    return dictionary;
  }

  /// Changes whenever codes lose their meaning.
  public int generation() {
    return generation;
  }

  public String at(int row) {
    return dictionary.text(codes[row]);
  }

  void set(int row, byte[] utf8, int offset, int length) {
    codes[row] = dictionary.code(utf8, offset, length);
    present(row);
  }

  void set(int row, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    set(row, utf8, 0, utf8.length);
  }

  void setCode(int row, int code) {
    codes[row] = code;
    present(row);
  }

  @Override
  void growValues(int capacity) {
    codes = Arrays.copyOf(codes, capacity);
  }

  @Override
  void clearValues() {
    if (dictionary.size() > KEPT_ENTRIES || dictionary.bytes() > KEPT_BYTES) {
      dictionary.clear();
      generation++;
    }
  }
}
