package dev.millrace.views.flow;

import dev.millrace.engine.api.EngineSnapshot.LogEvent;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.controls.WholeRows;
import dev.millrace.views.flow.FlowViewModel.EventFilter;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Clock;
import java.time.Instant;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Binds the pipeline room to its view model.
public final class FlowController {

  @FXML private StackPane diagramHost;
  @FXML private Label latency;
  @FXML private VBox page;
  @FXML private VBox left;
  @FXML private HBox lower;
  @FXML private HBox eventsHead;
  @FXML private StackPane eventsHost;

  private final FlowViewModel model;
  private final Clock clock;
  private final DialogService dialogs;
  private final boolean animated;

  public FlowController(FlowViewModel model, Clock clock, DialogService dialogs, boolean animated) {
    this.model = model;
    this.clock = clock;
    this.dialogs = dialogs;
    this.animated = animated;
  }

  @FXML
  void initialize() {
    FlowDiagram diagram = new FlowDiagram(model.chosen()::set, model::openRoom, animated);
    diagram.setId("diagram");
    diagram
        .prefHeightProperty()
        .bind(page.heightProperty().map(h -> Math.clamp(h.doubleValue() * 0.42, 292, 360)));
    diagramHost.getChildren().add(diagram);
    model.picture().addListener((_, _, now) -> diagram.show(now));
    model.chosen().addListener((_, _, now) -> diagram.chosen(now));
    diagram.chosen(model.chosen().get());
    latency.textProperty().bind(model.latency());

    PartPanel panel = new PartPanel(model);
    panel.setId("panel");
    panel.setPrefHeight(168);
    panel.setMinHeight(168);
    left.getChildren().addFirst(panel);

    PlanPanel plan = new PlanPanel(model, dialogs);
    plan.setId("plan");
    plan.setPrefWidth(352);
    plan.setMinWidth(352);
    lower.getChildren().add(plan);
    left.setPrefWidth(0);
    HBox.setHgrow(left, Priority.ALWAYS);

    Segments<EventFilter> filter = new Segments<>(EventFilter::words);
    filter.setId("event-filter");
    filter.choices(List.of(EventFilter.values()));
    filter.chosen().bindBidirectional(model.filter());
    eventsHead.getChildren().add(filter);
    ListView<LogEvent> events = new ListView<>();
    events.setId("events");
    events.setAccessibleText("Events");
    events.setItems(model.events());
    events.setFixedCellSize(28);
    events.setCellFactory(_ -> new EventCell(clock, this::newest));
    events.setPlaceholder(new Label("Nothing to tell yet"));
    eventsHost.getChildren().add(new WholeRows(events));
  }

  private Instant newest() {
    return model.events().isEmpty() ? Instant.EPOCH : model.events().getFirst().at();
  }
}
