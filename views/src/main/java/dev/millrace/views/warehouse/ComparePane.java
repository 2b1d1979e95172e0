package dev.millrace.views.warehouse;

import dev.millrace.engine.warehouse.Reconciliation;
import dev.millrace.engine.warehouse.Reconciliation.PartitionCheck;
import dev.millrace.engine.warehouse.Reconciliation.RowDifference;
import dev.millrace.engine.warehouse.Reconciliation.Verdict;
import dev.millrace.views.controls.Columns;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.warehouse.WindowPlan.Compared;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Lake against warehouse: how each window stands, which rows differ, and the way to mend them.
final class ComparePane extends StackPane {

  private static final double DETAIL = 256;

  private final WarehouseViewModel model;
  private final DialogService dialogs;
  private final EmptyState nothing;
  private final Label when = Tiles.dim("");
  private final HBox tiles = new HBox(8);
  private final WindowBars bars = new WindowBars("Rows compared, by window");
  private final TableView<Compared> windows = new TableView<>();
  private final VBox detail = new VBox(8);
  private final Button mend = new Button("Mend …", new FontIcon("mdi2h-hammer-wrench"));
  private final VBox page;

  ComparePane(WarehouseViewModel model, DialogService dialogs) {
    this.model = model;
    this.dialogs = dialogs;
    nothing =
        new EmptyState(
                "mdi2s-scale-balance",
                "Does the warehouse hold what the lake holds?",
                "Every row of both is read: counts, sums and checksums by window, and of those that"
                    + " differ the rows one by one. Nothing is changed.")
            .offering("Compare", "mdi2s-scale-balance", "accent", model::compare);
    nothing.setId("compare-none");
    Button again = Tiles.small(new Button("Compare again"), "compare-again");
    again.setGraphic(new FontIcon("mdi2r-refresh"));
    again.setOnAction(_ -> model.compare());
    var _ = Tiles.small(mend, "mend");
    mend.getStyleClass().add("accent");
    Hint.on(mend, "Load the differing windows again; shown first");
    mend.setOnAction(
        _ ->
            model
                .comparison()
                .get()
                .found()
                .ifPresent(found -> MendSheet.open(model, found, this.dialogs)));
    HBox head = new HBox(8, when, Tiles.gap(), again, mend);
    head.setAlignment(Pos.CENTER_LEFT);
    dressWindows();
    detail.getStyleClass().add("detail");
    ScrollPane scroll = new ScrollPane(detail);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("plain-scroll");
    scroll.setMinWidth(DETAIL);
    scroll.setPrefWidth(DETAIL);
    scroll.setMaxWidth(DETAIL);
    HBox.setHgrow(windows, Priority.ALWAYS);
    HBox both = new HBox(12, windows, scroll);
    both.setMinHeight(0);
    VBox.setVgrow(both, Priority.ALWAYS);
    page = new VBox(9, head, tiles, bars, both);
    page.setMinHeight(0);
    setMinHeight(0);
    model.comparison().addListener((_, _, _) -> show());
    model.chosen().addListener((_, _, _) -> show());
    show();
  }

  private void dressWindows() {
    windows.setId("compared-windows");
    windows.setAccessibleText("Windows of lake and warehouse");
    windows.setFixedCellSize(27);
    windows.setMinHeight(80);
    windows.setMinWidth(0);
    WidthsByRoom.of(windows);
    windows
        .getColumns()
        .setAll(
            List.of(
                Columns.words("Table", 196, c -> c.table().target()),
                Columns.words("Window", 92, c -> WindowPlan.label(c.window().partition())),
                verdict(),
                Columns.figures("Lake", 64, c -> c.window().lake().rows(), Figures::count),
                Columns.figures(
                    "Warehouse", 88, c -> c.window().warehouse().rows(), Figures::count),
                Columns.figures(
                    "Differ",
                    60,
                    c -> c.window().differing(),
                    n -> n == 0 ? "–" : Figures.count(n))));
    windows.getSelectionModel().selectedItemProperty().addListener((_, _, _) -> showDetail());
    Copies.rows(
        windows,
        c ->
            c.table().target()
                + "\t"
                + WindowPlan.label(c.window().partition())
                + "\t"
                + words(c.window().verdict())
                + "\t"
                + c.window().differing());
  }

  private static TableColumn<Compared, Verdict> verdict() {
    TableColumn<Compared, Verdict> column =
        Columns.told("Stands", 64, (Compared c) -> c.window().verdict(), ComparePane::words);
    column.setCellFactory(
        _ ->
            new TableCell<>() {
              @Override
              protected void updateItem(Verdict item, boolean empty) {
                super.updateItem(item, empty);
                getStyleClass().removeIf(c -> c.startsWith("tone-") || c.equals("standing"));
                if (empty || item == null) {
                  setText(null);
                } else {
                  setText(words(item));
                  getStyleClass().addAll("standing", WindowPlan.tone(item).styleClass());
                }
              }
            });
    return column;
  }

  static String words(Verdict verdict) {
    return switch (verdict) {
      case EQUAL -> "equal";
      case BEHIND -> "behind";
      case DIFFERS -> "differs";
    };
  }

  private void show() {
    getChildren()
        .setAll(
            Tiles.of(
                model.comparison().get(),
                nothing,
                "Reading every row of lake and warehouse …",
                model::compare,
                this::page));
  }

  private Node page(Reconciliation found) {
    List<Compared> all = WindowPlan.compared(found, model.chosen().get());
    long differ = count(all, Verdict.DIFFERS);
    long behind = count(all, Verdict.BEHIND);
    long rows = all.stream().mapToLong(c -> c.window().differing()).sum();
    tiles
        .getChildren()
        .setAll(
            Tiles.tile(
                Figures.count(count(all, Verdict.EQUAL)),
                "windows equal",
                Tone.GOOD,
                "Same rows, same checksum"),
            Tiles.tile(
                Figures.count(behind),
                "behind",
                behind > 0 ? Tone.ACCENT : Tone.MUTED,
                "The lake has news for them: a load is due"),
            Tiles.tile(
                Figures.count(differ),
                "differ",
                differ > 0 ? Tone.WARNING : Tone.MUTED,
                "Someone changed in the warehouse what was loaded"),
            Tiles.tile(
                Figures.compact(rows),
                "rows differ",
                rows > 0 ? Tone.WARNING : Tone.MUTED,
                "Missing, changed or too many"));
    mend.setDisable(!found.differs());
    if (model.comparison().get() instanceof Looked.Found<Reconciliation> told) {
      when.setText(
          (differ + behind == 0 ? "Lake and warehouse are equal. " : "")
              + "Compared at "
              + model.clock().second(told.at(), model.now())
              + (told.moved() ? "; the lake or the warehouse has moved since." : "."));
      when.getStyleClass()
          .setAll("label", "page-subtitle", told.moved() ? "tone-warning-text" : "plain");
    }
    bars.show(WindowPlan.checks(all));
    SortedList<Compared> sorted = new SortedList<>(FXCollections.observableList(all));
    sorted.comparatorProperty().bind(windows.comparatorProperty());
    windows.setItems(sorted);
    if (!all.isEmpty()) {
      windows.getSelectionModel().select(0);
    }
    showDetail();
    return page;
  }

  private static long count(List<Compared> all, Verdict verdict) {
    return all.stream().filter(c -> c.window().verdict() == verdict).count();
  }

  private void showDetail() {
    detail.getChildren().clear();
    Optional<Compared> chosen = Optional.ofNullable(windows.getSelectionModel().getSelectedItem());
    if (chosen.isEmpty()) {
      detail.getChildren().add(Tiles.dim("Choose a window to see its sums and rows."));
      return;
    }
    PartitionCheck window = chosen.get().window();
    Label name = new Label(chosen.get().table().target());
    name.getStyleClass().add("table-name");
    detail.getChildren().addAll(name, Tiles.dim(WindowPlan.label(window.partition())));
    if (window.kept() > 0) {
      detail
          .getChildren()
          .add(Tiles.dim(Figures.counted(window.kept(), "row") + " the lake no longer has, kept"));
    }
    for (RowDifference row : window.rows()) {
      detail.getChildren().add(difference(row));
    }
    if (window.differing() > window.rows().size()) {
      detail
          .getChildren()
          .add(
              Tiles.dim(
                  "and "
                      + Figures.count(window.differing() - window.rows().size())
                      + " more rows"));
    }
    sums(window);
  }

  private static Node difference(RowDifference row) {
    Tone tone =
        switch (row.kind()) {
          case MISSING, EXTRA -> Tone.BAD;
          case CHANGED -> Tone.WARNING;
        };
    Label kind = new Label(row.kind().name().toLowerCase(Locale.ROOT));
    kind.getStyleClass().addAll("standing", tone.styleClass());
    kind.setMinWidth(56);
    Label key =
        new Label(
            new TreeMap<>(row.key())
                .entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue())
                    .collect(Collectors.joining(", ")));
    key.setWrapText(true);
    key.getStyleClass().add("technical");
    HBox line = new HBox(6, kind, key);
    HBox.setHgrow(key, Priority.ALWAYS);
    line.setAlignment(Pos.TOP_LEFT);
    return line;
  }

  private void sums(PartitionCheck window) {
    TreeSet<String> columns = new TreeSet<>(window.lake().sums().keySet());
    columns.addAll(window.warehouse().sums().keySet());
    if (columns.isEmpty()) {
      return;
    }
    Label head = new Label("Sums");
    head.getStyleClass().add("fact-value");
    detail.getChildren().add(head);
    for (String column : columns) {
      Optional<Double> lake = Optional.ofNullable(window.lake().sums().get(column));
      Optional<Double> there = Optional.ofNullable(window.warehouse().sums().get(column));
      boolean near =
          lake.isPresent() == there.isPresent()
              && Math.abs(lake.orElse(0.0) - there.orElse(0.0))
                  <= 1e-9 * Math.max(1, Math.abs(lake.orElse(0.0)));
      Label name = new Label(column);
      name.getStyleClass().add("fact-name");
      name.setMinWidth(0);
      Label value = new Label(near ? words(lake) : words(lake) + " → " + words(there));
      value.getStyleClass().addAll("fact-value", near ? "tone-muted" : "tone-warning");
      value.setMinWidth(USE_PREF_SIZE);
      Hint.on(value, "lake " + words(lake) + ", warehouse " + words(there));
      HBox line = new HBox(8, name, Tiles.gap(), value);
      line.setAlignment(Pos.CENTER_LEFT);
      detail.getChildren().add(line);
    }
  }

  private static String words(Optional<Double> sum) {
    return sum.map(s -> String.format(Locale.ENGLISH, s == Math.rint(s) ? "%,.0f" : "%,.2f", s))
        .orElse("none");
  }
}
