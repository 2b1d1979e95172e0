package dev.millrace.views.charts;

import dev.millrace.views.theme.Tone;
import javafx.scene.control.Label;
import javafx.scene.shape.StrokeLineCap;

/// A share as a ring that fills clockwise from the top, with a few words in its middle.
public final class Ring extends ThemedCanvas {

  private final Label centre = new Label();
  private double percent;
  private Tone tone = Tone.MUTED;

  public Ring() {
    getStyleClass().add("ring");
    centre.getStyleClass().add("ring-centre");
    getChildren().add(centre);
  }

  /// @param percent 0 to 100
  public void show(double percent, Tone tone, String words) {
    this.percent = Math.clamp(percent, 0, 100);
    this.tone = tone;
    if (!words.equals(centre.getText())) {
      centre.setText(words);
      requestLayout();
    }
    repaint();
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    centre.autosize();
    centre.relocate(
        Math.rint((getWidth() - centre.getWidth()) / 2),
        Math.rint((getHeight() - centre.getHeight()) / 2));
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    double side = Math.min(width, height);
    double stroke = Math.max(3, Math.round(side * 0.11));
    double size = side - stroke - 1;
    double x = (width - size) / 2;
    double y = (height - size) / 2;
    g.setLineWidth(stroke);
    g.setLineCap(StrokeLineCap.BUTT);
    g.setStroke(grid());
    g.strokeOval(x, y, size, size);
    if (percent > 0) {
      g.setStroke(of(tone));
      g.strokeArc(x, y, size, size, 90, -3.6 * percent);
    }
  }
}
