package dev.millrace.views.lake;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.FactBoxes;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.desk.FirstStep;
import dev.millrace.views.export.Exports;
import dev.millrace.views.shell.DialogService;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Binds the lake room to its view models.
public final class LakeController {

  private static final String WHENCE_TABLES_COME =
      "Tables come with the first commit of a stream: Bronze from the topic, then Silver and Gold"
          + " when the pipeline runs.";

  @FXML private StackPane lakeRoom;
  @FXML private HBox page;
  @FXML private TextField filter;
  @FXML private ListView<TableRow> tables;
  @FXML private Button erase;
  @FXML private HBox head;
  @FXML private Label name;
  @FXML private Label layer;
  @FXML private Button optimize;
  @FXML private Button vacuum;
  @FXML private FactBoxes facts;
  @FXML private Label fault;
  @FXML private StackPane host;

  private final LakeViewModel model;
  private final DialogService dialogs;
  private final FirstStep first;
  private final Exports exports;
  private boolean following;

  public LakeController(
      LakeViewModel model, DialogService dialogs, FirstStep first, Exports exports) {
    this.model = model;
    this.dialogs = dialogs;
    this.first = first;
    this.exports = exports;
  }

  @FXML
  void initialize() {
    filter.textProperty().bindBidirectional(model.filter());
    tables.setCellFactory(_ -> new TableCell());
    tables.setItems(model.tables());
    Label none = new Label("No table of that name.");
    none.getStyleClass().add("page-subtitle");
    tables.setPlaceholder(none);
    tables
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, row) -> {
              if (row != null && !following) {
                model.chosen().set(row.table());
                if (model.tab().get() == TableTab.SQL) {
                  model.tab().set(TableTab.SCHEMA);
                }
              }
            });
    model.chosen().addListener((_, _, table) -> showChosen(table));
    // Told after the list's own selection, which forgets its row when all are others.
    model
        .tables()
        .addListener((ListChangeListener<TableRow>) _ -> showChosen(model.chosen().get()));

    Segments<TableTab> tabs = new Segments<>(TableTab::words);
    tabs.setId("table-tabs");
    tabs.choices(List.of(TableTab.values()));
    tabs.chosen().bindBidirectional(model.tab());
    head.getChildren().add(2, tabs);
    optimize.setOnAction(
        _ ->
            chosen()
                .ifPresent(
                    table ->
                        CareSheet.open(
                            model,
                            CareChoice.optimize(
                                table, model.about().get().map(a -> a.key()).orElse(List.of())),
                            dialogs)));
    Hint.on(optimize, "Lay the rows out in files of a good size; previewed first");
    vacuum.setOnAction(
        _ -> chosen().ifPresent(table -> CareSheet.open(model, CareChoice.vacuum(table), dialogs)));
    Hint.on(vacuum, "Delete files that no version needs; previewed first");
    erase.setOnAction(_ -> askWhom());
    fault.textProperty().bind(model.fault());
    fault.visibleProperty().bind(fault.textProperty().isNotEmpty());
    fault.managedProperty().bind(fault.visibleProperty());
    model.facts().addListener((_, _, now) -> facts.show(now));
    facts.show(model.facts().get());

    TablePane pane = new TablePane(model, dialogs);
    SqlPane sql = new SqlPane(model.sql(), dialogs, exports);
    sql.setId("sql-pane");
    model.tab().addListener((_, _, tab) -> turn(tab, pane, sql));
    turn(model.tab().get(), pane, sql);
    showChosen(model.chosen().get());

    EmptyState nothing =
        new EmptyState("mdi2l-layers-triple-outline", "The lake is empty", WHENCE_TABLES_COME)
            .offering(first.words(), first.underWay(), first::take);
    model
        .commitComes()
        .addListener(
            (_, _, comes) ->
                nothing.say(
                    "The lake is empty",
                    comes
                        ? "The stream is running: its first commit makes Bronze, half a minute after"
                            + " the first event at the latest."
                        : WHENCE_TABLES_COME,
                    !comes));
    nothing.setId("lake-empty");
    nothing.visibleProperty().bind(model.empty());
    page.visibleProperty().bind(model.empty().not());
    lakeRoom.getChildren().add(nothing);
  }

  private Optional<TableName> chosen() {
    return Optional.ofNullable(model.chosen().get());
  }

  private void turn(@Nullable TableTab tab, TablePane pane, SqlPane sql) {
    boolean writes = tab == TableTab.SQL;
    facts.setVisible(!writes);
    facts.setManaged(!writes);
    for (Node each : List.of(optimize, vacuum)) {
      each.setVisible(!writes);
      each.setManaged(!writes);
    }
    host.getChildren().setAll(writes ? sql : pane);
    if (writes) {
      sql.focus();
    }
  }

  private void showChosen(@Nullable TableName table) {
    if (table == null) {
      return;
    }
    name.setText(table.toString());
    layer.setText(table.layer().sqlName().replace('_', ' '));
    layer.getStyleClass().setAll("label", "layer-chip", "layer-" + table.layer().sqlName());
    following = true;
    for (TableRow row : model.tables()) {
      if (row.table().equals(table)) {
        tables.getSelectionModel().select(row);
      }
    }
    following = false;
  }

  private void askWhom() {
    Optional<Pipeline> pipeline = model.pipeline();
    if (pipeline.isEmpty()) {
      return;
    }
    TextField whom = new TextField();
    whom.setId("erase-whom");
    whom.setPromptText("Its name, as the tables have it");
    Label words =
        new Label(
            "Takes every row of one sensor, device or person out of all tables, the warehouse and"
                + " their history. What it would reach is shown before anything is done.");
    words.setWrapText(true);
    words.setMaxWidth(420);
    SimpleBooleanProperty named = new SimpleBooleanProperty();
    named.bind(whom.textProperty().map(text -> !text.isBlank()));
    Runnable go =
        () -> {
          try {
            CareSheet.open(
                model, CareChoice.erase(pipeline.get(), whom.getText().strip()), dialogs);
          } catch (MillraceException e) {
            dialogs.ask("Nobody to erase", e.what() + ": " + e.remedy() + ".", "Close", () -> {});
          }
        };
    whom.setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ENTER && named.get()) {
            go.run();
            e.consume();
          }
        });
    dialogs.confirm("Erase a sensor", new VBox(12, words, whom), "Look …", false, named, go);
    whom.requestFocus();
  }
}
