package dev.millrace.views.controls;

import dev.millrace.views.theme.Tone;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A figure with its name, unit, remark, and a small picture at its right.
public final class KpiTile extends HBox {

  private static final PseudoClass OUT_OF_TIME = PseudoClass.getPseudoClass("out-of-time");

  private final Label value = new Label("–");
  private final Label unit = new Label();
  private final Label note = new Label();
  private final Label name = new Label();
  private String told = "";
  private String remark = "";
  private String elsewhen = "";

  public KpiTile(String title, Region picture, double pictureWidth) {
    name.setText(title);
    name.getStyleClass().add("kpi-title");
    Hint.on(this, () -> told);
    value.getStyleClass().add("kpi-value");
    value.setMinWidth(USE_PREF_SIZE);
    unit.getStyleClass().add("kpi-unit");
    note.getStyleClass().add("kpi-note");
    HBox figure = new HBox(5, value, unit);
    figure.setAlignment(Pos.BASELINE_LEFT);
    VBox words = new VBox(1, name, figure, note);
    words.setAlignment(Pos.CENTER_LEFT);
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    picture.setMinSize(pictureWidth, 58);
    picture.setPrefSize(pictureWidth, 58);
    picture.setMaxSize(pictureWidth, 58);
    getChildren().addAll(words, picture);
    getStyleClass().addAll("card", "kpi");
    setSpacing(8);
    setAlignment(Pos.CENTER_LEFT);
    setPrefWidth(230);
    setMinWidth(150);
    HBox.setHgrow(this, Priority.ALWAYS);
  }

  /// Name of the figure.
  public StringProperty title() {
    return name.textProperty();
  }

  /// Steps back while the room shows another time than this figure's.
  ///
  /// @param words that say of what time it is, in place of the remark; empty when it is of the
  ///   room's time
  public void outOfTime(String words) {
    elsewhen = words;
    pseudoClassStateChanged(OUT_OF_TIME, !words.isEmpty());
    note.setText(words.isEmpty() ? remark : words);
  }

  /// @param detail the remark in a sentence; empty when it says no more
  public void show(String figure, String unitText, String remarked, Tone tone, String detail) {
    told = detail;
    value.setText(figure);
    unit.setText(unitText);
    remark = remarked;
    note.setText(elsewhen.isEmpty() ? remark : elsewhen);
    tone.dress(note);
    setAccessibleText(name.getText() + ": " + figure + " " + unitText + ", " + note.getText());
  }
}
