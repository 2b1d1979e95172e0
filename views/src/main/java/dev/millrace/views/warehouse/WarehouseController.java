package dev.millrace.views.warehouse;

import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.Fact;
import dev.millrace.views.controls.FactBoxes;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.desk.Commands;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.export.Exports;
import dev.millrace.views.lake.SqlPane;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.shell.ShellViewModel;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.Observable;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Binds the warehouse room to its view models.
public final class WarehouseController {

  @FXML private StackPane warehouseRoom;
  @FXML private HBox page;
  @FXML private VBox left;
  @FXML private TextField filter;
  @FXML private Button everything;
  @FXML private ListView<LoadRow> tables;
  @FXML private Label name;
  @FXML private Label way;
  @FXML private HBox working;
  @FXML private Label workWords;
  @FXML private ProgressBar progress;
  @FXML private Button cancel;
  @FXML private HBox acts;
  @FXML private Button compare;
  @FXML private Button load;
  @FXML private FactBoxes facts;
  @FXML private HBox tabBar;
  @FXML private StackPane host;

  private final WarehouseViewModel model;
  private final DialogService dialogs;
  private final Exports exports;
  private final Map<WarehouseTab, Node> panes = new EnumMap<>(WarehouseTab.class);
  private boolean following;

  public WarehouseController(WarehouseViewModel model, DialogService dialogs, Exports exports) {
    this.model = model;
    this.dialogs = dialogs;
    this.exports = exports;
  }

  @FXML
  void initialize() {
    left.getChildren().addFirst(new ServerCard(model));
    filter.textProperty().bindBidirectional(model.filter());
    everything.setOnAction(_ -> model.choose(Optional.empty()));
    tables.setCellFactory(_ -> new LoadCell(model));
    tables.setItems(model.tables());
    tables.setPlaceholder(Tiles.dim("No table of that name."));
    tables
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, row) -> {
              if (row != null && !following) {
                model.choose(Optional.of(row.target()));
              }
            });
    model.tables().addListener((Observable _) -> follow());
    model.chosen().addListener((_, _, _) -> showTable());
    // Told anew whenever a load or the time changes what is to be told.
    model.subtitle().addListener((_, _, _) -> showTable());
    model.tick().addListener((_, _, _) -> showTable());

    Segments<WarehouseTab> tabs = new Segments<>(WarehouseTab::words);
    tabs.setId("warehouse-tabs");
    tabs.choices(List.of(WarehouseTab.values()));
    tabs.chosen().bindBidirectional(model.tab());
    tabBar.getChildren().add(tabs);
    model.tab().addListener((_, _, _) -> turn());
    compare.setOnAction(
        _ -> {
          model.tab().set(WarehouseTab.COMPARE);
          model.compare();
        });
    Hint.on(compare, "Compare every row of lake and warehouse; changes nothing");
    compare.disableProperty().bind(model.unbuilt());
    load.setOnAction(_ -> LoadSheet.open(model, dialogs));
    load.disableProperty().bind(model.lost().or(model.unbuilt()));
    load.textProperty().bind(model.turn().map(turn -> Turn.words("Load …", turn)));
    Hint.on(load, () -> Turn.tip("What it would do is shown first", model.turn().get()));
    cancel.setOnAction(_ -> model.cancel());
    cancel.visibleProperty().bind(model.cancellable());
    model.work().addListener((_, _, now) -> showWork(now));
    showWork(model.work().get());
    showTable();
    turn();

    EmptyState nothing =
        new EmptyState(
            "mdi2w-warehouse",
            "This pipeline loads nothing",
            "Name warehouse tables in the section “warehouse” of its pipeline.yaml: which Gold"
                + " table each is loaded from, and whether it is replaced by date or merged by"
                + " key.");
    nothing.setId("warehouse-empty");
    nothing.visibleProperty().bind(model.empty());
    page.visibleProperty().bind(model.empty().not().and(model.loading().not()));
    Label waiting = Tiles.dim("Waiting for the engine …");
    waiting.visibleProperty().bind(model.loading());
    warehouseRoom.getChildren().addAll(nothing, waiting);
  }

  private void follow() {
    following = true;
    Optional<LoadRow> row =
        model.tables().stream()
            .filter(r -> model.chosen().get().equals(Optional.of(r.target())))
            .findFirst();
    row.ifPresentOrElse(
        r -> tables.getSelectionModel().select(r), tables.getSelectionModel()::clearSelection);
    following = false;
  }

  private void showTable() {
    follow();
    Optional<LoadRow> row = model.row();
    name.setText(row.map(LoadRow::target).orElse("All tables"));
    way.setText(
        row.map(r -> "from " + r.from() + ", " + r.way())
            .orElse(Figures.counted(model.all().size(), "table") + " loaded in one transaction"));
    everything.setDisable(model.chosen().get().isEmpty());
    facts.show(row.map(this::facts).orElseGet(this::facts));
  }

  private List<Fact> facts(LoadRow row) {
    List<Fact> list = new ArrayList<>();
    list.add(fact("Rows", Figures.compact(row.rows()), Tone.MUTED));
    list.add(fact("In the lake", Figures.compact(row.lakeRows()), Tone.MUTED));
    list.add(fact("Version loaded", version(row.loadedVersion()), Tone.MUTED));
    list.add(fact("Lake version", version(row.lakeVersion()), Tone.MUTED));
    list.add(
        fact(
            "Stands",
            row.behind() > 0 ? Figures.count(row.behind()) + " behind" : row.words(),
            LoadCell.tone(row)));
    list.add(
        fact(
            "Last load", row.loadedAt().map(at -> model.age(at) + " ago").orElse("–"), Tone.MUTED));
    return list;
  }

  private static String version(OptionalLong version) {
    return version.isPresent() ? Figures.count(version.getAsLong()) : "–";
  }

  private List<Fact> facts() {
    List<LoadRow> all = model.all();
    long behind = all.stream().filter(r -> r.standing() == LoadRow.Standing.BEHIND).count();
    long never =
        all.stream()
            .filter(
                r ->
                    r.standing() == LoadRow.Standing.NEVER_LOADED
                        || r.standing() == LoadRow.Standing.NO_SOURCE)
            .count();
    List<Fact> list = new ArrayList<>();
    list.add(
        fact("Rows", Figures.compact(all.stream().mapToLong(LoadRow::rows).sum()), Tone.MUTED));
    list.add(
        fact(
            "In the lake",
            Figures.compact(all.stream().mapToLong(LoadRow::lakeRows).sum()),
            Tone.MUTED));
    list.add(fact("Up to date", Figures.count(all.size() - behind - never), Tone.MUTED));
    list.add(fact("Behind", Figures.count(behind), behind > 0 ? Tone.WARNING : Tone.MUTED));
    list.add(fact("Never loaded", Figures.count(never), never > 0 ? Tone.WARNING : Tone.MUTED));
    list.add(
        fact(
            "Last load",
            all.stream()
                .flatMap(r -> r.loadedAt().stream())
                .max(Instant::compareTo)
                .map(at -> model.age(at) + " ago")
                .orElse("–"),
            Tone.MUTED));
    return list;
  }

  private static Fact fact(String name, String value, Tone tone) {
    return new Fact(name, value, tone, value);
  }

  private void turn() {
    WarehouseTab tab = model.tab().get();
    if (tab == null) {
      return;
    }
    Node pane = panes.computeIfAbsent(tab, this::pane);
    host.getChildren().setAll(pane);
    boolean writes = tab == WarehouseTab.SQL;
    facts.setVisible(!writes);
    facts.setManaged(!writes);
    if (pane instanceof SqlPane sql) {
      sql.focus();
    }
  }

  private Node pane(WarehouseTab tab) {
    return switch (tab) {
      case PREVIEW -> new PreviewPane(model);
      case COMPARE -> new ComparePane(model, dialogs);
      case LEDGER -> new LedgerPane(model);
      case SQL -> new SqlPane(model.sql(), dialogs, exports);
    };
  }

  private void showWork(Optional<WorkStatus> now) {
    boolean busy = now.isPresent();
    working.setVisible(busy);
    working.setManaged(busy);
    acts.setVisible(!busy);
    acts.setManaged(!busy);
    now.ifPresent(
        work -> {
          Duration since = Duration.between(work.since(), model.now());
          workWords.setText(
              Commands.title(work.command()) + " · " + ShellViewModel.detail(work.stand(), since));
          progress.setProgress(work.stand().share());
        });
  }
}
