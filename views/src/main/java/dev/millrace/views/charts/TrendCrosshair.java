package dev.millrace.views.charts;

import dev.millrace.views.charts.TrendChart.Inks;
import dev.millrace.views.charts.TrendPicture.Line;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// A trend's crosshair: where it stands, and the box that tells the values there.
final class TrendCrosshair {

  private final Clock clock;
  private final TextRuler ruler;
  private final long longestBridge;
  private Consumer<Long> onMove = _ -> {};
  private long time = -1;

  /// @param longestBridge how far from a reading the line still tells its value, in milliseconds
  TrendCrosshair(Clock clock, TextRuler ruler, long longestBridge) {
    this.clock = clock;
    this.ruler = ruler;
    this.longestBridge = longestBridge;
  }

  void onMove(Consumer<Long> told) {
    onMove = told;
  }

  long time() {
    return time;
  }

  /// Whether it moved.
  boolean put(long next) {
    boolean moved = next != time;
    time = next;
    return moved;
  }

  boolean move(long next) {
    if (!put(next)) {
      return false;
    }
    onMove.accept(next);
    return true;
  }

  void paint(
      Pen g,
      TrendPicture picture,
      TrendFrame frame,
      double width,
      Inks inks,
      IntFunction<Color> series) {
    double x = Math.round(frame.x(time)) + 0.5;
    g.setStroke(inks.muted());
    g.setLineWidth(1);
    g.strokeLine(x, frame.top(), x, frame.foot());
    int shown = 0;
    Instant at = Instant.ofEpochMilli(time);
    boolean fine = picture.to() - picture.from() < 7_200_000;
    Instant end = Instant.ofEpochMilli(picture.to());
    String when = fine ? clock.second(at, end) : clock.minute(at, end);
    double widest = ruler.width(when + "  no reading");
    String[] texts = new String[picture.lines().size()];
    for (int i = 0; i < texts.length; i++) {
      Line line = picture.lines().get(i);
      double value = valueAt(line, time, longestBridge);
      texts[i] = line.name() + "  " + Figures.reading(value, picture.unit());
      widest = Math.max(widest, ruler.width(texts[i]) + 12);
      if (!Double.isNaN(value)) {
        g.setFill(inks.ground());
        g.fillOval(x - 5, frame.y(value) - 5, 10, 10);
        g.setFill(series.apply(line.colour()));
        g.fillOval(x - 3.5, frame.y(value) - 3.5, 7, 7);
        shown++;
      }
    }
    double boxWidth = widest + 20;
    double boxHeight = 26 + 17 * texts.length;
    double boxX = x + 12 + boxWidth > width ? x - 12 - boxWidth : x + 12;
    double boxY = Math.max(2, Math.min(frame.top() + 6, frame.foot() - boxHeight));
    g.setFill(inks.ground());
    g.fillRoundRect(boxX, boxY, boxWidth, boxHeight, 8, 8);
    g.setStroke(inks.grid());
    g.strokeRoundRect(boxX + 0.5, boxY + 0.5, boxWidth - 1, boxHeight - 1, 8, 8);
    g.setTextAlign(TextAlignment.LEFT);
    g.setFill(inks.muted());
    g.fillText(shown == 0 ? when + "  no reading" : when, boxX + 10, boxY + 13);
    for (int i = 0; i < texts.length; i++) {
      double y = boxY + 30 + 17 * i;
      g.setFill(series.apply(picture.lines().get(i).colour()));
      g.fillOval(boxX + 10, y - 3, 6, 6);
      g.setFill(inks.ink());
      g.fillText(texts[i], boxX + 22, y);
    }
  }

  /// The reading nearest to a time; NaN when none is near.
  static double valueAt(Line line, long time, long reach) {
    int at = Decimation.firstAtOrAfter(line.times(), time);
    double value = Double.NaN;
    long nearest = reach;
    for (int i = Math.max(0, at - 1); i <= at && i < line.times().length; i++) {
      long distance = Math.abs(line.times()[i] - time);
      if (distance < nearest) {
        nearest = distance;
        value = line.values()[i];
      }
    }
    return value;
  }
}
