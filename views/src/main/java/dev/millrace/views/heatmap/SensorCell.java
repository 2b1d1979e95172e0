package dev.millrace.views.heatmap;

import dev.millrace.views.charts.Sparkline;
import dev.millrace.views.heatmap.PlacePanel.Sensor;
import dev.millrace.views.theme.Tone;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// One sensor of the chosen place: what it measures, its last hour, its latest reading.
final class SensorCell extends ListCell<Sensor> {

  private final FontIcon icon = new FontIcon("mdi2a-access-point");
  private final Label name = new Label();
  private final Label note = new Label();
  private final Label value = new Label();
  private final Sparkline course = new Sparkline();
  private final HBox line;

  SensorCell() {
    name.getStyleClass().add("sensor-name");
    note.getStyleClass().add("sensor-note");
    value.getStyleClass().add("sensor-value");
    value.setMinWidth(Label.USE_PREF_SIZE);
    value.setPrefWidth(70);
    value.setAlignment(Pos.CENTER_RIGHT);
    course.setPrefSize(56, 26);
    course.setMinSize(56, 26);
    course.setMaxSize(56, 26);
    VBox words = new VBox(0, name, note);
    words.setAlignment(Pos.CENTER_LEFT);
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    line = new HBox(7, icon, words, course, value);
    line.setAlignment(Pos.CENTER_LEFT);
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    setPrefWidth(0);
    getStyleClass().add("sensor-cell");
  }

  @Override
  protected void updateItem(Sensor sensor, boolean empty) {
    super.updateItem(sensor, empty);
    if (empty || sensor == null) {
      setGraphic(null);
      return;
    }
    icon.setIconLiteral(KindIcon.of(sensor.kind()));
    sensor.tone().dress(icon);
    name.setText(sensor.entity());
    note.setText(sensor.note());
    value.setText(sensor.value());
    (sensor.tone() == Tone.GOOD ? Tone.MUTED : sensor.tone()).dress(value);
    value.pseudoClassStateChanged(
        javafx.css.PseudoClass.getPseudoClass("sound"), sensor.tone() == Tone.GOOD);
    course.show(sensor.course(), sensor.tone() == Tone.BAD ? Tone.BAD : Tone.ACCENT);
    setGraphic(line);
    setAccessibleText(sensor.entity() + ", " + sensor.note() + ", " + sensor.value());
  }
}
