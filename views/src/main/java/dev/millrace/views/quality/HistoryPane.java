package dev.millrace.views.quality;

import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.history.TableHistory.Changes;
import dev.millrace.engine.quality.history.TableHistory.Point;
import dev.millrace.engine.quality.history.TableHistory.Worst;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.Columns;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.WholeText;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// How the chosen table did over its validations: scores, what fails most, what is different now.
final class HistoryPane extends VBox {

  private final QualityViewModel model;
  private final ScoreTrend trend;
  private final Label pointWords = new Label();
  private final Label pointChip = Chips.chip("", "mdi2c-circle-medium", Tone.MUTED);
  private final Button openRun = new Button("Open the run", new FontIcon("mdi2s-sitemap-outline"));
  private final TableView<Worst> worst = new TableView<>();
  private final Label since = new Label();
  private final VBox changes = new VBox(6);
  private Optional<Point> point = Optional.empty();

  HistoryPane(QualityViewModel model) {
    super(8);
    this.model = model;
    trend = new ScoreTrend(model.clock(), this::tell);
    trend.setMinHeight(120);
    trend.setPrefHeight(240);
    VBox.setVgrow(trend, Priority.ALWAYS);
    pointWords.getStyleClass().add("page-subtitle");
    pointWords.setMinWidth(0);
    WholeText.of(pointWords);
    openRun.getStyleClass().add("small");
    openRun.setMinWidth(USE_PREF_SIZE);
    openRun.setOnAction(_ -> point.flatMap(Point::run).ifPresent(model::openRun));
    HBox told = new HBox(10, pointChip, pointWords, gap(), openRun);
    told.setAlignment(Pos.CENTER_LEFT);
    told.setMinHeight(28);
    dressWorst();
    VBox left = new VBox(6, title("Most often not met"), worst);
    VBox.setVgrow(worst, Priority.ALWAYS);
    HBox.setHgrow(left, Priority.ALWAYS);
    left.setMinWidth(0);
    since.getStyleClass().add("page-subtitle");
    ScrollPane scroll = new ScrollPane(changes);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("plain-scroll");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    HBox head = new HBox(8, title("Since the validation before"), gap(), since);
    head.setAlignment(Pos.BASELINE_LEFT);
    VBox right = new VBox(6, head, scroll);
    right.setMinWidth(330);
    right.setPrefWidth(360);
    right.setMaxWidth(460);
    HBox lower = new HBox(16, left, right);
    lower.setPrefHeight(240);
    lower.setMinHeight(0);
    VBox.setVgrow(lower, Priority.ALWAYS);
    getChildren().addAll(trend, told, lower);
    setMinHeight(0);
    model.history().addListener((_, _, now) -> show(now));
    show(model.history().get());
  }

  private static Label title(String words) {
    Label label = new Label(words);
    label.getStyleClass().add("card-title");
    label.setMinWidth(USE_PREF_SIZE);
    return label;
  }

  private static Region gap() {
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    return gap;
  }

  private void dressWorst() {
    worst.setId("worst");
    worst.setAccessibleText("Expectations that failed most often");
    worst.setFixedCellSize(27);
    worst.setMinHeight(0);
    WidthsByRoom.of(worst);
    TableColumn<Worst, String> expectation =
        Columns.words("Expectation", 300, w -> Titles.words(w.expectation()));
    TableColumn<Worst, Integer> failures =
        Columns.figures("Not met", 78, Worst::failures, n -> Figures.count(n));
    TableColumn<Worst, Double> share =
        Columns.figures(
            "Share",
            70,
            w -> 100.0 * w.failures() / Math.max(1, w.judged()),
            p -> String.format(Locale.ENGLISH, "%.0f %%", p));
    TableColumn<Worst, String> state =
        Columns.words(
            "Last",
            120,
            w ->
                w.failsNow()
                    ? "not met now"
                    : "met; not " + model.clock().minute(w.lastFailed(), model.now()));
    for (TableColumn<Worst, ?> narrow : List.<TableColumn<Worst, ?>>of(failures, share)) {
      narrow.setMaxWidth(narrow.getPrefWidth() + 10);
    }
    worst.getColumns().setAll(List.of(expectation, failures, share, state));
    Label none = new Label("Every expectation was met every time.");
    none.getStyleClass().add("page-subtitle");
    worst.setPlaceholder(none);
    Copies.rows(worst, w -> w.expectation() + "\t" + w.failures() + "\t" + w.judged());
  }

  private void tell(Optional<Point> next) {
    point = next;
    pointChip.setVisible(next.isPresent());
    openRun.setVisible(next.flatMap(Point::run).isPresent());
    next.ifPresent(
        p -> {
          Chips.show(
              pointChip,
              Figures.percent(p.percent()),
              p.passed() == p.total() ? "mdi2c-check-circle-outline" : "mdi2a-alert-circle-outline",
              ScoreTrend.tone(p));
          openRun.setText(
              p.run().map(run -> "Open run #" + Figures.count(run)).orElse("Open the run"));
        });
    pointWords.setText(
        next.map(
                p ->
                    model.clock().second(p.at(), model.now())
                        + " · %,d of %,d met · ".formatted(p.passed(), p.total())
                        + (p.scope().equals("whole") ? "all rows" : p.scope())
                        + " of version "
                        + Figures.count(p.version())
                        + " · suite "
                        + p.suite())
            .orElse(""));
  }

  private void show(Optional<TableHistory> now) {
    trend.show(now.map(TableHistory::points).orElse(List.of()), model.now());
    worst.getItems().setAll(now.map(TableHistory::worst).orElse(List.of()));
    changes.getChildren().clear();
    Optional<Changes> changed = now.flatMap(TableHistory::changes);
    if (changed.isEmpty()) {
      since.setText("");
      changes.getChildren().add(quiet("There is no validation before it to compare with."));
      return;
    }
    Changes c = changed.get();
    since.setText(
        c.points() == 0 ? "same score" : String.format(Locale.ENGLISH, "%+.1f points", c.points()));
    add("No longer met", c.newlyFailing(), "mdi2a-alert-circle-outline", Tone.BAD);
    add("Met again", c.metAgain(), "mdi2c-check-circle-outline", Tone.GOOD);
    add("Still not met", c.stillFailing(), "mdi2m-minus-circle-outline", Tone.WARNING);
    add("New in the suite", c.added(), "mdi2p-plus-circle-outline", Tone.ACCENT);
    add("No longer in the suite", c.dropped(), "mdi2c-close-circle-outline", Tone.MUTED);
    if (changes.getChildren().isEmpty()) {
      changes.getChildren().add(quiet("Nothing is different: every expectation was and is met."));
    }
  }

  private static Label quiet(String words) {
    Label label = new Label(words);
    label.setWrapText(true);
    label.getStyleClass().add("page-subtitle");
    return label;
  }

  private void add(String title, List<String> expectations, String icon, Tone tone) {
    for (String one : expectations) {
      changes.getChildren().add(line(title, one, icon, tone));
    }
  }

  private static Node line(String title, String expectation, String icon, Tone tone) {
    FontIcon sign = new FontIcon(icon);
    sign.getStyleClass().addAll("line-icon", tone.styleClass());
    Label words = new Label(Titles.words(expectation));
    words.getStyleClass().add("line-value");
    Hint.on(words, expectation);
    Label what = new Label(title);
    what.getStyleClass().add("fact-name");
    VBox told = new VBox(1, words, what);
    told.setMinWidth(0);
    HBox line = new HBox(8, sign, told);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }
}
