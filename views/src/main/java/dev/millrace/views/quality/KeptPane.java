package dev.millrace.views.quality;

import dev.millrace.engine.quality.quarantine.KeptRow;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.engine.quality.report.Wording;
import dev.millrace.views.controls.Columns;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.controls.WholeText;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Rows of the chosen table in quarantine: how many fail what, the rows, and what becomes of them.
final class KeptPane extends VBox {

  private final QualityViewModel room;
  private final KeptModel model;
  private final DialogService dialogs;
  private final ListView<KeptModel.Reason> reasons = new ListView<>();
  private final TableView<KeptRow> rows = new TableView<>();
  private final Label meant = new Label();
  private final Label why = new Label();
  private final Label fault = new Label();
  private final Button release =
      new Button("Release …", new FontIcon("mdi2l-lock-open-check-outline"));
  private final Button discard = new Button("Discard …", new FontIcon("mdi2d-delete-outline"));
  private final Button reopen = new Button("Reopen …", new FontIcon("mdi2l-lock-outline"));
  private List<String> shownColumns = List.of();
  private boolean following;

  KeptPane(QualityViewModel room, DialogService dialogs) {
    super(8);
    this.room = room;
    this.model = room.quarantine();
    this.dialogs = dialogs;
    Segments<KeptState> states = new Segments<>(s -> Names.spoken(s.text()));
    states.setId("kept-states");
    states.choices(List.of(KeptState.values()));
    states.chosen().bindBidirectional(model.state());
    release.setId("release");
    discard.setId("discard");
    reopen.setId("reopen");
    for (Button act : List.of(release, discard, reopen)) {
      act.getStyleClass().add("small");
      act.setMinWidth(USE_PREF_SIZE);
    }
    release.getStyleClass().add("accent");
    meant.getStyleClass().add("page-subtitle");
    meant.setMinWidth(0);
    WholeText.of(meant);
    HBox bar = new HBox(8, states, meant, gap(), reopen, discard, release);
    bar.setAlignment(Pos.CENTER_LEFT);
    fault.getStyleClass().addAll("notice-what", "tone-bad");
    fault.setWrapText(true);
    fault.textProperty().bind(model.fault());
    fault.visibleProperty().bind(fault.textProperty().isNotEmpty());
    fault.managedProperty().bind(fault.visibleProperty());
    dressReasons();
    dressRows();
    why.getStyleClass().add("kept-why");
    why.setWrapText(true);
    why.setMinHeight(52);
    why.setPrefHeight(52);
    why.setAlignment(Pos.TOP_LEFT);
    Hint.on(
        why,
        () ->
            chosen().stream().findFirst().map(row -> String.join("\n", row.reasons())).orElse(""));
    VBox right = new VBox(8, rows, why);
    VBox.setVgrow(rows, Priority.ALWAYS);
    HBox.setHgrow(right, Priority.ALWAYS);
    right.setMinWidth(0);
    HBox both = new HBox(12, reasons, right);
    both.setMinHeight(0);
    both.visibleProperty().bind(Bindings.isNotEmpty(model.reasons()));
    Label none = new Label();
    none.setId("kept-none");
    none.textProperty().bind(model.nothing());
    none.visibleProperty().bind(both.visibleProperty().not());
    none.getStyleClass().add("page-subtitle");
    StackPane page = new StackPane(both, none);
    page.setMinHeight(0);
    VBox.setVgrow(page, Priority.ALWAYS);
    getChildren().addAll(bar, fault, page);
    setMinHeight(0);
    release.setOnAction(_ -> decide(KeptSheet.Way.RELEASE));
    discard.setOnAction(_ -> decide(KeptSheet.Way.DISCARD));
    reopen.setOnAction(_ -> decide(KeptSheet.Way.REOPEN));
    model.state().addListener((_, _, _) -> offer());
    model.meant().addListener((_, _, _) -> offer());
    model.rows().addListener((javafx.beans.Observable _) -> showRows());
    showRows();
  }

  private static Region gap() {
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    return gap;
  }

  private void dressReasons() {
    reasons.setId("kept-reasons");
    reasons.setAccessibleText("Reasons");
    reasons.getStyleClass().add("table-list");
    reasons.setMinWidth(264);
    reasons.setPrefWidth(264);
    reasons.setMaxWidth(264);
    reasons.setCellFactory(_ -> new ReasonCell());
    reasons.setItems(model.reasons());
    reasons
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, reason) -> {
              if (reason != null && !following) {
                model.chooseReason(reason.reason());
              }
            });
    model.reasons().addListener((javafx.beans.Observable _) -> follow());
    model.reason().addListener((_, _, _) -> follow());
    follow();
  }

  private void follow() {
    following = true;
    for (KeptModel.Reason one : model.reasons()) {
      if (one.reason().equals(model.reason().getValue()) || model.reasons().size() == 1) {
        reasons.getSelectionModel().select(one);
      }
    }
    following = false;
  }

  private void dressRows() {
    rows.setId("kept-rows");
    rows.setAccessibleText("Rows in quarantine");
    rows.setFixedCellSize(27);
    rows.setMinHeight(0);
    rows.setItems(model.rows());
    // Rows follow their reasons at once; until then there is nothing to say.
    rows.setPlaceholder(new Region());
    rows.getSelectionModel().getSelectedItems().addListener((javafx.beans.Observable _) -> offer());
    Copies.rows(
        rows,
        r ->
            r.values().values().stream()
                .map(v -> v == null ? "" : v.toString())
                .collect(Collectors.joining("\t")));
  }

  private void showRows() {
    List<KeptRow> all = model.rows();
    List<String> names = all.isEmpty() ? List.of() : List.copyOf(all.getFirst().values().keySet());
    if (!names.equals(shownColumns)) {
      shownColumns = names;
      List<TableColumn<KeptRow, ?>> columns = new ArrayList<>();
      columns.add(
          Columns.told("Found", 96, KeptRow::foundAt, at -> room.clock().second(at, room.now())));
      columns.add(
          Columns.words(
              "Fails",
              190,
              r -> r.reasons().stream().map(Titles::words).collect(Collectors.joining("; "))));
      for (String name : names) {
        columns.add(
            Columns.words(
                name,
                Math.clamp(name.length() * 8L + 24, 90, 170),
                r -> shown(r.values().get(name))));
      }
      rows.getColumns().setAll(columns);
    }
    offer();
  }

  private String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "–";
      case Instant at -> room.clock().second(at, room.now());
      case Double number -> Figures.reading(number);
      default -> value.toString();
    };
  }

  private List<KeptRow> chosen() {
    return List.copyOf(rows.getSelectionModel().getSelectedItems());
  }

  private void offer() {
    List<KeptRow> chosen = chosen();
    long count = chosen.isEmpty() ? model.meant().get() : chosen.size();
    String many = count == 0 ? "" : " " + Figures.compact(count);
    release.setText("Release" + many + " …");
    discard.setText("Discard" + many + " …");
    reopen.setText("Reopen" + many + " …");
    KeptState state = model.state().get();
    show(release, state == KeptState.OPEN, count);
    show(discard, state == KeptState.OPEN, count);
    show(reopen, state == KeptState.RELEASED, count);
    long all = model.meant().get();
    int listed = model.rows().size();
    meant.setText(
        !chosen.isEmpty()
            ? Figures.counted(chosen.size(), "row") + " chosen of " + Figures.count(all)
            : listed < all
                ? "the newest " + Figures.count(listed) + " of " + Figures.count(all)
                : Figures.counted(all, "row"));
    why.setVisible(!model.rows().isEmpty());
    why.setText(
        chosen.isEmpty()
            ? "Choose rows to decide about them alone; without a choice a decision is about all"
                + " that are shown."
            : facts(chosen.getFirst()));
  }

  private String facts(KeptRow row) {
    return "Row "
        + row.id().substring(0, Math.min(8, row.id().length()))
        + " "
        + Wording.consequence(row.consequence())
        + ": "
        + row.reasons().stream().map(Titles::words).collect(Collectors.joining("; "))
        + ". Found in version "
        + Figures.count(row.version())
        + " by suite "
        + row.suite()
        + row.note().map(n -> ". Note: " + n).orElse("")
        + ".";
  }

  private static void show(Button act, boolean shown, long count) {
    act.setVisible(shown);
    act.setManaged(shown);
    act.setDisable(count == 0);
  }

  private void decide(KeptSheet.Way way) {
    List<KeptRow> chosen = chosen();
    KeptSheet.open(model, way, chosen.isEmpty() ? model.all() : model.of(chosen), dialogs);
  }

  /// A reason: the expectation in words, and how many rows fail it.
  private static final class ReasonCell extends ListCell<KeptModel.Reason> {

    private final Label words = new Label();
    private final Label count = new Label();
    private final HBox line;

    ReasonCell() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      words.getStyleClass().add("table-name");
      words.setMinWidth(0);
      words.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(words, Priority.ALWAYS);
      count.getStyleClass().add("score");
      count.setMinWidth(USE_PREF_SIZE);
      line = new HBox(8, words, count);
      line.setAlignment(Pos.CENTER_LEFT);
      setPrefWidth(0);
      Hint.on(this, () -> getItem() == null ? "" : getItem().reason());
    }

    @Override
    protected void updateItem(KeptModel.Reason reason, boolean empty) {
      super.updateItem(reason, empty);
      if (empty || reason == null) {
        setGraphic(null);
        return;
      }
      words.setText(Titles.words(reason.reason()));
      count.setText(Figures.compact(reason.rows()));
      setAccessibleText(words.getText() + ", " + Figures.counted(reason.rows(), "row"));
      setGraphic(line);
    }
  }
}
