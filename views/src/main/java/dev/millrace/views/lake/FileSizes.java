package dev.millrace.views.lake;

import dev.millrace.views.charts.Pen;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.text.TextAlignment;

/// How many files have which size; each bar holds files up to twice as large as the one before.
/// Small ones, which an optimize would merge, stand out.
final class FileSizes extends ThemedCanvas {

  /// Files below this cost more to open than to read.
  static final long SMALL_BYTES = 8L << 20;

  private static final double FOOT = 18;

  private List<Long> sizes = List.of();

  FileSizes() {
    getStyleClass().addAll("runs-grid", "file-sizes");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setMinHeight(86);
    setPrefHeight(86);
    setMaxHeight(86);
  }

  /// @param next in bytes, smallest first
  void show(List<Long> next) {
    sizes = next;
    setAccessibleText(
        next.isEmpty()
            ? "No file"
            : "Sizes of "
                + Figures.counted(next.size(), "file")
                + ", the largest "
                + Figures.bytes(next.getLast()));
    repaint();
  }

  static long small(List<Long> sizes) {
    return sizes.stream().filter(size -> size < SMALL_BYTES).count();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    if (sizes.isEmpty()) {
      return;
    }
    int from = power(sizes.getFirst());
    int to = Math.max(power(sizes.getLast()), from + 7);
    int[] counts = new int[to - from + 1];
    int most = 1;
    for (long size : sizes) {
      int bin = power(size) - from;
      counts[bin]++;
      most = Math.max(most, counts[bin]);
    }
    double slot = Math.min(96, width / counts.length);
    g.setFont(SMALL);
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.CENTER);
    for (int i = 0; i < counts.length; i++) {
      double x = i * slot + 2;
      double wide = slot - 4;
      double tall = (height - FOOT - 16) * counts[i] / most;
      boolean small = 1L << (from + i + 1) <= SMALL_BYTES;
      g.setFill(counts[i] == 0 ? grid() : of(small ? Tone.WARNING : Tone.GOOD));
      g.fillRoundRect(x, height - FOOT - Math.max(2, tall), wide, Math.max(2, tall), 3, 3);
      g.setFill(muted());
      g.fillText("≤ " + words(1L << (from + i + 1)), x + wide / 2, height - FOOT / 2 + 1);
      if (counts[i] > 0) {
        g.setFill(ink());
        g.fillText(Figures.count(counts[i]), x + wide / 2, height - FOOT - tall - 8);
      }
    }
  }

  private static String words(long bytes) {
    return bytes >= 1 << 20
        ? (bytes >> 20) + " MiB"
        : bytes >= 1 << 10 ? (bytes >> 10) + " KiB" : bytes + " B";
  }

  private static int power(long bytes) {
    return 63 - Long.numberOfLeadingZeros(Math.max(1, bytes));
  }
}
