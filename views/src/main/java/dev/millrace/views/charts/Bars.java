package dev.millrace.views.charts;

import dev.millrace.views.theme.Tone;
import java.util.Arrays;

/// Amounts side by side, oldest left; amounts far above the rest stand out.
public final class Bars extends ThemedCanvas {

  private double[] values = new double[0];
  private Tone tone = Tone.MUTED;
  private Tone peak = Tone.BAD;

  public Bars() {
    getStyleClass().add("bars");
  }

  /// @param values read, not copied; not to be changed afterwards
  /// @param peak tone of bars over twice the mean
  public void show(double[] values, Tone tone, Tone peak) {
    if (tone == this.tone && peak == this.peak && Arrays.equals(values, this.values)) {
      return;
    }
    this.values = values;
    this.tone = tone;
    this.peak = peak;
    repaint();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    double highest = 0;
    double sum = 0;
    for (double value : values) {
      highest = Math.max(highest, value);
      sum += value;
    }
    int count = Math.max(1, values.length);
    double slot = width / count;
    double bar = Math.max(1, Math.min(14, Math.floor(slot * 0.68)));
    double mean = sum / count;
    for (int i = 0; i < count; i++) {
      double value = i < values.length ? values[i] : 0;
      double tall = highest <= 0 ? 0 : value / highest * (height - 3);
      double x = Math.round(i * slot + (slot - bar) / 2);
      if (tall < 1.5) {
        g.setFill(grid());
        g.fillRect(x, height - 2, bar, 2);
        continue;
      }
      boolean stands = value > 2 * mean && value >= 3;
      g.setFill(of(stands ? peak : tone).deriveColor(0, 1, 1, stands ? 0.95 : 0.7));
      double round = Math.min(3, bar / 2);
      g.fillRoundRect(x, Math.rint(height - tall), bar, Math.rint(tall), round, round);
    }
  }
}
