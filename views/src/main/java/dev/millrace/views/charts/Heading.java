package dev.millrace.views.charts;

import dev.millrace.views.theme.Fonts;
import javafx.geometry.VPos;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;

/// What stands above an exported chart, which is read where no room tells what it is of.
///
/// @param time which it shows, with its date and zone; empty where it shows none
public record Heading(String title, String time) {

  /// In pixels of the screen.
  public static final double HEIGHT = 44;

  private static final double LEFT = 2;
  private static final Font LARGE = Font.font(Fonts.FAMILY, FontWeight.BOLD, 14);

  void paint(Pen g, double width, Color ink, Color muted) {
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    g.setFont(LARGE);
    g.setFill(ink);
    g.fillText(new TextRuler(LARGE).fit(title, width - 2 * LEFT), LEFT, 15);
    g.setFont(ThemedCanvas.SMALL);
    g.setFill(muted);
    g.fillText(new TextRuler(ThemedCanvas.SMALL).fit(time, width - 2 * LEFT), LEFT, 33);
  }
}
