package dev.millrace.views.overview;

import dev.millrace.views.anomalies.GravityLegend;
import dev.millrace.views.anomalies.TimelineLanes;
import dev.millrace.views.charts.Bars;
import dev.millrace.views.charts.Heatmap;
import dev.millrace.views.charts.Needle;
import dev.millrace.views.charts.Ring;
import dev.millrace.views.charts.Sparkline;
import dev.millrace.views.charts.Timeline;
import dev.millrace.views.charts.TrendChart;
import dev.millrace.views.controls.FirstOf;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.KpiTile;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.controls.WholeRows;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.time.PastChip;
import dev.millrace.views.time.ScrubberBar;
import dev.millrace.views.time.TimeCursor;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the overview to its view model.
public final class OverviewController {

  private static final double RUNS_SHARE = 0.262;

  @FXML private StackPane overview;
  @FXML private VBox page;
  @FXML private HBox tiles;
  @FXML private Label heatmapTitle;
  @FXML private HBox heatmapHead;
  @FXML private StackPane heatmapHost;
  @FXML private Label trendTitle;
  @FXML private HBox trendHead;
  @FXML private StackPane trendHost;
  @FXML private HBox timelineHead;
  @FXML private StackPane timelineHost;
  @FXML private VBox runsCard;
  @FXML private Label runsTitle;
  @FXML private Label failed;
  @FXML private TextField filter;
  @FXML private TableView<RunRow> runs;
  @FXML private HBox runsHead;
  @FXML private Label runsCut;

  private final OverviewViewModel model;
  private final TimeCursor cursor;
  private final Clock clock;
  private final Sparkline rateCourse = new Sparkline();
  private final Needle lagNeedle = new Needle();
  private final Bars anomalyHours = new Bars();
  private final Ring qualityRing = new Ring();
  private final Label noRun = new Label();
  private final Ring onlineRing = new Ring();
  private final Heatmap heatmap = new Heatmap();

  public OverviewController(OverviewViewModel model, TimeCursor cursor, Clock clock) {
    this.model = model;
    this.cursor = cursor;
    this.clock = clock;
  }

  @FXML
  void initialize() {
    KpiTile rate = new KpiTile("Ingest rate", rateCourse, 72);
    KpiTile lag = new KpiTile("Consumer lag, events", lagNeedle, 58);
    KpiTile anomalies = new KpiTile("Anomalies, 24 h", anomalyHours, 72);
    KpiTile quality = new KpiTile("Data quality", qualityRing, 60);
    KpiTile online = new KpiTile("Online", onlineRing, 60);
    tiles.getChildren().setAll(rate, lag, anomalies, quality, online);
    online.title().bind(model.entities().map(e -> e + " online"));
    List<KpiTile> shown = List.of(rate, lag, anomalies, quality, online);
    model.kpis().addListener((_, _, now) -> showKpis(shown, now));

    heatmap.setId("heatmap");
    heatmap.onChoose(model::choosePlace);
    heatmapHost.getChildren().add(heatmap);
    model.heatmap().addListener((_, _, now) -> heatmap.show(now));
    Segments<String> kinds = new Segments<>(Names::spoken);
    kinds.setId("kinds");
    kinds.chosen().bindBidirectional(model.kind());
    model.kinds().addListener((_, _, now) -> kinds.choices(now));
    heatmapHead.getChildren().addAll(kinds, door("heatmap", "Heatmap"));
    heatmapHead.getChildren().add(1, new PastChip(cursor, clock, model.looking(), model.trouble()));
    heatmapTitle.setText("By place");
    heatmapTitle.setMinWidth(Label.USE_PREF_SIZE);

    TrendChart trend = new TrendChart(clock);
    trend.setId("trend");
    trendHost.getChildren().add(trend);
    model.trend().addListener((_, _, now) -> trend.show(now));
    Segments<TrendRange> ranges = new Segments<>(TrendRange::words);
    ranges.setId("ranges");
    ranges.choices(List.of(TrendRange.values()));
    ranges.chosen().bindBidirectional(model.range());
    trendHead.getChildren().addAll(ranges, door("trends", "Trends"));
    trendTitle.textProperty().bind(model.kind().map(k -> Names.spoken(k) + " trend"));

    Timeline timeline = new Timeline(clock);
    timeline.setId("timeline");
    timelineHost.getChildren().add(timeline);
    model.timeline().addListener((_, _, now) -> timeline.show(now));
    Segments<TimelineLanes> lanes = new Segments<>(TimelineLanes::words);
    lanes.setId("lanes");
    lanes.choices(List.of(TimelineLanes.KIND, TimelineLanes.REASON));
    lanes.chosen().bindBidirectional(model.lanes());
    timelineHead.getChildren().add(1, GravityLegend.brief());
    timelineHead.getChildren().addAll(lanes, door("anomalies", "Anomalies"));

    FirstOf<RunRow> first = RunsTable.fitting(runs, model.runs());
    WholeRows whole = WholeRows.around(runs);
    runsCard.prefHeightProperty().bind(heightOfRuns(whole));
    runsCard.minHeightProperty().bind(runsCard.prefHeightProperty());
    runs.setPlaceholder(noRun);
    first.most().bind(whole.fitting());
    runsHead.getChildren().add(door("runs", "Runs"));
    runsCut
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    first.size() < model.runs().size()
                        ? Figures.count(first.size()) + " of " + Figures.count(model.runs().size())
                        : "",
                first,
                model.runs()));
    model.noRun().addListener(_ -> tellNoRun());
    filter.textProperty().bindBidirectional(model.filter());
    failed.textProperty().bind(model.failed().map(n -> n.intValue() + " failed"));
    failed.visibleProperty().bind(model.failed().greaterThan(0));

    Welcome nothing = new Welcome(model.hasSimulator(), model.starting(), model::startFlowing);
    nothing.setId("empty");
    nothing.visibleProperty().bind(model.empty());
    page.visibleProperty().bind(model.empty().not());
    page.getChildren().add(ScrubberBar.slim(cursor, clock));
    cursor.at().addListener(_ -> tellTime(shown));
    tellTime(shown);
    overview.getChildren().add(nothing);
  }

  /// About a quarter of the page, and no more than whole rows take: in a small window map and
  /// courses need the room more than older runs do.
  private DoubleBinding heightOfRuns(WholeRows whole) {
    return Bindings.createDoubleBinding(
        () -> {
          Insets insets = runsCard.getInsets();
          double around =
              insets.getTop() + insets.getBottom() + runsHead.getHeight() + runsCard.getSpacing();
          return around + whole.taken(page.getHeight() * RUNS_SHARE - around);
        },
        page.heightProperty(),
        runsCard.insetsProperty(),
        runsHead.heightProperty(),
        whole.frame());
  }

  /// What only the present has says so while the past is on show.
  private void tellTime(List<KpiTile> shown) {
    boolean past = !cursor.isLive();
    for (int i : new int[] {0, 1, 3}) {
      shown.get(i).outOfTime(past ? "as of now" : "");
    }
    tellNoRun();
    runsTitle.setText(
        past
            ? "Runs begun by " + clock.second(cursor.shown(), cursor.newest().get())
            : "Last runs");
  }

  private void tellNoRun() {
    noRun.setText(cursor.isLive() ? model.noRun().getValue() : "No run had begun by then.");
  }

  private Button door(String room, String name) {
    Button door = new Button("", new FontIcon("mdi2a-arrow-top-right"));
    door.getStyleClass().addAll("flat", "button-icon", "door-button");
    door.setId("door-" + room);
    Hint.on(door, "Open " + name);
    door.setAccessibleText("Open " + name);
    door.setOnAction(_ -> model.open(room));
    return door;
  }

  private void showKpis(List<KpiTile> shown, List<Kpi> now) {
    for (int i = 0; i < shown.size(); i++) {
      Kpi kpi = now.get(i);
      shown.get(i).show(kpi.value(), kpi.unit(), kpi.note(), kpi.tone(), kpi.detail());
    }
    rateCourse.show(now.get(0).course(), Tone.ACCENT);
    Kpi lag = now.get(1);
    lagNeedle.show(lag.percent(), lag.tone() == Tone.GOOD ? Tone.ACCENT : lag.tone());
    anomalyHours.show(now.get(2).course(), Tone.MUTED, Tone.BAD);
    qualityRing.show(now.get(3).percent(), now.get(3).tone(), "");
    onlineRing.show(now.get(4).percent(), now.get(4).tone(), "");
  }
}
