package dev.millrace.views.lake;

import dev.millrace.views.charts.Heading;
import dev.millrace.views.charts.Pen;
import dev.millrace.views.charts.TextRuler;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.charts.Ticks;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// A query's result as lines over time or bars over words.
final class ResultChart extends ThemedCanvas {

  private static final double TOP = 30;
  private static final double FOOT = 24;

  private final TextRuler ruler = new TextRuler(SMALL);
  private final Clock clock;
  private final Tooltip tooltip = new Tooltip();
  private Optional<ChartGuess> guess = Optional.empty();
  private double left = 50;
  private double room;
  private double tall;
  private double low;
  private double high = 1;
  private double mark = -1;

  ResultChart(Clock clock) {
    this.clock = clock;
    getStyleClass().add("trend");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    tooltip.getStyleClass().add("chart-tooltip");
    setOnMouseMoved(this::hover);
    setOnMouseExited(
        _ -> {
          mark = -1;
          tooltip.hide();
          repaint();
        });
  }

  void show(Optional<ChartGuess> next) {
    guess = next;
    setAccessibleText(
        next.map(g -> "Chart of " + g.y() + " over " + g.x()).orElse("No chart fits this result"));
    repaint();
  }

  /// What it is of; empty when no chart fits.
  Optional<Heading> heading() {
    return guess.map(chart -> chart.heading(clock));
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    if (guess.isEmpty()) {
      g.setFill(muted());
      g.setFont(SMALL);
      g.setTextAlign(TextAlignment.CENTER);
      g.setTextBaseline(VPos.CENTER);
      g.fillText(
          "A chart needs a column of numbers beside one of times or words.", width / 2, height / 2);
      return;
    }
    ChartGuess chart = guess.get();
    tall = height - TOP - FOOT;
    bounds(chart);
    double[] ticks = Ticks.around(low, high, Math.clamp((int) (tall / 26), 2, 9));
    low = ticks[0];
    high = ticks[ticks.length - 1];
    left = 16;
    double step = ticks[1] - ticks[0];
    for (double tick : ticks) {
      left = Math.max(left, ruler.width(Figures.tick(tick, step)) + 14);
    }
    room = width - left - 14;
    g.setFont(SMALL);
    g.setTextBaseline(VPos.CENTER);
    g.setLineWidth(1);
    for (double tick : ticks) {
      double y = Math.floor(y(tick)) + 0.5;
      g.setStroke(grid());
      g.strokeLine(left, y, left + room, y);
      g.setFill(muted());
      g.setTextAlign(TextAlignment.RIGHT);
      g.fillText(Figures.tick(tick, step), left - 7, y);
    }
    if (chart.timed()) {
      paintLines(g, chart);
    } else {
      paintBars(g, chart);
    }
  }

  private void bounds(ChartGuess chart) {
    low = Double.POSITIVE_INFINITY;
    high = Double.NEGATIVE_INFINITY;
    for (double[] line : chart.lines().values()) {
      for (double value : line) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (!(low <= high)) {
      low = 0;
      high = 1;
    }
    if (!chart.timed() || (low > 0 && low < (high - low) * 0.6)) {
      low = Math.min(0, low);
      high = Math.max(0, high);
    }
    if (low == high) {
      high = low + 1;
    }
  }

  private double y(double value) {
    return TOP + tall * (1 - (value - low) / (high - low));
  }

  private void paintLines(Pen g, ChartGuess chart) {
    double[] places = chart.places();
    double first = places[0];
    double span = Math.max(1, places[places.length - 1] - first);
    int number = 0;
    double key = left;
    for (Map.Entry<String, double[]> line : chart.lines().entrySet()) {
      Color colour = colour(number);
      g.setStroke(colour);
      g.setLineWidth(1.7);
      g.beginPath();
      boolean open = false;
      double[] values = line.getValue();
      for (int i = 0; i < places.length; i++) {
        if (!Double.isFinite(values[i])) {
          continue;
        }
        double x = left + room * (places[i] - first) / span;
        if (open) {
          g.lineTo(x, y(values[i]));
        } else {
          g.moveTo(x, y(values[i]));
          open = true;
        }
      }
      g.stroke();
      g.setFill(colour);
      g.fillRoundRect(key, 10, 14, 3, 2, 2);
      g.setFill(muted());
      g.setTextAlign(TextAlignment.LEFT);
      g.fillText(line.getKey(), key + 19, 12);
      key += 19 + ruler.width(line.getKey()) + 18;
      number++;
    }
    paintTimes(g, first, span);
    if (mark >= 0) {
      double x = left + room * (places[(int) mark] - first) / span;
      g.setStroke(muted());
      g.setLineWidth(1);
      g.strokeLine(x, TOP, x, TOP + tall);
    }
  }

  private Color colour(int number) {
    return series(number);
  }

  private void paintTimes(Pen g, double first, double span) {
    long[] times =
        Ticks.times(
            (long) Math.ceil(first * 1_000),
            (long) ((first + span) * 1_000),
            clock.zone(),
            Math.max(2, (int) (room / 90)));
    g.setTextAlign(TextAlignment.CENTER);
    g.setFill(muted());
    for (long time : times) {
      double x = left + room * (time / 1_000.0 - first) / span;
      Instant at = Instant.ofEpochMilli(time);
      String words =
          span > 86_400 * 1.5 ? clock.day(at) + " " + clock.minute(at) : clock.minute(at);
      g.fillText(words, Math.clamp(x, left + 16, left + room - 16), TOP + tall + 13);
    }
  }

  private void paintBars(Pen g, ChartGuess chart) {
    double[] values = chart.lines().values().iterator().next();
    double slot = room / values.length;
    double wide = Math.clamp(slot * 0.7, 1, 64);
    g.setTextAlign(TextAlignment.CENTER);
    double free = left;
    for (int i = 0; i < values.length; i++) {
      double x = left + slot * i + (slot - wide) / 2;
      double zero = y(0);
      double top = y(values[i]);
      g.setFill(series(0).deriveColor(0, 1, 1, mark == i ? 1 : 0.8));
      g.fillRoundRect(x, Math.min(zero, top), wide, Math.max(1, Math.abs(zero - top)), 3, 3);
      String words = ruler.fit(chart.labels().get(i), Math.max(slot - 4, 44));
      double half = ruler.width(words) / 2;
      if (x + wide / 2 - half >= free) {
        g.setFill(muted());
        g.fillText(words, x + wide / 2, TOP + tall + 13);
        free = x + wide / 2 + half + 6;
      }
    }
    g.setFill(muted());
    g.setTextAlign(TextAlignment.LEFT);
    g.fillText(chart.y() + " by " + chart.x(), left, 12);
  }

  private void hover(MouseEvent e) {
    if (guess.isEmpty() || room <= 0) {
      return;
    }
    ChartGuess chart = guess.get();
    double share = (e.getX() - left) / room;
    if (share < 0 || share > 1) {
      tooltip.hide();
      return;
    }
    StringBuilder text = new StringBuilder();
    if (chart.timed()) {
      double[] places = chart.places();
      double at = places[0] + share * (places[places.length - 1] - places[0]);
      int nearest = 0;
      for (int i = 1; i < places.length; i++) {
        if (Math.abs(places[i] - at) < Math.abs(places[nearest] - at)) {
          nearest = i;
        }
      }
      mark = nearest;
      Instant moment = Instant.ofEpochSecond((long) places[nearest]);
      text.append(clock.day(moment)).append(' ').append(clock.minute(moment));
      int place = nearest;
      chart
          .lines()
          .forEach(
              (name, line) ->
                  text.append('\n').append(name).append("  ").append(Figures.reading(line[place])));
    } else {
      int bar = Math.min(chart.labels().size() - 1, (int) (share * chart.labels().size()));
      mark = bar;
      double[] values = chart.lines().values().iterator().next();
      text.append(chart.labels().get(bar)).append("  ").append(Figures.reading(values[bar]));
    }
    tooltip.setText(text.toString());
    tooltip.show(this, e.getScreenX() + 14, e.getScreenY() + 14);
    repaint();
  }
}
