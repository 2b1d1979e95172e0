package dev.millrace.views.warehouse;

import dev.millrace.engine.quality.LoadHold;
import dev.millrace.views.theme.Tone;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// That quality holds the load, why, and the way to where a person decides about it.
final class HoldBox extends HBox {

  HoldBox(LoadHold hold, Runnable decide) {
    super(12);
    Label what = new Label(hold.what() + ". The warehouse keeps what it has.");
    what.getStyleClass().add("result-text");
    what.setWrapText(true);
    what.setMinWidth(0);
    Label remedy = new Label("To do: " + hold.remedy() + ".");
    remedy.getStyleClass().add("page-subtitle");
    remedy.setWrapText(true);
    remedy.setMinWidth(0);
    VBox words = new VBox(3, what, remedy);
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    Button open = Tiles.small(new Button("Quality"), "hold-decide");
    open.setGraphic(new FontIcon("mdi2s-shield-check-outline"));
    open.setOnAction(_ -> decide.run());
    setAlignment(Pos.CENTER_LEFT);
    setId("load-held");
    getStyleClass().addAll("result", Tone.WARNING.styleClass());
    setMinHeight(USE_PREF_SIZE);
    getChildren().setAll(words, open);
  }
}
