package dev.millrace.engine.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Distinct UTF-8 texts, numbered from 0 in the order they were first seen.
///
/// All bytes lie in one array and the hash table is open, so that a look-up allocates nothing.
/// Confined to one thread at a time.
public final class TextDictionary {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int FIRST_CODES = 64;
  private static final int FIRST_BYTES = 1024;

  private byte[] arena = new byte[FIRST_BYTES];
  private int[] starts = new int[FIRST_CODES + 1];
  private int[] hashes = new int[FIRST_CODES];
  private int[] slots = emptySlots(2 * FIRST_CODES);
  private @Nullable String[] texts = new String[FIRST_CODES];
  private int size;

  /// Number of distinct texts.
  public int size() {
    return size;
  }

  /// Bytes of all texts together.
  public int bytes() {
    return starts[size];
  }

  /// Array that holds all texts; shared, read only.
  public byte[] arena() {
    return arena;
  }

  /// Where the text begins in the arena.
  public int start(int code) {
    return starts[code];
  }

  /// Length of the text in bytes.
  public int length(int code) {
    return starts[code + 1] - starts[code];
  }

  public String text(int code) {
    String text = texts[code];
    if (text == null) {
      text = new String(arena, starts[code], length(code), StandardCharsets.UTF_8);
      texts[code] = text;
    }
    return text;
  }

  /// Order of two texts by their bytes without sign, which is the order of their code points.
  public int compare(int codeA, int codeB) {
    return Arrays.compareUnsigned(
        arena, starts[codeA], starts[codeA + 1], arena, starts[codeB], starts[codeB + 1]);
  }

  /// The text's code, new when the text is.
  int code(byte[] utf8, int offset, int length) {
    int hash = hash(utf8, offset, length);
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (int code; (code = slots[slot]) >= 0; slot = (slot + 1) & mask) {
      if (hashes[code] == hash && same(code, utf8, offset, length)) {
        return code;
      }
    }
    return add(utf8, offset, length, hash, slot);
  }

  void clear() {
    arena = new byte[FIRST_BYTES];
    starts = new int[FIRST_CODES + 1];
    hashes = new int[FIRST_CODES];
    slots = emptySlots(2 * FIRST_CODES);
    texts = new String[FIRST_CODES];
    size = 0;
  }

  private boolean same(int code, byte[] utf8, int offset, int length) {
    int start = starts[code];
    return starts[code + 1] - start == length && sameBytes(arena, start, utf8, offset, length);
  }

  /// Eight bytes at a time; the last word overlaps the one before. Most texts are short, and the
  /// general comparison costs them more than it saves.
  private static boolean sameBytes(byte[] a, int startA, byte[] b, int startB, int length) {
    if (length < 8) {
      if (startA + 8 > a.length || startB + 8 > b.length) {
        return Arrays.equals(a, startA, startA + length, b, startB, startB + length);
      }
      long differing = (long) WORD.get(a, startA) ^ (long) WORD.get(b, startB);
      return (differing & ((1L << (8 * length)) - 1)) == 0;
    }
    int last = length - 8;
    for (int i = 0; i < last; i += 8) {
      if ((long) WORD.get(a, startA + i) != (long) WORD.get(b, startB + i)) {
        return false;
      }
    }
    return (long) WORD.get(a, startA + last) == (long) WORD.get(b, startB + last);
  }

  private int add(byte[] utf8, int offset, int length, int hash, int slot) {
    int start = starts[size];
    int stop = Math.addExact(start, length);
    if (stop > arena.length) {
      arena =
          Arrays.copyOf(
              arena, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(stop, 2L * arena.length)));
    }
    if (size == hashes.length) {
      starts = Arrays.copyOf(starts, 2 * size + 1);
      hashes = Arrays.copyOf(hashes, 2 * size);
      texts = Arrays.copyOf(texts, 2 * size);
    }
    System.arraycopy(utf8, offset, arena, start, length);
    starts[size + 1] = stop;
    hashes[size] = hash;
    slots[slot] = size;
    int code = size++;
    if (2 * size > slots.length) {
      rehash();
    }
    return code;
  }

  private void rehash() {
    int[] wider = emptySlots(2 * slots.length);
    int mask = wider.length - 1;
    for (int code = 0; code < size; code++) {
      int slot = hashes[code] & mask;
      while (wider[slot] >= 0) {
        slot = (slot + 1) & mask;
      }
      wider[slot] = code;
    }
    slots = wider;
  }

  private static int hash(byte[] bytes, int offset, int length) {
    long hash = length * MIX;
    int i = offset;
    int stop = offset + length;
    for (; i + 8 <= stop; i += 8) {
      hash = (Long.rotateLeft(hash, 23) ^ (long) WORD.get(bytes, i)) * MIX;
    }
    if (i < stop) {
      hash = (Long.rotateLeft(hash, 23) ^ tail(bytes, i, stop)) * MIX;
    }
    return (int) (hash ^ (hash >>> 32));
  }

  private static long tail(byte[] bytes, int from, int to) {
    if (from + 8 <= bytes.length) {
      return (long) WORD.get(bytes, from) & ((1L << (8 * (to - from))) - 1);
    }
    long word = 0;
    for (int i = from, shift = 0; i < to; i++, shift += 8) {
      word |= (bytes[i] & 0xFFL) << shift;
    }
    return word;
  }

  private static int[] emptySlots(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, -1);
    return slots;
  }
}
