package dev.millrace.views.charts;

import java.util.HashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// Measures words before they are painted. FX thread only.
public final class TextRuler {

  private static final int MOST_KEPT = 2_000;

  private final Text text = new Text();
  private final Map<String, Double> widths = new HashMap<>();
  private final Font font;

  public TextRuler(Font font) {
    this.font = font;
    text.setFont(font);
  }

  Font font() {
    return font;
  }

  public double width(String words) {
    if (widths.size() > MOST_KEPT) {
      widths.clear();
    }
    return widths.computeIfAbsent(
        words,
        w -> {
          text.setText(w);
          return text.getLayoutBounds().getWidth();
        });
  }

  /// The words, cut with an ellipsis when they are wider than `room` pixels.
  public String fit(String words, double room) {
    if (width(words) <= room) {
      return words;
    }
    int end = words.length();
    while (end > 1 && width(words.substring(0, end) + "…") > room) {
      end--;
    }
    return words.substring(0, end).strip() + "…";
  }
}
