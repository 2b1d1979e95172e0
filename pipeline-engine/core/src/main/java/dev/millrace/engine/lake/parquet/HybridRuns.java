package dev.millrace.engine.lake.parquet;

/// Small numbers in Parquet's RLE/bit-packing hybrid, as one run each time.
///
/// Equal numbers make a repeated run, others a bit-packed one; finer runs would save little, for
/// the page is compressed afterwards.
final class HybridRuns {

  private HybridRuns() {}

  /// Bits that hold every number up to `largest`, at least one.
  static int width(int largest) {
    return Math.max(1, 32 - Integer.numberOfLeadingZeros(largest));
  }

  static void putRepeated(PageBuffer page, int value, int count, int width) {
    page.room(10);
    page.putVarInt(count << 1);
    for (int bits = 0; bits < width; bits += 8) {
      page.putByte(value >>> bits);
    }
  }

  static void putPacked(PageBuffer page, int[] values, int count, int width) {
    int groups = (count + 7) / 8;
    page.room(10 + groups * width);
    page.putVarInt((groups << 1) | 1);
    long held = 0;
    int bits = 0;
    int stop = groups * 8;
    for (int i = 0; i < stop; i++) {
      held |= (i < count ? (long) values[i] : 0L) << bits;
      bits += width;
      while (bits >= 8) {
        page.putByte((int) held);
        held >>>= 8;
        bits -= 8;
      }
    }
  }
}
