package dev.millrace.views.warehouse;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.warehouse.LedgerEntry;
import dev.millrace.views.controls.Columns;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.text.Figures;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What loads did, by load and table, newest first.
final class LedgerPane extends StackPane {

  private final WarehouseViewModel model;
  private final EmptyState nothing =
      new EmptyState(
          "mdi2b-book-open-outline",
          "No load yet",
          "Each load writes what it did to each table here, in the same transaction as the rows.");
  private final Label words = Tiles.dim("");
  private final WindowBars bars = new WindowBars("Rows written and deleted, by load");
  private final TableView<LedgerEntry> entries = new TableView<>();
  private final VBox page;

  LedgerPane(WarehouseViewModel model) {
    this.model = model;
    nothing.setId("ledger-none");
    Button again = Tiles.small(new Button("Read again"), "ledger-again");
    again.setGraphic(new FontIcon("mdi2r-refresh"));
    again.setOnAction(_ -> model.readLedger());
    HBox head = new HBox(8, words, Tiles.gap(), again);
    head.setAlignment(Pos.CENTER_LEFT);
    entries.setId("ledger");
    entries.setAccessibleText("Loads so far");
    entries.setFixedCellSize(27);
    entries.setMinHeight(80);
    WidthsByRoom.of(entries);
    entries
        .getColumns()
        .setAll(
            List.of(
                Columns.figures("Load", 62, LedgerEntry::load, n -> "#" + Figures.count(n)),
                Columns.told(
                    "At", 118, LedgerEntry::loadedAt, at -> model.clock().second(at, model.now())),
                Columns.words("Table", 172, LedgerEntry::target),
                Columns.words("From", 172, LedgerEntry::source),
                Columns.figures("Version", 66, LedgerEntry::sourceVersion, Figures::count),
                Columns.figures("Written", 70, LedgerEntry::written, LedgerPane::dash),
                Columns.figures("Deleted", 70, LedgerEntry::deleted, LedgerPane::dash),
                Columns.figures("Rows then", 84, LedgerEntry::rows, Figures::count)));
    Copies.rows(
        entries,
        e ->
            e.load()
                + "\t"
                + e.loadedAt()
                + "\t"
                + e.target()
                + "\t"
                + e.sourceVersion()
                + "\t"
                + e.written()
                + "\t"
                + e.deleted()
                + "\t"
                + e.rows());
    VBox.setVgrow(entries, Priority.ALWAYS);
    page = new VBox(9, head, bars, entries);
    page.setMinHeight(0);
    setMinHeight(0);
    model.ledger().addListener((_, _, _) -> show());
    model.chosen().addListener((_, _, _) -> show());
    show();
  }

  private static String dash(long rows) {
    return rows == 0 ? "–" : Figures.count(rows);
  }

  private void show() {
    getChildren()
        .setAll(
            Tiles.of(
                model.ledger().get(),
                nothing,
                "Reading the ledger …",
                model::readLedger,
                this::page));
  }

  private Node page(Answer.Ledger ledger) {
    List<LedgerEntry> shown =
        ledger.entries().stream()
            .filter(e -> model.chosen().get().map(e.target()::equals).orElse(true))
            .toList();
    if (shown.isEmpty()) {
      return nothing;
    }
    words.setText(
        Figures.counted(shown.stream().map(LedgerEntry::load).distinct().count(), "load")
            + ", "
            + Figures.counted(shown.size(), "entry")
            + (ledger.more() ? "; there are older ones, which SQL reads." : "."));
    bars.show(WindowPlan.loads(shown, model.clock(), model.now()));
    SortedList<LedgerEntry> sorted = new SortedList<>(FXCollections.observableList(shown));
    sorted.comparatorProperty().bind(entries.comparatorProperty());
    entries.setItems(sorted);
    return page;
  }
}
