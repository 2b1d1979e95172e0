package dev.millrace.views.charts;

import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.text.TextAlignment;

/// One reading among those it was judged by: their mean, the band it should lie in, and what came
/// after.
public final class ScoreChart extends ThemedCanvas {

  private static final double TOP = 26;
  private static final double FOOT = 22;
  private static final double RIGHT = 58;

  private final Clock clock;
  private final TextRuler ruler = new TextRuler(SMALL);
  private Picture picture = Picture.EMPTY;

  /// What it shows.
  ///
  /// @param times epoch milliseconds, ascending; read only
  /// @param values beside `times`; read only
  /// @param at index of the reading itself
  /// @param mean NaN for none, as `deviation`
  /// @param limit deviations the band is wide to either side
  public record Picture(
      long[] times,
      double[] values,
      int at,
      double mean,
      double deviation,
      double limit,
      String unit,
      Tone tone) {
    public static final Picture EMPTY =
        new Picture(new long[0], new double[0], 0, Double.NaN, Double.NaN, 4, "", Tone.ACCENT);
  }

  public ScoreChart(Clock clock) {
    this.clock = clock;
    getStyleClass().add("trend");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
  }

  public void show(Picture next) {
    picture = next;
    setAccessibleText(
        next.times().length == 0
            ? "No readings before it"
            : "The reading "
                + Figures.reading(next.values()[next.at()], next.unit())
                + " among "
                + next.at()
                + " before it, whose mean is "
                + Figures.reading(next.mean(), next.unit()));
    repaint();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    int count = picture.times().length;
    if (count == 0) {
      return;
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : picture.values()) {
      if (!Double.isNaN(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    double band = picture.deviation() * picture.limit();
    boolean judged = !Double.isNaN(band) && !Double.isNaN(picture.mean());
    if (judged) {
      low = Math.min(low, picture.mean() - band);
      high = Math.max(high, picture.mean() + band);
    }
    double[] ticks = Ticks.around(low, high, (int) Math.clamp((height - TOP - FOOT) / 26, 3, 8));
    double step = ticks[1] - ticks[0];
    double left = 0;
    for (double tick : ticks) {
      left = Math.max(left, ruler.width(Figures.tick(tick, step)) + 12);
    }
    // A reading takes the same room as the next, whatever time lies between.
    TrendFrame frame =
        new TrendFrame(
            left,
            TOP,
            width - left - RIGHT,
            height - TOP - FOOT,
            0,
            Math.max(1, count - 1),
            ticks[0],
            ticks[ticks.length - 1]);
    g.setFont(SMALL);
    g.setTextBaseline(VPos.CENTER);
    paintAxes(g, frame, ticks, step, height);
    if (judged) {
      paintBand(g, frame, band);
    }
    paintReadings(g, frame, count);
  }

  private void paintAxes(Pen g, TrendFrame frame, double[] ticks, double step, double height) {
    g.setLineWidth(1);
    g.setTextAlign(TextAlignment.RIGHT);
    for (double tick : ticks) {
      double y = Math.round(frame.y(tick)) + 0.5;
      g.setStroke(grid());
      g.strokeLine(frame.left(), y, frame.right(), y);
      g.setFill(muted());
      g.fillText(Figures.tick(tick, step), frame.left() - 8, y);
    }
    g.setTextAlign(TextAlignment.LEFT);
    g.fillText(clock.second(Instant.ofEpochMilli(picture.times()[0])), frame.left(), height - 8);
    g.setTextAlign(TextAlignment.RIGHT);
    g.fillText(
        clock.second(Instant.ofEpochMilli(picture.times()[picture.times().length - 1])),
        frame.right(),
        height - 8);
    g.setTextAlign(TextAlignment.LEFT);
    g.fillText(
        Figures.counted(picture.at(), "reading") + " before, the reading, and what came after",
        frame.left(),
        10);
  }

  private void paintBand(Pen g, TrendFrame frame, double band) {
    double to = frame.x(picture.at());
    double high = frame.y(picture.mean() + band);
    double low = frame.y(picture.mean() - band);
    g.setFill(of(Tone.ACCENT).deriveColor(0, 1, 1, dark() ? 0.13 : 0.1));
    g.fillRect(frame.left(), high, to - frame.left(), Math.max(1, low - high));
    g.setStroke(of(Tone.ACCENT).deriveColor(0, 1, 1, 0.7));
    g.setLineWidth(1);
    g.setLineDashes(4, 4);
    double mean = Math.round(frame.y(picture.mean())) + 0.5;
    g.strokeLine(frame.left(), mean, to, mean);
    g.setLineDashes();
    g.setTextAlign(TextAlignment.LEFT);
    g.setFill(muted());
    String limit = Figures.count(Math.round(picture.limit())) + " σ";
    g.fillText("mean", frame.right() + 8, mean);
    if (mean - high > 12) {
      g.fillText("+" + limit, frame.right() + 8, high);
      g.fillText("−" + limit, frame.right() + 8, low);
    }
  }

  private void paintReadings(Pen g, TrendFrame frame, int count) {
    g.setStroke(muted().deriveColor(0, 1, 1, 0.6));
    g.setLineWidth(1.2);
    g.beginPath();
    for (int i = 0; i < count; i++) {
      if (i == 0) {
        g.moveTo(frame.x(i), frame.y(picture.values()[i]));
      } else {
        g.lineTo(frame.x(i), frame.y(picture.values()[i]));
      }
    }
    g.stroke();
    for (int i = 0; i < count; i++) {
      if (i != picture.at()) {
        g.setFill(i < picture.at() ? of(Tone.ACCENT) : muted());
        double size = count > 40 ? 4 : 5;
        g.fillOval(frame.x(i) - size / 2, frame.y(picture.values()[i]) - size / 2, size, size);
      }
    }
    double x = frame.x(picture.at());
    double value = picture.values()[picture.at()];
    double y = frame.y(value);
    g.setFill(of(picture.tone()));
    g.fillOval(x - 5, y - 5, 10, 10);
    g.setStroke(ink());
    g.setLineWidth(1.6);
    g.strokeOval(x - 7, y - 7, 14, 14);
    String words = Figures.reading(value, picture.unit());
    double wide = ruler.width(words);
    boolean below = y < TOP + 22;
    g.setFill(ink());
    g.setFont(SMALL_STRONG);
    g.setTextAlign(TextAlignment.CENTER);
    g.fillText(
        words,
        Math.clamp(x, frame.left() + wide / 2 + 4, frame.right() - wide / 2),
        below ? y + 18 : y - 16);
    g.setFont(SMALL);
  }
}
