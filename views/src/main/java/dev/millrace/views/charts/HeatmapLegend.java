package dev.millrace.views.charts;

import dev.millrace.views.charts.HeatmapPicture.Cell;
import dev.millrace.views.text.Figures;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// What the colours and marks of a heatmap mean.
record HeatmapLegend(
    HeatmapPicture picture,
    ColourScale colours,
    TextRuler ruler,
    Color ink,
    Color muted,
    Color warning,
    Color critical) {

  /// Width of the legend at the map's side, and height of the one below it.
  static final double BESIDE = 58;

  static final double BELOW = 44;

  private static final double WIDEST_SCALE = 330;

  void beside(Pen g, double x, double height) {
    double tall = height - 2;
    for (int i = 0; i < tall; i++) {
      g.setFill(colours.at(1 - i / tall));
      g.fillRect(x, i, 10, 1.2);
    }
    g.setFill(muted);
    g.setTextAlign(TextAlignment.LEFT);
    int steps = tall > 140 ? 4 : 2;
    for (int i = 0; i <= steps; i++) {
      double value = picture.high() - (picture.high() - picture.low()) * i / steps;
      double y = Math.clamp(tall * i / steps, 6, tall - 6);
      g.fillText(text(value), x + 15, y);
    }
    if (!picture.columns().isEmpty()) {
      g.fillText(picture.unit(), x, height + 14);
    }
  }

  void below(Pen g, double x, double y, double width) {
    double wide = Math.min(WIDEST_SCALE, width * 0.36);
    double bar = y + 12;
    for (int i = 0; i < wide; i++) {
      g.setFill(colours.at(i / wide));
      g.fillRect(x + i, bar, 1.2, 9);
    }
    g.setFill(muted);
    int steps = 4;
    String last = (text(picture.high()) + " " + picture.unit()).strip();
    g.setTextAlign(TextAlignment.RIGHT);
    g.fillText(last, x + wide, bar + 19);
    double room = wide - ruler.width(last) - 10;
    for (int i = 0; i < steps; i++) {
      String words = text(picture.low() + (picture.high() - picture.low()) * i / steps);
      double end = wide * i / steps + ruler.width(words) / (i == 0 ? 1 : 2);
      if (end <= room) {
        g.setTextAlign(i == 0 ? TextAlignment.LEFT : TextAlignment.CENTER);
        g.fillText(words, x + wide * i / steps, bar + 19);
      }
    }
    double at = x + wide + 26;
    double middle = bar + 5;
    g.setTextAlign(TextAlignment.LEFT);
    hatch(g, at, middle - 6, 18, 12, muted);
    at = word(g, "No reading", at + 24, middle) + 18;
    dot(g, at + 4, middle, 9, warning);
    at = word(g, "Warning", at + 14, middle) + 18;
    dot(g, at + 4, middle, 9, critical);
    at = word(g, "Critical", at + 14, middle);
    String figures = figures();
    if (x + width - at > ruler.width(figures) + 16) {
      g.setTextAlign(TextAlignment.RIGHT);
      g.setFill(muted);
      g.fillText(figures, x + width - 2, middle);
    }
  }

  private double word(Pen g, String words, double x, double y) {
    g.setFill(muted);
    g.fillText(words, x, y);
    return x + ruler.width(words);
  }

  private String figures() {
    double sum = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int count = 0;
    for (Cell cell : picture.cells()) {
      if (!cell.silent()) {
        sum += cell.value();
        low = Math.min(low, cell.value());
        high = Math.max(high, cell.value());
        count++;
      }
    }
    return count == 0
        ? "Nothing heard"
        : "Mean "
            + Figures.reading(sum / count)
            + "    Min "
            + Figures.reading(low)
            + "    Max "
            + Figures.reading(high);
  }

  private String text(double value) {
    double span = picture.high() - picture.low();
    return span >= 8 ? Figures.count(Math.round(value)) : Figures.reading(value);
  }

  static void dot(Pen g, double x, double y, double size, Color colour) {
    g.setFill(colour);
    g.fillOval(x - size / 2, y - size / 2, size, size);
    g.setStroke(Color.WHITE);
    g.setLineWidth(1.2);
    g.strokeOval(x - size / 2, y - size / 2, size, size);
  }

  static void hatch(Pen g, double x, double y, double wide, double tall, Color colour) {
    g.save();
    g.beginPath();
    g.rect(x, y, wide, tall);
    g.clip();
    g.setStroke(colour.deriveColor(0, 1, 1, 0.35));
    g.setLineWidth(1);
    for (double d = -tall; d < wide; d += 6) {
      g.strokeLine(x + d, y + tall, x + d + tall, y);
    }
    g.restore();
  }
}
