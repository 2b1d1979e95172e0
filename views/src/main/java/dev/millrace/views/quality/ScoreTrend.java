package dev.millrace.views.quality;

import dev.millrace.engine.quality.history.TableHistory.Point;
import dev.millrace.views.charts.Pen;
import dev.millrace.views.charts.TextRuler;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.charts.Ticks;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// Scores of a table's validations, one beside the other, oldest left. Mouse and arrow keys choose
/// one.
final class ScoreTrend extends ThemedCanvas {

  private static final double LEFT = 46;
  private static final double RIGHT = 16;
  private static final double TOP = 10;
  private static final double FOOT = 22;

  private final Clock clock;
  private final Consumer<Optional<Point>> heard;
  private final TextRuler ruler = new TextRuler(SMALL);
  private List<Point> points = List.of();
  private Instant now = Instant.EPOCH;
  private int chosen = -1;

  /// @param heard told of the point that is chosen
  ScoreTrend(Clock clock, Consumer<Optional<Point>> heard) {
    this.clock = clock;
    this.heard = heard;
    setId("score-trend");
    getStyleClass().add("score-trend");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setOnMouseMoved(e -> choose(at(e.getX())));
    setOnMouseClicked(
        e -> {
          requestFocus();
          choose(at(e.getX()));
        });
    setOnKeyPressed(this::steer);
    focusedProperty().addListener((_, _, _) -> repaint());
  }

  void show(List<Point> next, Instant at) {
    points = next;
    now = at;
    chosen = next.size() - 1;
    setAccessibleText(
        next.isEmpty()
            ? "No validation yet"
            : "Scores of %d validations, the last %s"
                .formatted(next.size(), Figures.percent(next.getLast().percent())));
    heard.accept(point());
    repaint();
  }

  private Optional<Point> point() {
    return chosen < 0 || chosen >= points.size()
        ? Optional.empty()
        : Optional.of(points.get(chosen));
  }

  private void choose(int next) {
    int within = Math.clamp(next, -1, points.size() - 1);
    if (within != chosen && within >= 0) {
      chosen = within;
      heard.accept(point());
      repaint();
    }
  }

  private void steer(KeyEvent e) {
    switch (e.getCode()) {
      case LEFT -> choose(Math.max(0, chosen - 1));
      case RIGHT -> choose(chosen + 1);
      case HOME -> choose(0);
      case END -> choose(points.size() - 1);
      default -> {
        return;
      }
    }
    e.consume();
  }

  private double step(double width) {
    return points.size() < 2 ? 0 : (width - LEFT - RIGHT) / (points.size() - 1);
  }

  private double x(int i, double width) {
    return points.size() < 2 ? LEFT + (width - LEFT - RIGHT) / 2 : LEFT + i * step(width);
  }

  private int at(double x) {
    double step = step(getWidth());
    return step <= 0 ? points.size() - 1 : (int) Math.rint((x - LEFT) / step);
  }

  static Tone tone(Point point) {
    if (point.passed() == point.total()) {
      return Tone.GOOD;
    }
    return point.blocking() || point.holdsLoad() ? Tone.BAD : Tone.WARNING;
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    if (points.isEmpty()) {
      return;
    }
    double lowest = points.stream().mapToDouble(Point::percent).min().orElse(0);
    double[] ticks = Ticks.around(Math.max(0, Math.min(lowest, 96) - 2), 100, 5);
    double low = Math.max(0, ticks[0]);
    double plot = height - TOP - FOOT;
    g.setFont(SMALL);
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.RIGHT);
    g.setLineWidth(1);
    for (double tick : ticks) {
      if (tick < low || tick > 100.01) {
        continue;
      }
      double y = Math.rint(y(tick, low, plot)) + 0.5;
      g.setStroke(grid());
      g.strokeLine(LEFT, y, width - RIGHT, y);
      g.setFill(muted());
      g.fillText(Figures.compact(tick) + " %", LEFT - 8, y);
    }
    g.setStroke(of(Tone.ACCENT).deriveColor(0, 1, 1, 0.75));
    g.setLineWidth(1.6);
    g.beginPath();
    for (int i = 0; i < points.size(); i++) {
      double y = y(points.get(i).percent(), low, plot);
      if (i == 0) {
        g.moveTo(x(i, width), y);
      } else {
        g.lineTo(x(i, width), y);
      }
    }
    g.stroke();
    double radius = points.size() > 120 ? 2 : 3.5;
    for (int i = 0; i < points.size(); i++) {
      g.setFill(of(tone(points.get(i))));
      double y = y(points.get(i).percent(), low, plot);
      g.fillOval(x(i, width) - radius, y - radius, 2 * radius, 2 * radius);
    }
    times(g, width, height);
    if (chosen >= 0 && chosen < points.size()) {
      mark(g, width, height, low, plot);
    }
  }

  private void mark(Pen g, double width, double height, double low, double plot) {
    double x = Math.rint(x(chosen, width)) + 0.5;
    Point point = points.get(chosen);
    double y = y(point.percent(), low, plot);
    Color ink = isFocused() ? of(Tone.ACCENT) : muted();
    g.setStroke(ink);
    g.setLineWidth(1);
    g.strokeLine(x, TOP, x, height - FOOT);
    g.setFill(ground());
    g.fillOval(x - 6, y - 6, 12, 12);
    g.setFill(of(tone(point)));
    g.fillOval(x - 4.5, y - 4.5, 9, 9);
  }

  /// Times below the points they belong to, as many as fit.
  private void times(Pen g, double width, double height) {
    g.setFill(muted());
    double free = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < points.size(); i++) {
      String words = clock.minute(points.get(i).at(), now);
      double wide = ruler.width(words);
      double x = Math.clamp(x(i, width) - wide / 2, LEFT - 10, Math.max(LEFT, width - wide - 2));
      if (x > free) {
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(words, x, height - 9);
        free = x + wide + 34;
      }
    }
  }

  private static double y(double percent, double low, double plot) {
    return TOP + plot * (1 - (percent - low) / Math.max(1e-9, 100 - low));
  }
}
