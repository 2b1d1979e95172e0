package dev.millrace.views.charts;

import dev.millrace.views.theme.Tone;
import java.util.Arrays;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;
import javafx.scene.shape.StrokeLineJoin;

/// The course of a number without axes, oldest left. Its ground line is 0.
public final class Sparkline extends ThemedCanvas {

  private double[] values = new double[0];
  private Tone tone = Tone.ACCENT;

  public Sparkline() {
    getStyleClass().add("sparkline");
  }

  /// @param values read, not copied; not to be changed afterwards
  public void show(double[] values, Tone tone) {
    if (tone == this.tone && Arrays.equals(values, this.values)) {
      return;
    }
    this.values = values;
    this.tone = tone;
    repaint();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    Color colour = of(tone);
    double top = 2;
    double foot = height - 1.5;
    if (values.length < 2) {
      g.setStroke(grid());
      g.setLineWidth(1);
      g.strokeLine(0, foot, width, foot);
      return;
    }
    double highest = values[0];
    double lowest = values[0];
    for (double value : values) {
      highest = Math.max(highest, value);
      lowest = Math.min(lowest, value);
    }
    // A course that never nears 0 is shown from below its lowest, or it would be a flat line.
    // A tenth of its height is the least that a wave may stand for, or noise would look like news.
    double wave = Math.max(highest - lowest, highest * 0.1);
    double base = lowest > 0.6 * highest ? highest - wave * 1.6 : 0;
    double span = Math.max(1e-9, highest - base);
    double stepX = width / (values.length - 1);
    g.beginPath();
    g.moveTo(0, foot);
    for (int i = 0; i < values.length; i++) {
      g.lineTo(i * stepX, foot - (values[i] - base) / span * (foot - top));
    }
    g.lineTo(width, foot);
    g.closePath();
    g.setFill(
        new LinearGradient(
            0,
            0,
            0,
            1,
            true,
            CycleMethod.NO_CYCLE,
            new Stop(0, colour.deriveColor(0, 1, 1, 0.38)),
            new Stop(1, colour.deriveColor(0, 1, 1, 0.02))));
    g.fill();
    g.setStroke(colour);
    g.setLineWidth(1.5);
    g.setLineJoin(StrokeLineJoin.ROUND);
    g.beginPath();
    for (int i = 0; i < values.length; i++) {
      double y = foot - (values[i] - base) / span * (foot - top);
      if (i == 0) {
        g.moveTo(0, y);
      } else {
        g.lineTo(i * stepX, y);
      }
    }
    g.stroke();
  }
}
