package dev.millrace.views.charts;

import dev.millrace.views.charts.TrendPicture.Line;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import java.time.Instant;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.TextAlignment;

/// Lines over time with a crosshair that tells the values; the mouse or the arrow keys move it.
public final class TrendChart extends ThemedCanvas {

  private static final double TOP = 26;
  private static final double FOOT = 22;
  private static final double RIGHT = 10;

  /// A line is broken where nothing was heard for longer.
  private static final long LONGEST_BRIDGE_MINUTES = 10;

  private final Clock clock;
  private final TextRuler ruler = new TextRuler(SMALL);
  private final Decimation columns = new Decimation();
  private final Decimation edges = new Decimation();
  private TrendPicture picture = TrendPicture.EMPTY;
  private double[] ticks = new double[0];
  private double crosshair = -1;
  private double left;
  private double plotWidth;
  private double plotHeight;

  public TrendChart(Clock clock) {
    this.clock = clock;
    getStyleClass().add("trend");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText("Trend; arrow keys move the crosshair");
    setOnMouseMoved(e -> moveCrosshair(e.getX() - snappedLeftInset()));
    setOnMouseExited(_ -> moveCrosshair(-1));
    setOnMouseClicked(_ -> requestFocus());
    setOnKeyPressed(this::steer);
  }

  public void show(TrendPicture next) {
    picture = next;
    repaint();
  }

  @Override
  protected void paint(GraphicsContext g, double width, double height) {
    plotHeight = height - TOP - FOOT;
    ticks = Ticks.around(picture.low(), picture.high(), Math.clamp((int) (plotHeight / 22), 3, 9));
    left = marginOfValues();
    plotWidth = width - left - RIGHT;
    if (plotWidth < 20 || plotHeight < 20) {
      return;
    }
    g.setFont(SMALL);
    g.setTextBaseline(VPos.CENTER);
    g.setLineWidth(1);
    paintValueAxis(g, width);
    paintTimeAxis(g, height);
    paintSpread(g);
    for (int i = picture.lines().size() - 1; i >= 0; i--) {
      paintLine(g, picture.lines().get(i), series(i));
    }
    paintNames(g, width);
    if (crosshair >= left && crosshair <= left + plotWidth) {
      paintCrosshair(g, width);
    }
  }

  private double marginOfValues() {
    double widest = 0;
    for (double tick : ticks) {
      widest = Math.max(widest, ruler.width(axisText(tick)));
    }
    return Math.ceil(widest) + 10;
  }

  private String axisText(double value) {
    double step = ticks[1] - ticks[0];
    return step >= 1 ? Figures.count(Math.round(value)) : Figures.reading(value);
  }

  private void paintValueAxis(GraphicsContext g, double width) {
    g.setTextAlign(TextAlignment.RIGHT);
    double lastY = Double.POSITIVE_INFINITY;
    for (double tick : ticks) {
      double y = Math.round(y(tick)) + 0.5;
      g.setStroke(grid());
      g.strokeLine(left, y, width - RIGHT, y);
      if (lastY - y >= 13) {
        g.setFill(muted());
        g.fillText(axisText(tick), left - 8, y);
        lastY = y;
      }
    }
  }

  private void paintTimeAxis(GraphicsContext g, double height) {
    g.setTextAlign(TextAlignment.CENTER);
    for (long tick :
        Ticks.times(picture.from(), picture.to(), clock.zone(), (int) (plotWidth / 62))) {
      double x = Math.round(x(tick)) + 0.5;
      g.setStroke(grid());
      g.strokeLine(x, TOP + plotHeight, x, TOP + plotHeight + 4);
      g.setFill(muted());
      double half = ruler.width("00:00") / 2;
      g.fillText(
          clock.minute(Instant.ofEpochSecond(tick * 60)),
          Math.clamp(x, left + half - 4, left + plotWidth + RIGHT - half),
          height - 8);
    }
  }

  private void paintSpread(GraphicsContext g) {
    int wide = (int) plotWidth;
    long[] minutes = picture.spread().minutes();
    if (minutes.length == 0) {
      return;
    }
    columns.take(minutes, picture.spread().low(), picture.from(), picture.to(), wide);
    edges.take(minutes, picture.spread().high(), picture.from(), picture.to(), wide);
    g.setFill(series(0).deriveColor(0, 1, 1, dark() ? 0.16 : 0.13));
    g.beginPath();
    boolean begun = false;
    for (int c = 0; c < wide; c++) {
      if (edges.holds(c)) {
        if (begun) {
          g.lineTo(left + c, y(edges.high(c)));
        } else {
          g.moveTo(left + c, y(edges.high(c)));
          begun = true;
        }
      }
    }
    for (int c = wide - 1; c >= 0; c--) {
      if (columns.holds(c)) {
        g.lineTo(left + c, y(columns.low(c)));
      }
    }
    if (begun) {
      g.closePath();
      g.fill();
    }
  }

  private void paintLine(GraphicsContext g, Line line, Color colour) {
    int wide = (int) plotWidth;
    columns.take(line.minutes(), line.values(), picture.from(), picture.to(), wide);
    double longestBridge =
        Math.max(2, LONGEST_BRIDGE_MINUTES * plotWidth / (picture.to() - picture.from()));
    g.setStroke(colour);
    g.setLineWidth(1.7);
    g.setLineJoin(StrokeLineJoin.ROUND);
    g.beginPath();
    int before = Integer.MIN_VALUE / 2;
    for (int c = 0; c < wide; c++) {
      if (!columns.holds(c)) {
        continue;
      }
      double x = left + c + 0.5;
      double high = y(columns.high(c));
      double low = y(columns.low(c));
      if (c - before > longestBridge) {
        g.moveTo(x, high);
      } else {
        g.lineTo(x, high);
      }
      if (low - high > 0.6) {
        g.lineTo(x, low);
        g.lineTo(x, y(columns.last(c)));
      }
      before = c;
    }
    g.stroke();
  }

  private void paintNames(GraphicsContext g, double width) {
    double x = left;
    g.setTextAlign(TextAlignment.LEFT);
    double room = (width - left - RIGHT) / Math.max(1, picture.lines().size()) - 34;
    for (int i = 0; i < picture.lines().size(); i++) {
      String name = ruler.fit(picture.lines().get(i).name(), Math.max(40, room));
      g.setFill(series(i));
      g.fillRoundRect(x, 8, 14, 4, 4, 4);
      g.setFill(muted());
      g.fillText(name, x + 20, 10);
      x += 20 + ruler.width(name) + 16;
    }
  }

  private void paintCrosshair(GraphicsContext g, double width) {
    long minute =
        picture.from()
            + Math.round((crosshair - left) / plotWidth * (picture.to() - picture.from()));
    double x = Math.round(x(minute)) + 0.5;
    g.setStroke(muted());
    g.setLineWidth(1);
    g.strokeLine(x, TOP, x, TOP + plotHeight);
    int shown = 0;
    String time = clock.minute(Instant.ofEpochSecond(minute * 60));
    double widest = ruler.width(time);
    String[] texts = new String[picture.lines().size()];
    for (int i = 0; i < texts.length; i++) {
      double value = valueAt(picture.lines().get(i), minute);
      texts[i] = picture.lines().get(i).name() + "  " + Figures.reading(value, picture.unit());
      widest = Math.max(widest, ruler.width(texts[i]) + 12);
      if (!Double.isNaN(value)) {
        g.setFill(ground());
        g.fillOval(x - 5, y(value) - 5, 10, 10);
        g.setFill(series(i));
        g.fillOval(x - 3.5, y(value) - 3.5, 7, 7);
        shown++;
      }
    }
    double boxWidth = widest + 20;
    double boxHeight = 26 + 17 * texts.length;
    double boxX = x + 12 + boxWidth > width ? x - 12 - boxWidth : x + 12;
    double boxY = Math.max(2, Math.min(TOP + 6, TOP + plotHeight - boxHeight));
    g.setFill(ground());
    g.fillRoundRect(boxX, boxY, boxWidth, boxHeight, 8, 8);
    g.setStroke(grid());
    g.strokeRoundRect(boxX + 0.5, boxY + 0.5, boxWidth - 1, boxHeight - 1, 8, 8);
    g.setTextAlign(TextAlignment.LEFT);
    g.setFill(muted());
    g.fillText(shown == 0 ? time + "  no reading" : time, boxX + 10, boxY + 13);
    for (int i = 0; i < texts.length; i++) {
      double y = boxY + 30 + 17 * i;
      g.setFill(series(i));
      g.fillOval(boxX + 10, y - 3, 6, 6);
      g.setFill(ink());
      g.fillText(texts[i], boxX + 22, y);
    }
  }

  private static double valueAt(Line line, long minute) {
    int at = Decimation.firstAtOrAfter(line.minutes(), minute);
    double value = Double.NaN;
    long nearest = LONGEST_BRIDGE_MINUTES;
    for (int i = Math.max(0, at - 1); i <= at && i < line.minutes().length; i++) {
      long distance = Math.abs(line.minutes()[i] - minute);
      if (distance < nearest) {
        nearest = distance;
        value = line.values()[i];
      }
    }
    return value;
  }

  private void steer(KeyEvent event) {
    double step = event.isShiftDown() ? 40 : 8;
    double from = crosshair < 0 ? left + plotWidth : crosshair;
    switch (event.getCode()) {
      case LEFT -> moveCrosshair(Math.max(left, from - step));
      case RIGHT -> moveCrosshair(Math.min(left + plotWidth, from + step));
      case HOME -> moveCrosshair(left);
      case END -> moveCrosshair(left + plotWidth);
      case ESCAPE -> moveCrosshair(-1);
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void moveCrosshair(double x) {
    if (x != crosshair) {
      crosshair = x;
      repaint();
    }
  }

  private double x(long minute) {
    return left
        + plotWidth
            * (minute - picture.from())
            / Math.max(1.0, (double) (picture.to() - picture.from()));
  }

  private double y(double value) {
    double low = ticks[0];
    double high = ticks[ticks.length - 1];
    return TOP + plotHeight * (1 - Math.clamp((value - low) / (high - low), 0, 1));
  }
}
