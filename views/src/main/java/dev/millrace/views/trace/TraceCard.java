package dev.millrace.views.trace;

import dev.millrace.engine.history.ReadingTrace.ScoreWindow;
import dev.millrace.views.charts.ScoreChart;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.trace.Station.Sheet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The card that follows one reading: its steps in a row, and what is known of the chosen one. FX
/// thread only.
public final class TraceCard extends VBox {

  private static final double WIDTH = 1_000;
  private static final double HEIGHT = 560;

  private final TraceViewModel model;
  private final Clock clock;
  private final Consumer<String> copied;
  private final HBox way = new HBox();
  private final StackPane detail = new StackPane();
  private final Map<Station.Name, ToggleButton> doors = new EnumMap<>(Station.Name.class);
  private final ToggleGroup group = new ToggleGroup();
  private final InvalidationListener shows = _ -> show();
  private final InvalidationListener showsDetail = _ -> showDetail();
  private String sheet = "";

  /// @param copied told what was put on the clipboard, in words
  public TraceCard(TraceViewModel model, Clock clock, Consumer<String> copied) {
    this.model = model;
    this.clock = clock;
    this.copied = copied;
    getStyleClass().add("trace");
    setSpacing(14);
    setId("trace");
    setPrefSize(WIDTH, HEIGHT);
    setMaxSize(WIDTH, HEIGHT);
    way.setAlignment(Pos.CENTER_LEFT);
    way.getStyleClass().add("trace-way");
    VBox.setVgrow(detail, Priority.ALWAYS);
    detail.setMinHeight(0);
    getChildren().setAll(way, detail);
    sceneProperty()
        .addListener(
            (_, before, now) -> {
              if (before == null && now != null) {
                hear();
              } else if (now == null) {
                deafen();
              }
            });
    show();
  }

  /// The model outlives the card, so the card hears it only while it stands in a scene.
  private void hear() {
    model.stations().addListener(shows);
    model.trouble().addListener(shows);
    model.looking().addListener(shows);
    model.chosen().addListener(showsDetail);
    show();
  }

  private void deafen() {
    model.stations().removeListener(shows);
    model.trouble().removeListener(shows);
    model.looking().removeListener(shows);
    model.chosen().removeListener(showsDetail);
  }

  private void show() {
    doors.clear();
    List<Node> row = new ArrayList<>();
    List<Station> stations = model.stations().get();
    for (int i = 0; i < stations.size(); i++) {
      Station station = stations.get(i);
      if (i > 0) {
        Region link = new Region();
        link.getStyleClass().addAll("trace-link", station.tone().styleClass());
        HBox.setHgrow(link, Priority.ALWAYS);
        row.add(link);
      }
      row.add(door(station));
    }
    way.getChildren().setAll(row);
    way.setVisible(!row.isEmpty());
    way.setManaged(!row.isEmpty());
    showDetail();
  }

  private ToggleButton door(Station station) {
    FontIcon icon = new FontIcon(station.icon());
    icon.getStyleClass().add("trace-icon");
    Label name = new Label(station.name().words());
    name.getStyleClass().add("trace-name");
    Label fact = new Label(station.fact());
    fact.getStyleClass().add("trace-fact");
    VBox words = new VBox(0, name, fact);
    HBox inside = new HBox(8, icon, words);
    inside.setAlignment(Pos.CENTER_LEFT);
    ToggleButton door = new ToggleButton("", inside);
    door.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    door.setToggleGroup(group);
    door.setId("trace-" + station.name().name().toLowerCase(java.util.Locale.ROOT));
    door.getStyleClass().addAll("trace-door", station.tone().styleClass());
    door.setMinWidth(Region.USE_PREF_SIZE);
    door.setAccessibleText(
        station.name().words() + ": " + station.missing().orElse(station.fact()));
    station.missing().ifPresent(why -> Hint.on(door, why));
    door.setOnAction(
        _ -> {
          door.setSelected(true);
          sheet = "";
          model.chosen().set(station.name());
        });
    doors.put(station.name(), door);
    return door;
  }

  private void showDetail() {
    if (model.looking().get()
        && model.stations().get().isEmpty()
        && model.trouble().get().isEmpty()) {
      ProgressIndicator wheel = new ProgressIndicator();
      wheel.setMaxSize(36, 36);
      wheel.setAccessibleText("Looking the reading up");
      detail.getChildren().setAll(wheel);
      return;
    }
    if (model.trouble().get().isPresent()) {
      detail
          .getChildren()
          .setAll(
              new EmptyState(
                      "mdi2m-map-marker-question-outline",
                      model.trouble().get().get().what(),
                      model.trouble().get().get().remedy() + ".")
                  .offering("Look again", "mdi2r-refresh", "accent", model::again));
      return;
    }
    ToggleButton door = doors.get(model.chosen().get());
    if (door != null) {
      door.setSelected(true);
    }
    model.station().ifPresent(station -> detail.getChildren().setAll(detail(station)));
  }

  private Node detail(Station station) {
    if (station.missing().isPresent()) {
      return new EmptyState(station.icon(), "Not there", station.missing().get());
    }
    Sheet shown =
        station.sheets().stream()
            .filter(s -> s.title().equals(sheet))
            .findFirst()
            .orElse(station.sheets().getFirst());
    VBox box = new VBox(10, head(station, shown), body(shown));
    VBox.setVgrow(box.getChildren().getLast(), Priority.ALWAYS);
    if (station.name() == Station.Name.SILVER && model.window().isPresent()) {
      box.setPrefWidth(430);
      box.setMinWidth(430);
      HBox both = new HBox(18, box, score(model.window().get(), shown));
      return both;
    }
    return box;
  }

  private Node head(Station station, Sheet shown) {
    HBox head = new HBox(8);
    head.setAlignment(Pos.CENTER_LEFT);
    if (station.sheets().size() > 1) {
      Segments<String> sheets = new Segments<>(s -> s);
      sheets.choices(station.sheets().stream().map(Sheet::title).toList());
      sheets.chosen().set(shown.title());
      sheets
          .chosen()
          .addListener(
              (_, _, now) -> {
                sheet = now == null ? "" : now;
                showDetail();
              });
      head.getChildren().add(sheets);
    } else {
      Label title = new Label(shown.title());
      title.getStyleClass().add("place-head");
      head.getChildren().add(title);
    }
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    head.getChildren().add(gap);
    if (!shown.query().isEmpty()) {
      boolean kafka = station.name() == Station.Name.KAFKA;
      head.getChildren()
          .add(
              copier(
                  kafka ? "Copy command" : "Copy query",
                  "trace-copy-query",
                  shown.query(),
                  kafka ? "The command that reads it" : "The query that finds it"));
    }
    head.getChildren().add(copier("Copy", "trace-copy", shown.copy(), shown.title()));
    return head;
  }

  private Button copier(String words, String id, String text, String what) {
    Button button = new Button(words, new FontIcon("mdi2c-content-copy"));
    button.setId(id);
    button.getStyleClass().add("small");
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(_ -> copy(text, what));
    return button;
  }

  private void copy(String text, String what) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
    copied.accept(what);
  }

  private Node body(Sheet shown) {
    if (!shown.text().isEmpty()) {
      TextArea text = new TextArea(shown.text());
      text.setEditable(false);
      text.setAccessibleText(shown.title());
      text.getStyleClass().add("trace-text");
      return text;
    }
    return FieldList.of(shown.lines(), line -> copy(line.value(), line.name()));
  }

  private Node score(ScoreWindow window, Sheet shown) {
    ScoreChart chart = new ScoreChart(clock);
    chart.setId("trace-score");
    long[] millis = new long[window.times().length];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = Math.floorDiv(window.times()[i], 1_000L);
    }
    boolean anomalous =
        shown.lines().stream()
            .anyMatch(l -> l.name().equals("is_anomaly") && l.value().equals("true"));
    String unit =
        shown.lines().stream()
            .filter(l -> l.name().equals("unit"))
            .map(Station.Line::value)
            .findFirst()
            .orElse("");
    chart.show(
        new ScoreChart.Picture(
            millis,
            window.values(),
            window.at(),
            window.mean(),
            window.deviation(),
            window.limit(),
            unit,
            anomalous ? Tone.BAD : Tone.GOOD));
    double score = (window.values()[window.at()] - window.mean()) / window.deviation();
    Label words = new Label("How it was judged");
    words.getStyleClass().add("place-head");
    Label chip =
        Chips.chip(
            Double.isFinite(score)
                ? "z-score " + dev.millrace.views.text.Figures.reading(score)
                : "no z-score",
            anomalous ? "mdi2a-alert-circle-outline" : "mdi2c-check-circle-outline",
            anomalous ? Tone.BAD : Tone.GOOD);
    HBox head = new HBox(10, words, chip);
    head.setAlignment(Pos.CENTER_LEFT);
    head.setMinHeight(28);
    VBox box = new VBox(10, head, chart);
    VBox.setVgrow(chart, Priority.ALWAYS);
    HBox.setHgrow(box, Priority.ALWAYS);
    box.setMinWidth(0);
    return box;
  }
}
