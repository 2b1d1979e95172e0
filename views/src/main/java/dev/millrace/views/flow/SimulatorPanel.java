package dev.millrace.views.flow;

import dev.millrace.simulator.Fault;
import dev.millrace.simulator.SimulatorStatus;
import dev.millrace.simulator.SimulatorStatus.Broken;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.controls.TypeAhead;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Slider;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The fleet's controls: rate, anomaly rate, breaking and mending.
final class SimulatorPanel extends HBox {

  /// The rate slider is logarithmic: 10^0 to 10^4.3 events per second.
  private static final double LEAST_LOG = 0;

  private static final double GREATEST_LOG = Math.log10(20_000);

  /// In one line beside the choice of a fault.
  private static final int CHIPS = 2;

  private final FlowViewModel model;
  private final Slider rate = new Slider(LEAST_LOG, GREATEST_LOG, 2);
  private final Label rateWords = value();
  private final Slider anomalies = new Slider(0, 10, 2);
  private final Label anomalyWords = value();
  private final ComboBox<String> sensors = new ComboBox<>();
  private final Segments<Fault> faults =
      new Segments<>(f -> Names.spoken(f.name().toLowerCase(Locale.ROOT)));
  private final Button breaks = new Button("Break", new FontIcon("mdi2l-lightning-bolt-outline"));
  private final FlowPane broken = new FlowPane(6, 6);
  private List<Broken> shown = List.of();
  private boolean filling;

  SimulatorPanel(FlowViewModel model) {
    super(26);
    this.model = model;
    rate.setId("rate");
    rate.setAccessibleText("Events per second");
    rate.setBlockIncrement(0.1);
    anomalies.setId("anomaly-rate");
    anomalies.setAccessibleText("Anomaly rate in percent");
    anomalies.setBlockIncrement(0.5);
    rate.valueProperty().addListener((_, _, now) -> steerRate(now.doubleValue()));
    anomalies.valueProperty().addListener((_, _, now) -> steerAnomalies(now.doubleValue()));
    sensors.setId("sensor");
    sensors.setPromptText("Choose a sensor");
    sensors.setAccessibleText("Sensor to break");
    sensors.setPrefWidth(142);
    sensors.setMinWidth(120);
    sensors.setVisibleRowCount(12);
    TypeAhead.on(sensors);
    faults.choices(List.of(Fault.values()));
    faults.chosen().set(Fault.DRIFT);
    breaks.setId("break");
    breaks.getStyleClass().addAll("danger", "button-outlined", "small");
    breaks.setMinWidth(USE_PREF_SIZE);
    breaks.disableProperty().bind(sensors.valueProperty().isNull());
    breaks.setOnAction(
        _ -> {
          Fault fault = faults.chosen().get();
          if (sensors.getValue() != null && fault != null) {
            model.breakSensor(sensors.getValue(), fault);
          }
        });
    HBox line = new HBox(8, sensors, breaks);
    line.setAlignment(Pos.CENTER_LEFT);
    VBox right = new VBox(7, head("Break a sensor", new Label()), line, faults, broken);
    right.setMinWidth(USE_PREF_SIZE);
    VBox left =
        new VBox(
            4,
            slider("Events per second", rateWords, rate, "1", "20,000"),
            slider("Anomaly rate", anomalyWords, anomalies, "0 %", "10 %"));
    HBox.setHgrow(left, Priority.ALWAYS);
    left.setMinWidth(180);
    left.setMaxWidth(560);
    getChildren().setAll(left, right);
  }

  private static Label value() {
    Label label = new Label();
    label.getStyleClass().add("fact-value");
    return label;
  }

  private static HBox head(String words, Label value) {
    Label name = new Label(words);
    name.getStyleClass().add("fact-name");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    return new HBox(name, gap, value);
  }

  private static VBox slider(String words, Label value, Slider slider, String least, String most) {
    HBox ends = head(least, new Label(most));
    ends.getStyleClass().add("slider-ends");
    return new VBox(1, head(words, value), slider, ends);
  }

  void show(SimulatorStatus fleet) {
    filling = true;
    if (!rate.isValueChanging()
        && !rate.isPressed()
        && rounded(rate.getValue()) != Math.round(fleet.targetRate())) {
      rate.setValue(Math.log10(Math.max(1, fleet.targetRate())));
    }
    if (!anomalies.isValueChanging() && !anomalies.isPressed()) {
      anomalies.setValue(fleet.anomalyRate() * 100);
    }
    filling = false;
    rateWords.setText(Figures.count(rounded(rate.getValue())));
    anomalyWords.setText(String.format(Locale.ENGLISH, "%.1f %%", anomalies.getValue()));
    if (!sensors.getItems().equals(fleet.sensors())) {
      sensors.getItems().setAll(fleet.sensors());
    }
    if (!fleet.broken().equals(shown) || broken.getChildren().isEmpty()) {
      shown = fleet.broken();
      showBroken();
    }
  }

  private void showBroken() {
    broken.getChildren().clear();
    if (shown.isEmpty()) {
      Label none = new Label("None is broken");
      none.getStyleClass().add("fact-name");
      broken.getChildren().add(none);
    }
    for (Broken each : shown.subList(0, Math.min(CHIPS, shown.size()))) {
      Button mend = new Button(words(each), new FontIcon("mdi2c-close"));
      mend.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
      mend.getStyleClass().add("broken-chip");
      mend.setAccessibleText("Mend " + each.sensor());
      Hint.on(mend, "Mend " + each.sensor());
      mend.setOnAction(_ -> model.mend(each.sensor()));
      broken.getChildren().add(mend);
    }
    if (shown.size() > CHIPS) {
      broken.getChildren().add(others(shown.subList(CHIPS, shown.size())));
    }
  }

  /// Those for whom there is no room.
  private MenuButton others(List<Broken> all) {
    MenuButton more = new MenuButton(all.size() + " more");
    more.setId("more-broken");
    more.getStyleClass().add("broken-chip");
    Hint.on(more, "Mend another");
    for (Broken each : all) {
      MenuItem mend = new MenuItem("Mend " + words(each));
      mend.setOnAction(_ -> model.mend(each.sensor()));
      more.getItems().add(mend);
    }
    return more;
  }

  private static String words(Broken each) {
    return each.sensor() + " " + each.fault().name().toLowerCase(Locale.ROOT);
  }

  private static long rounded(double log) {
    double value = Math.pow(10, log);
    double step = value < 100 ? 1 : value < 1_000 ? 10 : 100;
    return Math.max(1, Math.round(value / step) * (long) step);
  }

  private void steerRate(double log) {
    rateWords.setText(Figures.count(rounded(log)));
    if (!filling) {
      model.rate((double) rounded(log));
    }
  }

  private void steerAnomalies(double percent) {
    anomalyWords.setText(String.format(Locale.ENGLISH, "%.1f %%", percent));
    if (!filling) {
      model.anomalyRate(percent / 100);
    }
  }
}
