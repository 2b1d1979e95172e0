package dev.millrace.views.settings;

import dev.millrace.engine.api.Answer.SettingValue;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.Columns;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.controls.WholeRows;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Density;
import dev.millrace.views.theme.Theme;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the settings room to its view model.
public final class SettingsController {

  @FXML private HBox themes;
  @FXML private HBox densities;
  @FXML private VBox connections;
  @FXML private Button testAll;
  @FXML private TextField filter;
  @FXML private TableView<SettingValue> values;
  @FXML private Label fault;

  private final SettingsViewModel model;
  private final Looks looks;

  public SettingsController(SettingsViewModel model, Looks looks) {
    this.model = model;
    this.looks = looks;
  }

  @FXML
  void initialize() {
    Segments<Theme> theme = new Segments<>(t -> Names.spoken(t.name().toLowerCase(Locale.ROOT)));
    theme.setId("settings-theme");
    theme.choices(List.of(Theme.values()));
    theme.chosen().bindBidirectional(looks.theme());
    themes.getChildren().add(theme);
    Segments<Density> density = new Segments<>(Density::words);
    density.setId("settings-density");
    density.choices(List.of(Density.values()));
    density.chosen().bindBidirectional(looks.density());
    densities.getChildren().add(density);

    model.connections().addListener((_, _, now) -> showConnections(now));
    showConnections(model.connections().get());
    testAll.setOnAction(_ -> model.testAll());

    filter.textProperty().bindBidirectional(model.filter());
    fault.textProperty().bind(model.fault());
    fault.visibleProperty().bind(fault.textProperty().isNotEmpty());
    fault.managedProperty().bind(fault.visibleProperty());
    values.setFixedCellSize(27);
    WholeRows.around(values);
    WidthsByRoom.of(values);
    TableColumn<SettingValue, String> of = Columns.words("Of", 128, SettingValue::group);
    of.setMinWidth(142);
    values
        .getColumns()
        .setAll(
            List.of(
                of,
                Columns.words("Setting", 120, v -> v.key()),
                Columns.words("Value", 220, SettingValue::value),
                Columns.words("From", 100, SettingValue::origin),
                Columns.words("What it is", 380, SettingValue::meaning)));
    values.setItems(model.values());
    Label none = new Label();
    none.textProperty()
        .bind(
            Bindings.when(fault.visibleProperty())
                .then("The settings cannot be read, for the reason above.")
                .otherwise("No setting holds these words."));
    none.getStyleClass().add("page-subtitle");
    values.setPlaceholder(none);
    Copies.rows(values, v -> v.key() + "\t" + v.value() + "\t" + v.origin());
  }

  private void showConnections(List<ConnectionState> now) {
    connections.getChildren().setAll(now.stream().map(this::row).toList());
  }

  private Node row(ConnectionState state) {
    Label name = new Label(Names.spoken(state.which().title().replace("the ", "")));
    name.getStyleClass().add("table-name");
    Label place = new Label(state.place());
    place.getStyleClass().addAll("fact-name");
    Hint.on(place, state.place());
    place.setMinWidth(0);
    Label chip =
        Chips.chip(
            switch (state.tone()) {
              case GOOD -> "Answers";
              case BAD, WARNING -> "Does not answer";
              case ACCENT -> "Asking";
              case MUTED -> "Not tested";
            },
            switch (state.tone()) {
              case GOOD -> "mdi2c-check-circle-outline";
              case BAD, WARNING -> "mdi2a-alert-circle-outline";
              case ACCENT -> "mdi2p-progress-clock";
              case MUTED -> "mdi2h-help-circle-outline";
            },
            state.tone());
    Button test = new Button("Test", new FontIcon("mdi2l-lan-check"));
    test.setId("test-" + state.which().name().toLowerCase(Locale.ROOT));
    test.getStyleClass().add("small");
    test.setMinWidth(Region.USE_PREF_SIZE);
    test.setDisable(state.asking());
    test.setAccessibleText("Test " + state.which().title());
    test.setOnAction(_ -> model.test(state.which()));
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox top = new HBox(8, name, gap, chip, test);
    top.setAlignment(Pos.CENTER_LEFT);
    VBox box = new VBox(4, top, place);
    if (!state.words().isBlank()) {
      Label words =
          new Label(
              state.words() + (state.remedy().isBlank() ? "" : ". To do: " + state.remedy() + "."));
      words.setWrapText(true);
      words.getStyleClass().addAll("connection-words", state.tone().styleClass());
      box.getChildren().add(words);
    }
    box.getStyleClass().add("connection");
    return box;
  }
}
