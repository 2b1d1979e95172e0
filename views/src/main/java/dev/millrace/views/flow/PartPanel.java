package dev.millrace.views.flow;

import dev.millrace.views.controls.Chips;
import dev.millrace.views.desk.Commands.Lead;
import dev.millrace.views.flow.PanelPicture.Act;
import dev.millrace.views.shell.Room;
import dev.millrace.views.theme.Tone;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Controls and facts of the chosen part.
final class PartPanel extends VBox {

  private final FlowViewModel model;
  private final FontIcon icon = new FontIcon(Part.SIMULATOR.icon());
  private final Label title = new Label();
  private final Label chip = Chips.chip("", "mdi2c-circle-medium", Tone.MUTED);
  private final Label note = new Label();
  private final HBox acts = new HBox(8);
  private final StackPane body = new StackPane();
  private final SimulatorPanel simulator;
  private final Region outside = new Region();
  private final FactGrid facts = new FactGrid();
  private final PartTable table;
  private List<Act> shownActs = List.of();
  private Part actsOf = Part.SIMULATOR;

  PartPanel(FlowViewModel model) {
    super(10);
    this.model = model;
    simulator = new SimulatorPanel(model);
    table = new PartTable(model::openRoom);
    icon.getStyleClass().add("panel-icon");
    title.getStyleClass().add("card-title");
    note.getStyleClass().add("panel-note");
    note.setMinWidth(0);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox head = new HBox(10, icon, title, chip, note, gap, acts);
    title.setMinWidth(USE_PREF_SIZE);
    acts.setMinWidth(USE_PREF_SIZE);
    acts.setAlignment(Pos.CENTER_RIGHT);
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("card-head");
    VBox.setVgrow(body, Priority.ALWAYS);
    body.setAlignment(Pos.TOP_LEFT);
    body.setMinHeight(0);
    getChildren().setAll(head, body);
    getStyleClass().addAll("card", "part-panel");
    model.panel().addListener((_, _, now) -> now.ifPresent(this::show));
    model
        .fleet()
        .addListener(
            (_, _, now) -> {
              now.ifPresent(simulator::show);
              showFleetActs();
            });
  }

  private void show(PanelPicture now) {
    if (!icon.getIconLiteral().equals(now.part().icon())) {
      icon.setIconLiteral(now.part().icon());
    }
    title.setText(now.part().title());
    Chips.show(chip, now.chip(), "mdi2c-circle-medium", now.tone());
    note.setText(now.note());
    if (now.part() == Part.SIMULATOR) {
      body(model.fleet().get().isPresent() ? simulator : outside);
      showFleetActs();
      return;
    }
    if (now.rows().isEmpty()) {
      facts.show(now.facts());
      body(facts);
    } else {
      table.show(now);
      body(table);
    }
    if (actsOf != now.part() || !now.acts().equals(shownActs)) {
      actsOf = now.part();
      shownActs = now.acts();
      acts.getChildren().setAll(now.acts().stream().map(this::button).toList());
      model.lead().map(this::door).ifPresent(acts.getChildren()::add);
    }
  }

  private void body(Node shown) {
    if (!body.getChildren().equals(List.of(shown))) {
      body.getChildren().setAll(shown);
    }
  }

  private Node door(Lead lead) {
    Button open = new Button(lead.label());
    Room.named(lead.room()).ifPresent(room -> open.setGraphic(new FontIcon(room.icon())));
    open.setId("open-" + lead.room());
    open.getStyleClass().add("small");
    open.setMinWidth(USE_PREF_SIZE);
    open.setOnAction(_ -> model.openRoom());
    return open;
  }

  private Node button(Act act) {
    Button button = new Button(act.label(), new FontIcon(act.icon()));
    button.getStyleClass().add("small");
    button.setDisable(!act.enabled());
    button.setOnAction(_ -> model.submit(act.command()));
    button.setMinWidth(USE_PREF_SIZE);
    return button;
  }

  private void showFleetActs() {
    if (model.chosen().get() != Part.SIMULATOR) {
      return;
    }
    boolean others = actsOf != Part.SIMULATOR;
    actsOf = Part.SIMULATOR;
    if (model.fleet().get().isEmpty()) {
      acts.getChildren().clear();
      return;
    }
    boolean runs = model.fleet().get().get().running();
    String label = runs ? "Stop" : "Start";
    if (!others
        && acts.getChildren().size() == 1
        && acts.getChildren().getFirst() instanceof Button shown
        && shown.getText().equals(label)) {
      return;
    }
    Button toggle = new Button(label, new FontIcon(runs ? "mdi2s-stop" : "mdi2p-play"));
    toggle.setId("simulator-toggle");
    toggle.getStyleClass().add("small");
    if (!runs) {
      toggle.getStyleClass().add("accent");
    }
    toggle.setOnAction(
        _ -> {
          if (runs) {
            model.stopSimulator();
          } else {
            model.startSimulator();
          }
        });
    acts.getChildren().setAll(toggle);
  }
}
