package dev.millrace.views.anomalies;

import dev.millrace.engine.live.Gravity;
import dev.millrace.views.controls.Hint;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// What the colours of a timeline's marks say, the gravest first. FX thread only.
public final class GravityLegend extends HBox {

  private GravityLegend(boolean whole) {
    super(whole ? 18 : 12);
    for (Gravity gravity : new ArrayList<>(List.of(Gravity.values())).reversed()) {
      getChildren().add(key(gravity, whole));
    }
    setAlignment(Pos.CENTER_LEFT);
    setMinWidth(USE_PREF_SIZE);
  }

  /// With what each gravity means.
  public static GravityLegend whole() {
    return new GravityLegend(true);
  }

  /// With a word for each gravity, which tells its meaning when the mouse comes.
  public static GravityLegend brief() {
    return new GravityLegend(false);
  }

  private static Label key(Gravity gravity, boolean whole) {
    Region dot = new Region();
    dot.getStyleClass().add("gravity-dot");
    AnomalyWords.tone(gravity).dress(dot);
    String word = AnomalyWords.gravity(gravity);
    String meaning = AnomalyWords.meaning(gravity);
    Label key = new Label(whole ? word + ": " + meaning : word, dot);
    key.getStyleClass().add("legend-words");
    key.setMinWidth(USE_PREF_SIZE);
    if (!whole) {
      Hint.on(key, word + ": " + meaning);
    }
    return key;
  }
}
