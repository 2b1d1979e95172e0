package dev.millrace.views.controls;

import dev.millrace.views.theme.Tone;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Figures in boxes side by side, each below its name. FX thread only.
public final class FactBoxes {

  private FactBoxes() {}

  /// Shows these; boxes that are there only change their words, for figures are told anew each
  /// second.
  public static void show(HBox row, List<Fact> facts) {
    while (row.getChildren().size() > facts.size()) {
      row.getChildren().removeLast();
    }
    while (row.getChildren().size() < facts.size()) {
      row.getChildren().add(new Box());
    }
    for (int i = 0; i < facts.size(); i++) {
      if (row.getChildren().get(i) instanceof Box box) {
        box.show(facts.get(i));
      }
    }
  }

  private static final class Box extends VBox {

    private final Label name = new Label();
    private final Label value = new Label();
    private final Tooltip remark = new Tooltip();

    Box() {
      super(1);
      name.getStyleClass().add("fact-name");
      value.getStyleClass().add("fact-figure");
      value.setTooltip(remark);
      getChildren().setAll(name, value);
      getStyleClass().add("fact-box");
      setMinWidth(0);
      setPrefWidth(100);
      HBox.setHgrow(this, Priority.ALWAYS);
    }

    void show(Fact fact) {
      name.setText(fact.name());
      value.setText(fact.value());
      remark.setText(fact.remark());
      List<String> classes =
          fact.tone() == Tone.MUTED
              ? List.of("label", "fact-figure")
              : List.of("label", "fact-figure", "standing", fact.tone().styleClass());
      if (!value.getStyleClass().equals(classes)) {
        value.getStyleClass().setAll(classes);
      }
    }
  }
}
