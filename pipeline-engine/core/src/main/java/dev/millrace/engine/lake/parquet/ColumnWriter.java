package dev.millrace.engine.lake.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.millrace.engine.event.Vector;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.RowSelection;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// Writer of one column of a file: values straight from the batch's arrays into pages.
///
/// Parquet's own record writer takes one value at a time through several virtual calls and hashes
/// every text again for its dictionary; the batch has both arrays and codes already. One instance
/// writes one column of one file.
abstract class ColumnWriter {

  static final int PAGE_ROWS = 20_000;

  /// A page of values of differing length ends once it holds so many bytes.
  static final int PAGE_BYTES = 1 << 20;

  /// What the pages of one file share.
  record Target(ParquetFileWriter file, ZstdCompressCtx zstd, PageBuffer page) {}

  private final Target target;
  private final ColumnDescriptor column;
  private final Vector vector;
  private final RowSelection rows;
  private final int[] levels = new int[PAGE_ROWS];
  private final boolean optional;

  ColumnWriter(Target target, ColumnDescriptor column, Vector vector, RowSelection rows) {
    this.target = target;
    this.column = column;
    this.vector = vector;
    this.rows = rows;
    optional = column.getMaxDefinitionLevel() > 0;
  }

  final RowSelection rows() {
    return rows;
  }

  final PageBuffer page() {
    return target.page();
  }

  final boolean isNull(int row) {
    return vector.isNull(row);
  }

  /// Writes the whole column and returns its statistics.
  final ColumnStatistics write() throws IOException {
    target.file().startColumn(column, rows.size(), CompressionCodecName.ZSTD);
    page().clear();
    int entries = putDictionary();
    if (entries > 0) {
      BytesInput bytes = compressed();
      target
          .file()
          .writeDictionaryPage(new DictionaryPage(bytes, page().size(), entries, Encoding.PLAIN));
    }
    Encoding encoding = entries > 0 ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
    long nulls = 0;
    for (int from = 0; from < rows.size(); ) {
      int to = pageEnd(from, Math.min(rows.size(), from + PAGE_ROWS));
      nulls += writePage(from, to, encoding);
      from = to;
    }
    target.file().endColumn();
    return new ColumnStatistics(smallest(), largest(), nulls);
  }

  private long writePage(int from, int to, Encoding encoding) throws IOException {
    page().clear();
    int nulls = optional ? putLevels(from, to) : 0;
    startPage();
    putValues(from, to);
    Statistics.Builder statistics =
        Statistics.getBuilderForReading(column.getPrimitiveType()).withNumNulls(nulls);
    if (nulls < to - from) {
      pageBounds(statistics);
    }
    target
        .file()
        .writeDataPage(
            to - from,
            page().size(),
            compressed(),
            statistics.build(),
            to - from,
            Encoding.RLE,
            Encoding.RLE,
            encoding);
    return nulls;
  }

  private int putLevels(int from, int to) {
    PageBuffer page = page();
    int length = page.size();
    page.room(4);
    page.putInt(0);
    int nulls = 0;
    if (vector.mayHaveNulls()) {
      for (int i = from; i < to; i++) {
        boolean isNull = vector.isNull(rows.row(i));
        levels[i - from] = isNull ? 0 : 1;
        nulls += isNull ? 1 : 0;
      }
    }
    if (nulls == 0 || nulls == to - from) {
      HybridRuns.putRepeated(page, nulls == 0 ? 1 : 0, to - from, 1);
    } else {
      HybridRuns.putPacked(page, levels, to - from, 1);
    }
    page.putIntAt(length, page.size() - length - 4);
    return nulls;
  }

  private BytesInput compressed() {
    byte[] into = new byte[(int) Zstd.compressBound(page().size())];
    int size =
        target.zstd().compressByteArray(into, 0, into.length, page().bytes(), 0, page().size());
    return BytesInput.from(into, 0, size);
  }

  /// Where the page that begins at row `from` of the selection ends, `to` at the latest: earlier
  /// when its values are long, so that neither writer nor reader holds many of them at once.
  int pageEnd(int from, int to) {
    return to;
  }

  /// Puts the dictionary into the empty page and returns its entries; 0 for a column without one.
  abstract int putDictionary();

  /// Forgets the bounds of the page before.
  abstract void startPage();

  /// Puts the values of rows `from` to `to` of the selection that are not null.
  abstract void putValues(int from, int to);

  /// Bounds of the page put last, which has a value, in plain encoding.
  abstract void pageBounds(Statistics.Builder statistics);

  abstract Optional<Object> smallest();

  abstract Optional<Object> largest();
}
