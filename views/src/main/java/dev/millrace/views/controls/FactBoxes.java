package dev.millrace.views.controls;

import dev.millrace.views.theme.Tone;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Figures in boxes side by side, each below its name. FX thread only.
public final class FactBoxes extends HBox {

  private final Repeater<Fact, Box> boxes = new Repeater<>(this, Box::new, Box::show);

  public FactBoxes() {
    super(8);
  }

  public void show(List<Fact> facts) {
    boxes.show(facts);
  }

  private static final class Box extends VBox {

    private final Label name = new Label();
    private final Label value = new Label();
    private String remark = "";

    Box() {
      super(1);
      name.getStyleClass().add("fact-name");
      value.getStyleClass().add("fact-figure");
      Hint.on(value, () -> remark);
      getChildren().setAll(name, value);
      getStyleClass().add("fact-box");
      setMinWidth(0);
      setPrefWidth(100);
      HBox.setHgrow(this, Priority.ALWAYS);
    }

    void show(Fact fact) {
      name.setText(fact.name());
      value.setText(fact.value());
      remark = fact.remark();
      fact.tone().dress(value);
      if (fact.tone() == Tone.MUTED) {
        value.getStyleClass().remove("standing");
      } else if (!value.getStyleClass().contains("standing")) {
        value.getStyleClass().add("standing");
      }
    }
  }
}
