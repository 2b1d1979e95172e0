package dev.millrace.views.warehouse;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.LoadPreview.Action;
import dev.millrace.engine.warehouse.LoadPreview.TablePreview;
import dev.millrace.views.controls.Columns;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.WholeRows;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.warehouse.WindowPlan.Planned;
import dev.millrace.views.warehouse.WindowPlan.Totals;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What a load would do: in figures, by window, and some of the rows it would write.
final class PreviewPane extends StackPane {

  private final WarehouseViewModel model;
  private final EmptyState nothing;
  private final EmptyState unbuilt =
      new EmptyState(
          "mdi2d-database-clock-outline",
          "Nothing to load yet",
          "None of the tables is built. “Run pipeline” builds Silver and Gold from the events that"
              + " have come, and loads the warehouse.");
  private final Label when = Tiles.dim("");
  private final VBox held = new VBox();
  private final HBox tiles = new HBox(8);
  private final WindowBars bars = new WindowBars("Rows that a load would write, by window");
  private final TableView<Planned> windows = new TableView<>();
  private final TableView<Map<String, String>> sample = new TableView<>();
  private final Label sampleWords = Tiles.dim("");
  private final VBox sampleBox;
  private final VBox page;
  private List<String> shownColumns = List.of();

  PreviewPane(WarehouseViewModel model) {
    this.model = model;
    nothing =
        new EmptyState(
                "mdi2d-database-search-outline",
                "What would a load do?",
                "Rows it would insert, replace, delete and leave, by table and window, are found"
                    + " without changing anything. Merged tables are compared row by row.")
            .offering("Look", "mdi2e-eye-outline", "accent", model::preview);
    nothing.setId("preview-none");
    unbuilt.setId("preview-unbuilt");
    Button again = Tiles.small(new Button("Look again"), "preview-again");
    again.setGraphic(new FontIcon("mdi2r-refresh"));
    again.setOnAction(_ -> model.preview());
    HBox head = new HBox(8, when, Tiles.gap(), again);
    head.setAlignment(Pos.CENTER_LEFT);
    dressWindows();
    sample.setId("load-sample");
    sample.setAccessibleText("First rows of the next load");
    sample.setFixedCellSize(24);
    sample.getStyleClass().add("dense");
    sample.setMinHeight(106);
    sample.setPrefHeight(156);
    sample.setMaxHeight(156);
    Copies.rows(sample, row -> String.join("\t", row.values()));
    sampleBox = new VBox(5, sampleWords, sample);
    VBox.setVgrow(windows, Priority.ALWAYS);
    page = new VBox(9, head, held, tiles, bars, windows, sampleBox);
    WholeRows.around(windows);
    page.setMinHeight(0);
    setMinHeight(0);
    model.planned().addListener((_, _, _) -> show());
    model.chosen().addListener((_, _, _) -> show());
    show();
  }

  private void dressWindows() {
    windows.setId("load-windows");
    windows.setAccessibleText("What the next load writes");
    windows.setFixedCellSize(27);
    windows.setMinHeight(80);
    WidthsByRoom.of(windows);
    TableColumn<Planned, String> what = Columns.words("A load would", 120, p -> words(p));
    windows
        .getColumns()
        .setAll(
            List.of(
                Columns.words("Table", 200, p -> p.table().target()),
                Columns.words("Window", 104, p -> WindowPlan.label(p.window().partition())),
                what,
                figure("Insert", p -> p.window().inserted()),
                figure("Update", p -> p.window().updated()),
                figure("Delete", p -> p.window().deleted()),
                figure("Leave", p -> p.window().left()),
                Columns.figures(
                    "Files",
                    76,
                    (Planned p) -> p.window().bytes(),
                    b -> b == 0 ? "–" : Figures.bytes(b))));
    windows.setRowFactory(_ -> new ActionRow());
    windows.getSelectionModel().selectedItemProperty().addListener((_, _, _) -> showSample());
    Copies.rows(
        windows,
        p ->
            p.table().target() + "\t" + WindowPlan.label(p.window().partition()) + "\t" + words(p));
  }

  private static final class ActionRow extends TableRow<Planned> {
    @Override
    protected void updateItem(Planned item, boolean empty) {
      super.updateItem(item, empty);
      getStyleClass().remove("left-alone");
      if (!empty && item != null && !item.changes()) {
        getStyleClass().add("left-alone");
      }
    }
  }

  private static TableColumn<Planned, Long> figure(String title, Function<Planned, Long> of) {
    return Columns.figures(title, 72, of, n -> n == 0 ? "–" : Figures.count(n));
  }

  static String words(Planned planned) {
    return switch (planned.window().action()) {
      case INSERT -> planned.table().made() ? "make and fill it" : "insert it";
      case REPLACE -> "replace it";
      case DELETE -> "delete it";
      case MERGE -> planned.table().made() ? "make and fill it" : "merge by key";
      case LEAVE -> "leave it";
    };
  }

  private void show() {
    if (model.unbuilt().get() && model.planned().get() instanceof Looked.Refused) {
      getChildren().setAll(unbuilt);
      return;
    }
    getChildren()
        .setAll(
            Tiles.of(
                model.planned().get(),
                nothing,
                "Looking what a load would do …",
                model::preview,
                this::page));
  }

  private VBox page(Outcome.LoadPlanned planned) {
    LoadPreview preview = planned.preview();
    held.getChildren()
        .setAll(
            planned
                .hold()
                .map(hold -> List.of(new HoldBox(hold, model::openQuality)))
                .orElse(List.of()));
    held.setVisible(planned.hold().isPresent());
    held.setManaged(planned.hold().isPresent());
    List<Planned> all = WindowPlan.planned(preview, model.chosen().get());
    Totals totals = WindowPlan.totals(all);
    tiles
        .getChildren()
        .setAll(
            Tiles.tile(
                Figures.compact(totals.inserted()),
                "rows inserted",
                totals.inserted() > 0 ? Tone.GOOD : Tone.MUTED,
                Figures.count(totals.inserted()) + " rows"),
            Tiles.tile(
                Figures.compact(totals.updated()),
                "updated",
                totals.updated() > 0 ? Tone.ACCENT : Tone.MUTED,
                Figures.count(totals.updated()) + " rows of merged tables"),
            Tiles.tile(
                Figures.compact(totals.deleted()),
                "deleted before",
                totals.deleted() > 0 ? Tone.WARNING : Tone.MUTED,
                Figures.count(totals.deleted()) + " rows, most of which come again"),
            Tiles.tile(
                Figures.compact(totals.left()),
                "left as they are",
                Tone.MUTED,
                Figures.count(totals.left()) + " rows"),
            Tiles.tile(
                Figures.count(totals.windows()) + " of " + Figures.count(all.size()),
                "windows touched",
                Tone.MUTED,
                "A window is a partition of a table, or a whole merged table"),
            Tiles.tile(
                Figures.bytes(totals.bytes()),
                "of files read",
                Tone.MUTED,
                Figures.count(totals.bytes()) + " bytes"));
    if (model.planned().get() instanceof Looked.Found<Outcome.LoadPlanned> found) {
      when.setText(
          (totals.windows() == 0 && shapes(preview).isEmpty()
                  ? found.moved()
                      ? "The warehouse held the newest state. "
                      : "The warehouse holds the newest state. "
                  : "")
              + shapes(preview)
              + "Looked at "
              + model.clock().second(found.at(), model.now())
              + (found.moved() ? "; the lake or the warehouse has moved since." : "."));
      when.getStyleClass()
          .setAll("label", "page-subtitle", found.moved() ? "tone-warning-text" : "plain");
    }
    bars.show(WindowPlan.bars(all));
    SortedList<Planned> sorted = new SortedList<>(FXCollections.observableList(all));
    sorted.comparatorProperty().bind(windows.comparatorProperty());
    windows.setItems(sorted);
    showSample();
    return page;
  }

  private static String shapes(LoadPreview preview) {
    long made = preview.tables().stream().filter(TablePreview::made).count();
    List<String> columns =
        preview.tables().stream()
            .flatMap(t -> t.newColumns().stream().map(c -> t.target() + "." + c))
            .toList();
    return (made > 0 ? Figures.counted(made, "table") + " would be made. " : "")
        + (columns.isEmpty() ? "" : "Columns added: " + String.join(", ", columns) + ". ");
  }

  private void showSample() {
    Optional<TablePreview> table =
        Optional.ofNullable(windows.getSelectionModel().getSelectedItem())
            .or(() -> windows.getItems().stream().filter(Planned::changes).findFirst())
            .map(Planned::table)
            .filter(t -> !t.sample().isEmpty());
    sampleBox.setVisible(table.isPresent());
    sampleBox.setManaged(table.isPresent());
    if (table.isEmpty()) {
      return;
    }
    List<Map<String, String>> rows = table.get().sample();
    sampleWords.setText(
        "Some of the rows that would be written to "
            + table.get().target()
            + ", as version "
            + Figures.count(table.get().sourceVersion())
            + " of "
            + table.get().from()
            + " has them");
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    if (!List.copyOf(names).equals(shownColumns)) {
      shownColumns = List.copyOf(names);
      List<TableColumn<Map<String, String>, ?>> columns = new ArrayList<>();
      for (String name : shownColumns) {
        int widest =
            Stream.concat(Stream.of(name), rows.stream().map(row -> row.getOrDefault(name, "null")))
                .mapToInt(String::length)
                .max()
                .orElse(8);
        columns.add(
            Columns.words(
                name, Math.clamp(widest * 7L + 22, 70, 240), row -> row.getOrDefault(name, "–")));
      }
      sample.getColumns().setAll(columns);
    }
    sample.getItems().setAll(rows);
  }

  static Tone tone(Action action) {
    return switch (action) {
      case INSERT -> Tone.GOOD;
      case REPLACE, MERGE -> Tone.ACCENT;
      case DELETE -> Tone.WARNING;
      case LEAVE -> Tone.MUTED;
    };
  }
}
