package dev.millrace.views.palette;

import atlantafx.base.controls.CustomTextField;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// A field and what fits it: arrow keys choose, Enter takes, Esc closes.
public final class Palette extends VBox {

  private static final double ROW = 38;

  private final PaletteViewModel model;
  private final Runnable close;
  private final CustomTextField field = new CustomTextField();
  private final ListView<Entry> list = new ListView<>();

  /// @param close puts the palette away
  public Palette(PaletteViewModel model, Runnable close) {
    super(8);
    this.model = model;
    this.close = close;
    field.setId("palette-field");
    field.setPromptText("Go to a room, table, sensor, run or action");
    field.setLeft(new FontIcon("mdi2m-magnify"));
    field.getStyleClass().add("palette-field");
    field.textProperty().bindBidirectional(model.words());
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
    list.setId("palette-list");
    list.setAccessibleText("What fits");
    list.setItems(model.shown());
    list.setFixedCellSize(ROW);
    list.setPrefHeight(10 * ROW + 4);
    list.setFocusTraversable(false);
    list.setCellFactory(_ -> new EntryCell());
    list.getStyleClass().add("palette-list");
    Label none = new Label("Nothing has such a name.");
    none.getStyleClass().add("page-subtitle");
    list.setPlaceholder(none);
    list.setOnMouseClicked(_ -> take());
    model.shown().addListener((javafx.beans.Observable _) -> chooseFirst());
    Label hint = new Label("↑ ↓ choose    Enter takes    Esc closes");
    hint.getStyleClass().add("page-subtitle");
    getChildren().setAll(field, list, hint);
    getStyleClass().addAll("dialog", "palette");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    setPrefWidth(620);
  }

  private void chooseFirst() {
    if (model.shown().isEmpty()) {
      list.getSelectionModel().clearSelection();
    } else {
      list.getSelectionModel().selectFirst();
    }
  }

  /// Begins anew, with the field in focus.
  public void open() {
    model.open();
    chooseFirst();
    field.requestFocus();
  }

  private void press(KeyEvent e) {
    int at = list.getSelectionModel().getSelectedIndex();
    switch (e.getCode()) {
      case DOWN -> select(at + 1);
      case UP -> select(at - 1);
      case PAGE_DOWN -> select(at + 10);
      case PAGE_UP -> select(at - 10);
      case ENTER -> take();
      case ESCAPE -> close.run();
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void select(int at) {
    int last = model.shown().size() - 1;
    if (last >= 0) {
      int to = Math.clamp(at, 0, last);
      list.getSelectionModel().select(to);
      list.scrollTo(Math.max(0, to - 5));
    }
  }

  private void take() {
    Entry entry = list.getSelectionModel().getSelectedItem();
    if (entry != null) {
      model.take(entry);
      close.run();
    }
  }

  private static final class EntryCell extends ListCell<Entry> {

    private final FontIcon icon = new FontIcon("mdi2t-table");
    private final Label title = new Label();
    private final Label detail = new Label();
    private final Label kind = new Label();
    private final Label keys = new Label();
    private final HBox line;

    EntryCell() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      icon.getStyleClass().add("palette-icon");
      title.getStyleClass().add("palette-title");
      title.setMinWidth(Label.USE_PREF_SIZE);
      detail.getStyleClass().add("fact-name");
      detail.setMinWidth(0);
      kind.getStyleClass().add("fact-name");
      kind.setMinWidth(Label.USE_PREF_SIZE);
      keys.getStyleClass().add("keys");
      keys.setMinWidth(Label.USE_PREF_SIZE);
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      line = new HBox(10, icon, title, detail, gap, kind, keys);
      line.setAlignment(Pos.CENTER_LEFT);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Entry entry, boolean empty) {
      super.updateItem(entry, empty);
      if (empty || entry == null) {
        setGraphic(null);
        return;
      }
      if (!entry.icon().equals(icon.getIconLiteral())) {
        icon.setIconLiteral(entry.icon());
      }
      title.setText(entry.title());
      detail.setText(entry.detail());
      kind.setText(entry.kind());
      keys.setText(entry.keys());
      keys.setVisible(!entry.keys().isEmpty());
      keys.setManaged(keys.isVisible());
      setAccessibleText(entry.kind() + " " + entry.title() + " " + entry.detail());
      setGraphic(line);
    }
  }
}
