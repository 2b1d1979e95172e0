package dev.millrace.views.overview;

import dev.millrace.engine.flow.RunState;
import dev.millrace.views.charts.Pen;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.theme.Tone;
import java.util.List;

/// A run's steps as a row of squares in the colours of their states.
final class StepStrip extends ThemedCanvas {

  private static final double SIDE = 10;
  private static final double PITCH = 13;

  private List<RunState> steps = List.of();

  StepStrip() {
    getStyleClass().add("step-strip");
    setPrefSize(120, 14);
    setMinWidth(120);
    setMinHeight(14);
    setMaxHeight(14);
  }

  void show(List<RunState> next) {
    steps = next;
    repaint();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    double pitch = Math.min(PITCH, width / Math.max(1, steps.size()));
    double side = Math.max(2, Math.min(SIDE, pitch - 2));
    double y = Math.floor((height - side) / 2);
    for (int i = 0; i < steps.size(); i++) {
      Tone tone = Chips.tone(steps.get(i));
      double x = Math.floor(i * pitch);
      if (tone == Tone.MUTED) {
        g.setStroke(grid());
        g.setLineWidth(1);
        g.strokeRoundRect(x + 0.5, y + 0.5, side - 1, side - 1, 3, 3);
      } else {
        g.setFill(of(tone));
        g.fillRoundRect(x, y, side, side, 3, 3);
      }
    }
  }
}
