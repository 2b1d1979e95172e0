package dev.millrace.views.lake;

import atlantafx.base.theme.Styles;
import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Question.FileForm;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.export.Exports;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The editor above, its result below: rows, a chart, or the plan.
public final class SqlPane extends VBox {

  /// What of the result is on show.
  private enum Side {
    ROWS("Rows"),
    CHART("Chart"),
    PLAN("Plan");

    private final String words;

    Side(String words) {
      this.words = words;
    }
  }

  private static final int LONGEST_MENU = 15;

  private final SqlViewModel model;
  private final DialogService dialogs;
  private final Exports exports;
  private final SqlEditor editor;
  private final ResultGrid grid = new ResultGrid();
  private final ResultChart chart;
  private final TextArea plan = new TextArea();
  private final StackPane host = new StackPane();
  private final Segments<Side> sides = new Segments<>(side -> side.words);
  private final ComboBox<String> measures = new ComboBox<>();
  private final Label status = new Label();
  private final MenuButton export = new MenuButton("Export");
  private final MenuItem png = new MenuItem("Chart as PNG …");
  private final MenuItem svg = new MenuItem("Chart as SVG …");
  private final MenuButton earlier = new MenuButton("History");
  private final VBox fault = new VBox(3);
  private Optional<Answer.Rows> rows = Optional.empty();

  public SqlPane(SqlViewModel model, DialogService dialogs, Exports exports) {
    super(8);
    getStyleClass().add("sql-pane");
    this.model = model;
    this.dialogs = dialogs;
    this.exports = exports;
    this.editor = new SqlEditor(model);
    this.chart = new ResultChart(model.clock());
    grid.setId("sql-rows");
    grid.setAccessibleText("Rows of the result");
    plan.setEditable(false);
    plan.getStyleClass().addAll("mono", "plan-text");
    sides.setId("sql-sides");
    sides.choices(List.of(Side.values()));
    sides.chosen().set(Side.ROWS);
    sides.chosen().addListener((_, _, side) -> turn(side));
    measures.setId("sql-measure");
    measures.valueProperty().addListener((_, _, _) -> draw());
    measures.setVisible(false);
    measures.setManaged(false);

    VBox upper = new VBox(8, bar(), editor);
    VBox.setVgrow(editor, Priority.ALWAYS);
    upper.setMinHeight(110);
    upper.setPadding(new javafx.geometry.Insets(0, 0, 6, 0));
    VBox lower = new VBox(8, resultBar(), host);
    VBox.setVgrow(host, Priority.ALWAYS);
    host.setMinHeight(0);
    lower.setMinHeight(120);
    lower.setPadding(new javafx.geometry.Insets(6, 0, 0, 0));
    SplitPane split = new SplitPane(upper, lower);
    split.setOrientation(Orientation.VERTICAL);
    split.setDividerPositions(0.36);
    VBox.setVgrow(split, Priority.ALWAYS);
    getChildren().add(split);
    setMinHeight(0);
    fault.setId("sql-fault");
    model.result().addListener((_, _, now) -> show(now));
    model.running().addListener((_, _, _) -> turn(sides.chosen().get()));
    show(model.result().get());
  }

  /// Puts the caret into the editor.
  public void focus() {
    editor.focus();
  }

  private Node bar() {
    Button run = new Button("Run", new FontIcon("mdi2p-play"));
    run.setId("sql-run");
    run.getStyleClass().addAll("small", Styles.ACCENT);
    Hint.on(run, "Ctrl Enter");
    run.setOnAction(_ -> model.run());
    Button cancel = new Button("Cancel", new FontIcon("mdi2s-stop"));
    cancel.setId("sql-cancel");
    cancel.getStyleClass().add("small");
    Hint.on(cancel, "Esc");
    cancel.setOnAction(_ -> model.cancel());
    cancel.disableProperty().bind(model.running().not());
    Button explain = new Button("Explain");
    explain.setId("sql-explain");
    explain.getStyleClass().add("small");
    explain.setOnAction(
        _ -> {
          model.explain();
          sides.chosen().set(Side.PLAN);
        });
    Label as = new Label("As of");
    as.getStyleClass().add("fact-name");
    ComboBox<String> asOf = new ComboBox<>();
    asOf.setId("sql-as-of");
    asOf.setEditable(true);
    asOf.getItems().setAll(SqlViewModel.AsOf.all());
    asOf.setValue(SqlViewModel.AsOf.NOW.words());
    asOf.setPrefWidth(190);
    asOf.getStyleClass().add("small-combo");
    Hint.on(asOf, "Read every table as it was then: choose, or write 2026-03-01T12:00:00Z");
    asOf.getEditor().textProperty().addListener((_, _, words) -> model.asOf().set(words));
    earlier.setId("sql-history");
    earlier.getStyleClass().add("small");
    earlier.setGraphic(new FontIcon("mdi2h-history"));
    model.history().addListener((ListChangeListener<String>) _ -> listEarlier());
    listEarlier();
    as.setVisible(model.source().travels());
    asOf.setVisible(model.source().travels());
    HBox bar = new HBox(8, run, cancel, explain, as, asOf, gap(), earlier);
    bar.setAlignment(Pos.CENTER_LEFT);
    HBox.setMargin(as, new javafx.geometry.Insets(0, 0, 0, 8));
    return bar;
  }

  private void listEarlier() {
    earlier.setDisable(model.history().isEmpty());
    earlier
        .getItems()
        .setAll(
            model.history().stream()
                .limit(LONGEST_MENU)
                .map(
                    sql -> {
                      String line = sql.replaceAll("\\s+", " ");
                      MenuItem item =
                          new MenuItem(line.length() > 90 ? line.substring(0, 89) + "…" : line);
                      item.setMnemonicParsing(false);
                      item.setOnAction(_ -> model.text().set(sql));
                      return item;
                    })
                .toList());
  }

  private Node resultBar() {
    status.setId("sql-status");
    status.getStyleClass().add("page-subtitle");
    status.textProperty().bind(model.status());
    status.setMinWidth(0);
    export.setId("sql-export");
    export.getStyleClass().add("small");
    export.setGraphic(new FontIcon("mdi2d-download-outline"));
    MenuItem csv = new MenuItem("All rows as CSV …");
    csv.setOnAction(_ -> export(FileForm.CSV));
    MenuItem parquet = new MenuItem("All rows as Parquet …");
    parquet.setOnAction(_ -> export(FileForm.PARQUET));
    MenuItem copy = new MenuItem("Copy the rows shown");
    copy.setOnAction(
        _ ->
            rows.ifPresent(
                shown -> {
                  Copies.text(ResultGrid.copy(shown));
                  model.copied(shown.rows().size() + " rows, fields parted by tabs");
                }));
    parquet.setVisible(model.source().forms().contains(FileForm.PARQUET));
    png.setId("sql-chart-png");
    png.setOnAction(
        _ -> chart.heading().ifPresent(of -> exports.png(List.of(chart), "query-chart", of)));
    svg.setId("sql-chart-svg");
    svg.setOnAction(
        _ -> chart.heading().ifPresent(of -> exports.svg(List.of(chart), "query-chart", of)));
    export.getItems().setAll(csv, parquet, copy, png, svg);
    measures.getStyleClass().add("small-combo");
    HBox bar = new HBox(8, sides, measures, status, gap(), export);
    bar.setAlignment(Pos.CENTER_LEFT);
    return bar;
  }

  private void export(FileForm form) {
    String ending = form.name().toLowerCase(Locale.ROOT);
    dialogs
        .saveAs("Export the rows", "query." + ending)
        .ifPresent(file -> model.export(form, file));
  }

  private void show(SqlResult result) {
    rows = result.found().or(() -> result instanceof SqlResult.Plan ? rows : Optional.empty());
    export.setDisable(rows.isEmpty());
    editor.mark(result instanceof SqlResult.Faulty faulty ? faulty.line() : OptionalInt.empty());
    switch (result) {
      case SqlResult.Rows(Answer.Rows found) -> {
        grid.show(found);
        List<String> names = ChartGuess.measures(found);
        if (!measures.getItems().equals(names)) {
          measures.getItems().setAll(names);
          measures.setValue(names.isEmpty() ? null : names.getFirst());
        }
        draw();
        if (sides.chosen().get() == Side.PLAN) {
          sides.chosen().set(Side.ROWS);
        }
      }
      case SqlResult.Plan(String text) -> plan.setText(text);
      case SqlResult.Faulty faulty -> {
        Label what = new Label(faulty.what());
        what.setWrapText(true);
        what.getStyleClass().add("result-text");
        Label remedy = new Label(faulty.remedy());
        remedy.getStyleClass().add("page-subtitle");
        fault.getChildren().setAll(what, remedy);
        fault.getStyleClass().setAll("result", Tone.BAD.styleClass());
      }
      case SqlResult.Stopped _, SqlResult.Nothing _, SqlResult.Reading _ -> {
        // The status line says it.
      }
    }
    turn(sides.chosen().get());
  }

  private void draw() {
    chart.show(rows.flatMap(found -> ChartGuess.of(found, String.valueOf(measures.getValue()))));
  }

  private void turn(@Nullable Side side) {
    SqlResult result = model.result().get();
    boolean charts = side == Side.CHART && measures.getItems().size() > 1;
    measures.setVisible(charts);
    measures.setManaged(charts);
    Node content;
    if (model.running().get()) {
      ProgressIndicator wheel = new ProgressIndicator();
      wheel.setMaxSize(34, 34);
      content = wheel;
    } else if (result instanceof SqlResult.Faulty) {
      content = fault;
    } else if (result instanceof SqlResult.Nothing && rows.isEmpty()) {
      content = hint("Ctrl Enter runs the query; its rows, a chart and the plan stand here.");
    } else if (result instanceof SqlResult.Stopped) {
      content = hint("The query was cancelled. Nothing was changed by it.");
    } else {
      content =
          switch (side) {
            case CHART -> chart;
            case PLAN ->
                plan.getText().isEmpty()
                    ? hint("“Explain” shows how the engine would run the query.")
                    : plan;
            case ROWS -> grid;
            case null -> grid;
          };
    }
    boolean drawn = content.equals(chart) && chart.heading().isPresent();
    png.setDisable(!drawn);
    svg.setDisable(!drawn);
    StackPane.setAlignment(content, content.equals(fault) ? Pos.TOP_CENTER : Pos.CENTER);
    fault.setMaxHeight(Region.USE_PREF_SIZE);
    host.getChildren().setAll(content);
  }

  private static Label hint(String words) {
    Label label = new Label(words);
    label.setWrapText(true);
    label.setTextAlignment(TextAlignment.CENTER);
    label.getStyleClass().add("empty-text");
    return label;
  }

  private static Region gap() {
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    return gap;
  }
}
