package dev.millrace.views.lake;

import dev.millrace.engine.api.Answer;
import dev.millrace.views.charts.TextRuler;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/// Rows that each version added (up) and took out (down), newest at the right.
final class VersionBars extends ThemedCanvas {

  private static final double PITCH = 7;

  private final TextRuler ruler = new TextRuler(SMALL);
  private List<Answer.Version> versions = List.of();
  private long chosen = -1;

  VersionBars() {
    getStyleClass().addAll("runs-grid", "version-bars");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText("Rows added and removed by version");
    setMinHeight(72);
    setPrefHeight(72);
    setMaxHeight(72);
  }

  /// @param next newest first
  void show(List<Answer.Version> next, long marked) {
    versions = next;
    chosen = marked;
    repaint();
  }

  @Override
  protected void paint(GraphicsContext g, double width, double height) {
    long most = 1;
    long least = 0;
    int shown = (int) Math.min(versions.size(), Math.floor((width - 90) / PITCH));
    for (int i = 0; i < shown; i++) {
      long in = versions.get(i).effect().map(Answer.Effect::rowsAdded).orElse(0L);
      long out = versions.get(i).effect().map(Answer.Effect::rowsRemoved).orElse(0L);
      most = Math.max(most, in);
      least = Math.max(least, out);
    }
    double up = least == 0 ? height - 4 : (height - 6) * most / (most + least);
    up = Math.max(up, 14);
    double zero = 2 + up;
    double down = height - zero - 2;
    for (int i = 0; i < shown; i++) {
      Answer.Version version = versions.get(i);
      double x = width - (i + 1) * PITCH;
      Answer.Effect effect =
          version.effect().orElseGet(() -> new Answer.Effect(0, 0, 0, 0));
      boolean marked = version.version() == chosen;
      g.setFill(marked ? of(Tone.ACCENT) : of(Tone.GOOD).deriveColor(0, 1, 1, 0.85));
      double tall = up * effect.rowsAdded() / most;
      g.fillRoundRect(x, zero - Math.max(1, tall), PITCH - 2, Math.max(1, tall), 2, 2);
      if (effect.rowsRemoved() > 0 && least > 0) {
        g.setFill(of(Tone.WARNING));
        g.fillRoundRect(x, zero + 1, PITCH - 2, Math.max(1, down * effect.rowsRemoved() / least), 2, 2);
      }
    }
    g.setStroke(grid());
    g.setLineWidth(1);
    g.strokeLine(84, zero + 0.5, width, zero + 0.5);
    g.setFont(SMALL);
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.LEFT);
    g.setFill(muted());
    g.fillText(ruler.fit("+" + Figures.compact(most) + " rows", 80), 0, 9);
    if (least > 0) {
      g.fillText(ruler.fit("−" + Figures.compact(least) + " rows", 80), 0, height - 8);
    }
  }
}
