package dev.millrace.views.warehouse;

import dev.millrace.views.charts.Pen;
import dev.millrace.views.charts.TextRuler;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// Rows by window or by load, one column each: those that come or stay above the line, those that
/// go below it. The newest stand at the right; what has no room at the left is left out.
final class WindowBars extends ThemedCanvas {

  private static final double LEFT = 58;
  private static final double WIDEST = 96;
  private static final double NARROWEST = 3;
  private static final double FOOT = 17;

  private final TextRuler ruler = new TextRuler(SMALL);
  private final Tooltip tooltip = new Tooltip();
  private final String what;
  private List<Bar> bars = List.of();
  private int first;
  private double pitch = 1;

  /// @param what what the columns show, for those who do not see them
  WindowBars(String what) {
    this.what = what;
    getStyleClass().add("window-bars");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setMinHeight(84);
    setPrefHeight(84);
    setMaxHeight(84);
    tooltip.getStyleClass().add("chart-tooltip");
    setOnMouseMoved(
        e -> {
          int at = first + (int) Math.floor((e.getX() - LEFT) / pitch);
          if (e.getX() < LEFT || at < 0 || at >= bars.size()) {
            tooltip.hide();
          } else {
            tooltip.setText(words(bars.get(at)));
            tooltip.show(this, e.getScreenX() + 14, e.getScreenY() + 10);
          }
        });
    setOnMouseExited(_ -> tooltip.hide());
  }

  void show(List<Bar> next) {
    bars = next;
    setAccessibleText(
        what
            + ": "
            + Figures.counted(next.size(), "column")
            + (next.isEmpty() ? "" : ", the last " + words(next.getLast())));
    repaint();
  }

  private static String words(Bar bar) {
    StringBuilder words = new StringBuilder(bar.label());
    if (bar.up() > 0) {
      words.append(", ").append(Figures.count((long) bar.up())).append(" rows");
    }
    if (bar.still() > 0) {
      words.append(", ").append(Figures.count((long) bar.still())).append(" stay");
    }
    if (bar.down() > 0) {
      words.append(", ").append(Figures.count((long) bar.down())).append(" deleted");
    }
    return words.toString();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    if (bars.isEmpty()) {
      return;
    }
    double room = width - LEFT;
    pitch = Math.clamp(room / bars.size(), NARROWEST, WIDEST);
    int shown = (int) Math.min(bars.size(), Math.floor(room / pitch));
    first = bars.size() - shown;
    double most = 1;
    double least = 0;
    for (Bar bar : bars.subList(first, bars.size())) {
      most = Math.max(most, bar.up() + bar.still());
      least = Math.max(least, bar.down());
    }
    double tall = height - FOOT - 4;
    double up = Math.max(14, tall * most / (most + least));
    double zero = 2 + up;
    double down = tall - up;
    double wide = Math.max(1.5, pitch - (pitch > 8 ? 3 : 1));
    for (int i = 0; i < shown; i++) {
      Bar bar = bars.get(first + i);
      double x = LEFT + i * pitch;
      double comes = bar.up() <= 0 ? 0 : Math.max(2, up * bar.up() / most);
      double stays = bar.still() <= 0 ? 0 : Math.max(2, up * bar.still() / most);
      if (stays > 0) {
        g.setFill(muted().deriveColor(0, 1, 1, 0.38));
        g.fillRoundRect(x, zero - stays - comes, wide, stays, 3, 3);
      }
      if (comes > 0) {
        g.setFill(of(bar.tone()).deriveColor(0, 1, 1, 0.85));
        g.fillRoundRect(x, zero - comes, wide, comes, 3, 3);
      }
      if (bar.down() > 0) {
        g.setFill(of(Tone.WARNING).deriveColor(0, 1, 1, 0.85));
        g.fillRoundRect(x, zero + 1, wide, Math.max(2, down * bar.down() / least), 3, 3);
      }
    }
    Color line = muted().deriveColor(0, 1, 1, 0.5);
    g.setStroke(line);
    g.setLineWidth(1);
    g.strokeLine(LEFT, Math.rint(zero) + 0.5, width, Math.rint(zero) + 0.5);
    words(g, most, least, shown, height);
  }

  private void words(Pen g, double most, double least, int shown, double height) {
    g.setFont(SMALL);
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.RIGHT);
    g.setFill(muted());
    g.fillText(Figures.compact(most), LEFT - 8, 9);
    if (least > 0) {
      g.fillText("−" + Figures.compact(least), LEFT - 8, height - FOOT - 8);
    }
    g.setTextAlign(TextAlignment.LEFT);
    double free = Double.NEGATIVE_INFINITY;
    double end = LEFT + shown * pitch;
    for (int i = 0; i < shown; i++) {
      String label = bars.get(first + i).label();
      double wide = ruler.width(label);
      double x = LEFT + i * pitch;
      if (x >= free && (x + wide <= Math.max(end, LEFT + wide) || i == 0)) {
        g.fillText(label, x, height - 7);
        free = x + wide + 24;
      }
    }
  }
}
