package dev.millrace.views.quality;

import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.Severity;
import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.profile.Profile;
import dev.millrace.engine.quality.profile.Profile.ColumnProfile;
import dev.millrace.engine.quality.profile.Profile.Frequent;
import dev.millrace.views.controls.Columns;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.cell.CheckBoxTableCell;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What the chosen table looks like, and expectations proposed from it, each with its evidence.
final class ProfilePane extends StackPane {

  private final ProfileModel model;
  private final TableView<ProposalRow> table = new TableView<>();
  private final Label about = new Label();
  private final HBox facts = new HBox(8);
  private final Button take = new Button("", new FontIcon("mdi2p-playlist-plus"));

  /// @param taken runs when proposals went into the suite
  ProfilePane(ProfileModel model, Runnable taken) {
    this.model = model;
    setMinHeight(0);
    EmptyState ask =
        new EmptyState(
                "mdi2t-table-search",
                "What does this table look like?",
                "Reads all its rows once and proposes expectations from what it sees: types, nulls,"
                    + " ranges by quantile, sets of values, uniqueness, lengths and shapes of"
                    + " texts. Each stands beside its evidence; nothing is changed.")
            .offering("Profile it", "mdi2t-table-search", "accent", model::run);
    ask.setId("profile-ask");
    Label fault = new Label();
    fault.setWrapText(true);
    fault.setMaxWidth(460);
    fault.getStyleClass().addAll("notice-what", "tone-bad");
    fault.textProperty().bind(model.fault());
    ask.getChildren().add(fault);
    ProgressIndicator wheel = new ProgressIndicator();
    wheel.setMaxSize(40, 40);
    Label reading = new Label("Reading the table …");
    reading.getStyleClass().add("page-subtitle");
    Button cancel = new Button("Cancel");
    cancel.getStyleClass().add("small");
    cancel.setOnAction(_ -> model.cancel());
    VBox wait = new VBox(12, wheel, reading, cancel);
    wait.setAlignment(Pos.CENTER);
    VBox page = page(taken);
    getChildren().addAll(ask, wait, page);
    wait.visibleProperty().bind(model.running());
    page.visibleProperty()
        .bind(
            model
                .running()
                .not()
                .and(
                    javafx.beans.binding.Bindings.createBooleanBinding(
                        () -> model.profile().get().isPresent(), model.profile())));
    ask.visibleProperty().bind(wait.visibleProperty().not().and(page.visibleProperty().not()));
    model.profile().addListener((_, _, now) -> show(now));
    model.accepted().addListener((_, _, _) -> offer());
    show(model.profile().get());
  }

  private VBox page(Runnable taken) {
    about.getStyleClass().add("page-subtitle");
    about.setMinWidth(0);
    Button again = new Button("Profile again", new FontIcon("mdi2r-refresh"));
    again.getStyleClass().addAll("small", "flat");
    again.setOnAction(_ -> model.run());
    Button all = new Button("Accept all");
    all.setId("accept-all");
    all.getStyleClass().add("small");
    all.setOnAction(_ -> model.acceptAll(true));
    Button none = new Button("None");
    none.getStyleClass().add("small");
    none.setOnAction(_ -> model.acceptAll(false));
    take.setId("into-suite");
    take.getStyleClass().addAll("small", "accent");
    take.setOnAction(
        _ -> {
          model.intoSuite();
          taken.run();
        });
    for (Button act : List.of(again, all, none, take)) {
      act.setMinWidth(Region.USE_PREF_SIZE);
    }
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox bar = new HBox(8, about, gap, again, none, all, take);
    bar.setAlignment(Pos.CENTER_LEFT);
    dress();
    facts.setMinHeight(52);
    VBox.setVgrow(table, Priority.ALWAYS);
    VBox page = new VBox(8, bar, table, facts);
    page.setMinHeight(0);
    return page;
  }

  private void dress() {
    table.setId("proposals");
    table.setAccessibleText("Proposed expectations");
    table.setFixedCellSize(29);
    table.setMinHeight(0);
    table.setEditable(true);
    WidthsByRoom.of(table);
    TableColumn<ProposalRow, Boolean> accept = new TableColumn<>("");
    accept.setCellValueFactory(row -> row.getValue().accepted());
    accept.setCellFactory(CheckBoxTableCell.forTableColumn(accept));
    accept.setEditable(true);
    accept.setMinWidth(40);
    accept.setMaxWidth(40);
    accept.setSortable(false);
    TableColumn<ProposalRow, String> column =
        Columns.words("Column", 150, r -> r.column().isEmpty() ? "(table)" : r.column());
    TableColumn<ProposalRow, String> words = Columns.words("Proposed", 300, r -> words(r));
    TableColumn<ProposalRow, String> evidence =
        Columns.words("Evidence", 310, r -> r.proposal().evidence());
    TableColumn<ProposalRow, Severity> severity =
        Columns.told(
            "Severity",
            84,
            r -> r.proposal().expectation().severity(),
            s -> Names.spoken(s.jsonName()));
    severity.setMaxWidth(96);
    TableColumn<ProposalRow, String> known =
        Columns.words("Suite", 84, r -> r.known() ? "has it" : "new");
    known.setMaxWidth(96);
    table.getColumns().setAll(List.of(accept, column, words, evidence, severity, known));
    table.setItems(model.proposals());
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, row) -> showColumn(Optional.ofNullable(row)));
    Copies.rows(
        table, r -> Asked.technical(r.proposal().expectation()) + "\t" + r.proposal().evidence());
    table.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.SPACE) {
            table
                .getSelectionModel()
                .getSelectedItems()
                .forEach(r -> r.accepted().set(!r.accepted().get()));
            e.consume();
          }
        });
  }

  /// The expectation with its arguments, its column left to the column of columns.
  private static String words(ProposalRow row) {
    String technical = Asked.technical(row.proposal().expectation());
    int open = technical.indexOf('(');
    String arguments =
        technical
            .substring(open + 1, technical.length() - 1)
            .replaceFirst("^column=[^,]*(, )?", "");
    String asked = Titles.words(technical.substring(0, open));
    return arguments.isEmpty() ? asked : asked + " (" + arguments + ")";
  }

  private void show(Optional<Profile> now) {
    about.setText(
        now.map(
                p ->
                    Figures.counted(p.rows(), "row")
                        + ", "
                        + Figures.counted(p.columns().size(), "column")
                        + ", "
                        + Figures.counted(p.proposals().size(), "proposal"))
            .orElse(""));
    if (now.isPresent() && !table.getItems().isEmpty()) {
      table.getSelectionModel().clearAndSelect(0);
    }
    offer();
  }

  private void offer() {
    int count = model.accepted().get();
    take.setDisable(count == 0);
    take.setText(count == 0 ? "Into the suite" : "Put " + count + " into the suite");
  }

  private void showColumn(Optional<ProposalRow> row) {
    facts.getChildren().clear();
    row.flatMap(r -> model.column(r.column()))
        .ifPresent(
            c -> {
              fact(c.name(), c.type().sqlName());
              fact("No value", Figures.count(c.nulls()));
              fact("Different", Figures.compact(c.distinct()));
              c.min().ifPresent(v -> fact("Smallest", v));
              c.low().ifPresent(v -> fact("0.5 %", Figures.reading(v)));
              c.median().ifPresent(v -> fact("Median", Figures.reading(v)));
              c.high().ifPresent(v -> fact("99.5 %", Figures.reading(v)));
              c.max().ifPresent(v -> fact("Greatest", v));
              c.longest().ifPresent(v -> fact("Characters", c.shortest().orElse(v) + " to " + v));
              frequent(c);
            });
  }

  private void frequent(ColumnProfile column) {
    if (column.frequent().isEmpty()) {
      return;
    }
    Frequent most = column.frequent().getFirst();
    long all = Math.max(1, model.profile().get().map(Profile::rows).orElse(1L));
    fact(
        "Most frequent",
        Shown.value(most.value())
            + String.format(Locale.ENGLISH, " (%.1f %%)", 100.0 * most.rows() / all));
  }

  private void fact(String name, String value) {
    Label title = new Label(name);
    title.getStyleClass().add("fact-name");
    Label figure = new Label(value);
    figure.getStyleClass().add("fact-value");
    for (Label label : List.of(title, figure)) {
      label.setMinWidth(0);
    }
    VBox box = new VBox(2, title, figure);
    box.getStyleClass().add("fact-box");
    box.setMinWidth(52);
    box.setMaxWidth(190);
    facts.getChildren().add(box);
  }
}
