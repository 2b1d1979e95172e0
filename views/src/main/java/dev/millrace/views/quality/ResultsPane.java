package dev.millrace.views.quality;

import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.Names;
import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.report.Found;
import dev.millrace.engine.quality.report.Wording;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.Columns;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.controls.WholeRows;
import dev.millrace.views.controls.WholeText;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// What a validation found: every expectation in words, and one of them in full.
final class ResultsPane extends VBox {

  private static final int EXAMPLES = 12;
  private static final int PLACES = 3;

  private final QualityViewModel model;
  private final TableView<ResultRow> table = new TableView<>();
  private final Label about = new Label();
  private final HBox trial = new HBox(10);
  private final Label words = new Label();
  private final Label severity = Chips.chip("", "mdi2c-circle-medium", Tone.MUTED);
  private final Label technical = new Label();
  private final Label finding = new Label();
  private final FlowPane examples = new FlowPane(6, 6);
  private final Label places = new Label();
  private final Button rows = new Button("Its rows", new FontIcon("mdi2t-table-eye"));
  private final VBox detail;
  private boolean following;

  ResultsPane(QualityViewModel model) {
    super(8);
    this.model = model;
    Segments<ResultScope> scopes = new Segments<>(ResultScope::words);
    scopes.setId("result-scopes");
    scopes.choices(List.of(ResultScope.values()));
    scopes.chosen().bindBidirectional(model.scope());
    about.getStyleClass().add("page-subtitle");
    about.setMinWidth(0);
    HBox bar = new HBox(10, scopes, about);
    bar.setAlignment(Pos.CENTER_LEFT);
    dressTrial();
    dressTable();
    detail = detail();
    VBox.setVgrow(table, Priority.ALWAYS);
    getChildren().addAll(trial, bar, table, detail);
    WholeRows.around(table);
    setMinHeight(0);
    model.judgement().addListener((_, _, now) -> show(now));
    model.results().addListener((javafx.beans.Observable _) -> chooseFirst());
    show(model.judgement().get());
    chooseFirst();
  }

  private void dressTrial() {
    Label told =
        new Label("A trial of the draft: nothing of it is kept.", new FontIcon("mdi2t-test-tube"));
    told.getStyleClass().add("result-text");
    Button end = new Button("Back to the last validation");
    end.setId("trial-end");
    end.getStyleClass().add("small");
    end.setOnAction(_ -> model.endTrial());
    trial.getChildren().addAll(told, gap(), end);
    trial.setAlignment(Pos.CENTER_LEFT);
    trial.getStyleClass().addAll("result", Tone.ACCENT.styleClass());
  }

  private void dressTable() {
    table.setId("results");
    table.setAccessibleText("Expectations");
    table.setFixedCellSize(29);
    table.setMinHeight(0);
    WidthsByRoom.of(table);
    TableColumn<ResultRow, ResultRow> state = new TableColumn<>("");
    state.setCellValueFactory(
        row -> new javafx.beans.property.SimpleObjectProperty<>(row.getValue()));
    state.setCellFactory(_ -> new StateCell());
    state.setMinWidth(36);
    state.setMaxWidth(36);
    state.setSortable(false);
    TableColumn<ResultRow, String> expectation =
        Columns.words("Expectation", 330, ResultRow::words);
    TableColumn<ResultRow, Double> mostly =
        Columns.figures("Mostly", 66, ResultRow::mostly, ResultsPane::mostly);
    TableColumn<ResultRow, String> observed = Columns.words("Observed", 116, ResultRow::observed);
    TableColumn<ResultRow, Long> unexpected =
        Columns.figures("Failed", 62, ResultRow::unexpected, n -> n < 0 ? "–" : Figures.count(n));
    TableColumn<ResultRow, Double> share =
        Columns.figures("Share", 64, ResultRow::share, ResultsPane::share);
    TableColumn<ResultRow, String> column = Columns.words("Column", 120, ResultRow::column);
    TableColumn<ResultRow, String> consequence =
        Columns.words("If not met", 104, r -> ResultRow.words(r.result().config().consequence()));
    for (TableColumn<ResultRow, ?> narrow :
        List.<TableColumn<ResultRow, ?>>of(mostly, unexpected, share, consequence)) {
      narrow.setMaxWidth(narrow.getPrefWidth() + 16);
    }
    table
        .getColumns()
        .setAll(
            List.of(state, expectation, column, mostly, observed, unexpected, share, consequence));
    table.setItems(model.results());
    Label none = new Label("No expectation fits the filter.");
    none.getStyleClass().add("page-subtitle");
    table.setPlaceholder(none);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, row) -> {
              if (!following) {
                showRow(Optional.ofNullable(row));
              }
            });
    Copies.rows(table, ResultRow::line);
  }

  private static String mostly(double percent) {
    return percent >= 100 ? "all" : Shown.percent(percent);
  }

  private static String share(double percent) {
    return percent < 0
        ? "–"
        : percent == 0
            ? "none"
            : percent < 0.01 ? "< 0.01 %" : String.format(Locale.ENGLISH, "%.2f %%", percent);
  }

  private VBox detail() {
    words.getStyleClass().add("plan-title");
    words.setMinWidth(0);
    technical.getStyleClass().addAll("mono", "technical");
    technical.setMinWidth(0);
    Hint.on(technical, technical::getText);
    finding.getStyleClass().add("fact-value");
    finding.setMinWidth(0);
    Label name = new Label("Failed");
    name.getStyleClass().add("fact-name");
    name.setMinWidth(Label.USE_PREF_SIZE);
    examples.setMinWidth(0);
    HBox.setHgrow(examples, Priority.ALWAYS);
    HBox shown = new HBox(8, name, examples);
    shown.visibleProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(examples.getChildren()));
    places.getStyleClass().addAll("mono", "technical");
    places.setMinWidth(0);
    List.of(words, finding, places).forEach(WholeText::of);
    rows.setId("result-rows");
    rows.setAccessibleText("Rows that failed");
    rows.getStyleClass().add("small");
    rows.setMinWidth(USE_PREF_SIZE);
    Button copy = new Button("Copy", new FontIcon("mdi2c-content-copy"));
    copy.getStyleClass().addAll("small", "flat");
    copy.setMinWidth(USE_PREF_SIZE);
    copy.setOnAction(_ -> row().ifPresent(r -> Copies.text(r.line())));
    rows.setOnAction(
        _ -> row().ifPresent(r -> model.openQuarantine(Names.full(r.result().config()))));
    HBox head = new HBox(10, words, severity, gap(), copy, rows);
    head.setAlignment(Pos.CENTER_LEFT);
    VBox box = new VBox(6, head, finding, technical, shown, places);
    box.getStyleClass().add("detail");
    box.setMinHeight(158);
    box.setPrefHeight(158);
    box.setMaxHeight(158);
    return box;
  }

  private Optional<ResultRow> row() {
    return Optional.ofNullable(table.getSelectionModel().getSelectedItem());
  }

  private void chooseFirst() {
    following = true;
    if (!model.results().isEmpty()) {
      table.getSelectionModel().clearAndSelect(0);
    }
    following = false;
    showRow(model.results().isEmpty() ? Optional.empty() : Optional.of(model.results().getFirst()));
  }

  private void show(Optional<Judgement> now) {
    boolean tried = now.filter(j -> !j.kept()).isPresent();
    trial.setVisible(tried);
    trial.setManaged(tried);
    about.setText(
        now.map(
                j ->
                    "suite "
                        + j.suite()
                        + " · "
                        + (j.scope().equals("whole") ? "all rows" : j.scope())
                        + " of version "
                        + Figures.count(j.version())
                        + j.lineage()
                            .map(
                                l ->
                                    ", "
                                        + Figures.counted(l.rows(), "row")
                                        + " in "
                                        + Figures.counted(l.files(), "file"))
                            .orElse(""))
            .orElse(""));
  }

  private void showRow(Optional<ResultRow> now) {
    detail.setVisible(now.isPresent());
    if (now.isEmpty()) {
      return;
    }
    ResultRow row = now.get();
    boolean tried = model.judgement().get().filter(j -> !j.kept()).isPresent();
    words.setText(row.words());
    Chips.show(
        severity,
        row.result().success()
            ? "Met"
            : "Not met · "
                + (tried
                    ? Wording.trial(row.result().config().consequence())
                    : Wording.consequence(row.result().config().consequence())),
        row.result().success() ? "mdi2c-check-circle-outline" : "mdi2a-alert-circle-outline",
        row.tone());
    technical.setText(Asked.technical(row.result().config()));
    finding.setText(Found.of(row.result()));
    List<Found.Example> some = Found.examples(row.result(), EXAMPLES);
    examples.getChildren().setAll(some.stream().<Node>map(ResultsPane::example).toList());
    places.setText(
        some.stream()
            .filter(one -> !one.places().isEmpty())
            .limit(PLACES)
            .map(Found.Example::line)
            .collect(Collectors.joining("   ")));
    // Of a trial no row is kept.
    boolean failing = !tried && !row.result().success() && row.unexpected() > 0;
    rows.setVisible(failing);
    rows.setManaged(failing);
    rows.setText(failing ? "Its " + Figures.counted(row.unexpected(), "row") : "Its rows");
  }

  private static Label example(Found.Example one) {
    Label label = new Label(one.words());
    label.getStyleClass().addAll("example", "mono");
    return label;
  }

  private static Region gap() {
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    return gap;
  }

  /// Met or not, as a sign in its tone.
  private static final class StateCell extends TableCell<ResultRow, ResultRow> {

    private final FontIcon icon = new FontIcon("mdi2c-check-circle-outline");

    StateCell() {
      icon.getStyleClass().add("line-icon");
      setAlignment(Pos.CENTER);
    }

    @Override
    protected void updateItem(@Nullable ResultRow row, boolean empty) {
      super.updateItem(row, empty);
      if (empty || row == null) {
        setGraphic(null);
        return;
      }
      boolean met = row.result().success();
      icon.setIconLiteral(
          met
              ? "mdi2c-check-circle-outline"
              : row.result().error().isPresent()
                  ? "mdi2h-help-circle-outline"
                  : "mdi2a-alert-circle-outline");
      row.tone().dress(icon);
      setAccessibleText(met ? "met" : "not met");
      setGraphic(icon);
    }
  }
}
