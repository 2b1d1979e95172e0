package dev.millrace.engine.lake.parquet;

import dev.millrace.engine.event.TextDictionary;
import dev.millrace.engine.event.TextVector;
import dev.millrace.engine.lake.RowSelection;
import java.util.Arrays;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/// Column of `STRING`: by the codes the batch has already, or plain where texts hardly repeat.
///
/// The dictionary holds the texts of this file only, in the order they first stand in it.
final class TextWriter extends ColumnWriter {

  private static final int DICTIONARY_BYTES = 1 << 20;
  private static final int LONGEST_BOUND = 256;
  private static final int NONE = -1;

  private final TextDictionary texts;
  private final int[] codes;
  private final int[] entryOf;
  private final int[] boundInPage;
  private final int[] pageEntries = new int[PAGE_ROWS];
  private int entries;
  private boolean byDictionary;
  private int pageNumber;
  private int pageMin;
  private int pageMax;
  private int min = NONE;
  private int max = NONE;

  TextWriter(Target target, ColumnDescriptor column, TextVector vector, RowSelection rows) {
    super(target, column, vector, rows);
    texts = vector.dictionary();
    codes = vector.codes();
    entryOf = new int[texts.size()];
    Arrays.fill(entryOf, NONE);
    boundInPage = new int[texts.size()];
  }

  @Override
  int putDictionary() {
    int most = Math.max(64, rows().size() / 2);
    for (int i = 0; i < rows().size(); i++) {
      int row = rows().row(i);
      if (!isNull(row) && entryOf[codes[row]] == NONE) {
        int code = codes[row];
        entryOf[code] = entries++;
        if (entries > most || page().size() > DICTIONARY_BYTES) {
          page().clear();
          return 0;
        }
        page().putBinary(texts.arena(), texts.start(code), texts.length(code));
      }
    }
    byDictionary = entries > 0;
    return entries;
  }

  @Override
  int pageEnd(int from, int to) {
    if (byDictionary) {
      return to;
    }
    long bytes = 0;
    int end = from;
    while (end < to && bytes < PAGE_BYTES) {
      int row = rows().row(end++);
      bytes += isNull(row) ? 0 : texts.length(codes[row]);
    }
    return end;
  }

  @Override
  void startPage() {
    pageNumber++;
    pageMin = NONE;
    pageMax = NONE;
  }

  @Override
  void putValues(int from, int to) {
    if (byDictionary) {
      putEntries(from, to);
    } else {
      putPlain(from, to);
    }
    min = min == NONE || (pageMin != NONE && texts.compare(pageMin, min) < 0) ? pageMin : min;
    max = max == NONE || (pageMax != NONE && texts.compare(pageMax, max) > 0) ? pageMax : max;
  }

  private void putEntries(int from, int to) {
    int count = 0;
    int lastCode = NONE;
    boolean same = true;
    for (int i = from; i < to; i++) {
      int row = rows().row(i);
      if (!isNull(row)) {
        int code = codes[row];
        if (code != lastCode) {
          same = count == 0;
          bound(code);
          lastCode = code;
        }
        pageEntries[count++] = entryOf[code];
      }
    }
    int width = HybridRuns.width(entries - 1);
    page().room(1);
    page().putByte(width);
    if (same && count > 0) {
      HybridRuns.putRepeated(page(), pageEntries[0], count, width);
    } else {
      HybridRuns.putPacked(page(), pageEntries, count, width);
    }
  }

  private void putPlain(int from, int to) {
    for (int i = from; i < to; i++) {
      int row = rows().row(i);
      if (!isNull(row)) {
        int code = codes[row];
        bound(code);
        page().putBinary(texts.arena(), texts.start(code), texts.length(code));
      }
    }
  }

  /// A text is compared once per page, however often it stands there.
  private void bound(int code) {
    if (boundInPage[code] == pageNumber) {
      return;
    }
    boundInPage[code] = pageNumber;
    if (pageMin == NONE) {
      pageMin = code;
      pageMax = code;
    } else if (texts.compare(code, pageMin) < 0) {
      pageMin = code;
    } else if (texts.compare(code, pageMax) > 0) {
      pageMax = code;
    }
  }

  @Override
  void pageBounds(Statistics.Builder statistics) {
    if (isShort(pageMin) && isShort(pageMax)) {
      statistics.withMin(bytes(pageMin)).withMax(bytes(pageMax));
    }
  }

  @Override
  Optional<Object> smallest() {
    return isShort(min) ? Optional.of(texts.text(min)) : Optional.empty();
  }

  @Override
  Optional<Object> largest() {
    return isShort(max) ? Optional.of(texts.text(max)) : Optional.empty();
  }

  private boolean isShort(int code) {
    return code != NONE && texts.length(code) <= LONGEST_BOUND;
  }

  private byte[] bytes(int code) {
    int start = texts.start(code);
    return Arrays.copyOfRange(texts.arena(), start, start + texts.length(code));
  }
}
