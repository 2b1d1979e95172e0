package dev.millrace.views.lake;

import dev.millrace.engine.api.Answer;
import dev.millrace.views.charts.Pen;
import dev.millrace.views.charts.TextRuler;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.text.TextAlignment;

/// Rows that each version added (up) or took out (down) on balance, newest at the right. One that
/// only laid rows out anew, as an optimize does, is a mark on the line.
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

  /// Rows more than before, or fewer.
  private static long change(Answer.Version version) {
    return version.effect().map(e -> e.rowsAdded() - e.rowsRemoved()).orElse(0L);
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    long most = 1;
    long least = 0;
    int shown = (int) Math.min(versions.size(), Math.floor((width - 90) / PITCH));
    for (int i = 0; i < shown; i++) {
      long change = change(versions.get(i));
      most = Math.max(most, change);
      least = Math.max(least, -change);
    }
    double up = least == 0 ? height - 4 : (height - 6) * most / (most + least);
    up = Math.max(up, 14);
    double zero = 2 + up;
    double down = height - zero - 2;
    for (int i = 0; i < shown; i++) {
      Answer.Version version = versions.get(i);
      double x = width - (i + 1) * PITCH;
      boolean marked = version.version() == chosen;
      long change = change(version);
      boolean anew = change == 0 && version.effect().filter(e -> e.rowsAdded() > 0).isPresent();
      if (anew) {
        g.setFill(marked ? of(Tone.ACCENT) : muted());
        g.fillOval(x, zero - 3, PITCH - 2, PITCH - 2);
      } else if (change >= 0) {
        double tall = Math.max(1, up * change / most);
        g.setFill(marked ? of(Tone.ACCENT) : of(Tone.GOOD));
        g.fillRoundRect(x, zero - tall, PITCH - 2, tall, 2, 2);
      } else {
        g.setFill(marked ? of(Tone.ACCENT) : of(Tone.WARNING));
        g.fillRoundRect(x, zero + 1, PITCH - 2, Math.max(1, down * -change / least), 2, 2);
      }
    }
    g.setStroke(muted().deriveColor(0, 1, 1, 0.5));
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
