package dev.millrace.app.bench;

import dev.millrace.engine.model.Progress;
import dev.millrace.views.HeadlessToolkit;
import dev.millrace.views.charts.TrendChart;
import dev.millrace.views.charts.TrendPicture;
import dev.millrace.views.charts.TrendPicture.Band;
import dev.millrace.views.charts.TrendPicture.Line;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Fonts;
import dev.millrace.views.theme.Theme;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import javafx.animation.AnimationTimer;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;

/// What a pan over a long trend costs the FX thread, drawn in memory: the console's chart, a canvas
/// that is given every point, and JavaFX's own line chart over fewer points.
public final class UiBench {

  private static final int WIDTH = 1_400;
  private static final int HEIGHT = 600;
  private static final int WARM_UP = 40;
  private static final long SECOND = 1_000;

  private UiBench() {}

  /// @param points of the trend
  /// @param frames that are measured
  public static List<Map<String, Object>> run(int points, int frames, Progress progress) {
    HeadlessToolkit.start();
    boolean _ =
        HeadlessToolkit.call(
            () -> {
              Fonts.load();
              Theme.DARK.apply();
              return true;
            });
    int few = Math.max(1_000, points / 25);
    List<Map<String, Object>> rows = new ArrayList<>();
    progress.report("Pan over " + points + " points", 0, 3);
    Sample chart = measure(() -> trend(points), points, frames);
    progress.report("The same, every point drawn", 1, 3);
    Sample every = measure(() -> everyPoint(points), points, Math.min(frames, 60));
    progress.report("JavaFX's line chart over " + few + " points", 2, 3);
    Sample line = measure(() -> lineChart(few), few, Math.min(frames, 60));
    rows.add(row("console trend", points, chart, every));
    rows.add(row("canvas, every point (baseline)", points, every, every));
    rows.add(row("JavaFX LineChart", few, line, every));
    return rows;
  }

  private static Map<String, Object> row(String name, int points, Sample sample, Sample baseline) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("chart", name);
    row.put("points", points);
    row.put("frames", sample.pulses().count());
    row.put("fx_ms_p50", rounded(sample.pulses().millis(0.5)));
    row.put("fx_ms_p99", rounded(sample.pulses().millis(0.99)));
    row.put("fx_ms_most", rounded(sample.pulses().largestMillis()));
    row.put("frames_per_s", rounded(sample.framesPerSecond()));
    row.put("to_baseline", rounded(sample.pulses().millis(0.5) / baseline.pulses().millis(0.5)));
    return row;
  }

  private static double rounded(double number) {
    return Math.round(number * 100) / 100.0;
  }

  /// Pulses as the FX thread works through them, from the pan to the picture's hand-over.
  private record Sample(Latencies pulses, double framesPerSecond) {}

  /// A chart that can be panned to a time.
  private record Subject(Region chart, LongConsumer panTo) {}

  @FunctionalInterface
  private interface Making {
    Subject make();
  }

  private static Sample measure(Making making, int points, int frames) {
    CompletableFuture<Sample> done = new CompletableFuture<>();
    boolean _ =
        HeadlessToolkit.call(
            () -> {
              Subject subject = making.make();
              StackPane root = new StackPane(subject.chart());
              root.getStyleClass().add(Theme.DARK.styleClass());
              Scene scene = new Scene(root, WIDTH, HEIGHT);
              scene
                  .getStylesheets()
                  .add(
                      Objects.requireNonNull(TrendChart.class.getResource("charts.css"))
                          .toExternalForm());
              Stage stage = new Stage();
              stage.setScene(scene);
              stage.show();
              Pan pan = new Pan(subject, points, frames, stage, done);
              scene.addPostLayoutPulseListener(pan::drawn);
              pan.start();
              return true;
            });
    return done.join();
  }

  /// Moves on a little at every pulse.
  private static final class Pan extends AnimationTimer {
    private final Subject subject;
    private final int points;
    private final int frames;
    private final Stage stage;
    private final CompletableFuture<Sample> done;
    private final Latencies pulses = new Latencies();
    private int frame;
    private long begun = -1;
    private long first;

    Pan(Subject subject, int points, int frames, Stage stage, CompletableFuture<Sample> done) {
      this.subject = subject;
      this.points = points;
      this.frames = frames;
      this.stage = stage;
      this.done = done;
    }

    @Override
    public void handle(long nanos) {
      begun = System.nanoTime();
      if (frame == WARM_UP) {
        first = begun;
      }
      long whole = points * SECOND;
      subject.panTo().accept(whole / 100 * (frame % 20) / 20);
    }

    void drawn() {
      if (begun < 0) {
        return;
      }
      if (frame >= WARM_UP) {
        pulses.add((System.nanoTime() - begun) / 1_000);
      }
      begun = -1;
      if (++frame == WARM_UP + frames) {
        stop();
        double seconds = (System.nanoTime() - first) / 1e9;
        stage.close();
        done.complete(new Sample(pulses, frames / seconds));
      }
    }
  }

  private static long[] times(int points) {
    long[] times = new long[points];
    for (int i = 0; i < points; i++) {
      times[i] = i * SECOND;
    }
    return times;
  }

  private static double[] values(int points) {
    Random random = new Random(500);
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      values[i] =
          21
              + 3 * Math.sin(i / (points / 20.0))
              + 0.2 * random.nextGaussian()
              + (random.nextInt(5_000) == 0 ? 20 : 0);
    }
    return values;
  }

  private static Subject trend(int points) {
    TrendChart chart = new TrendChart(new Clock(ZoneOffset.UTC));
    TrendPicture picture =
        new TrendPicture(
            List.of(new Line("TMP-0101-A", times(points), values(points), 0)),
            Band.NONE,
            0,
            points * SECOND,
            Double.NaN,
            Double.NaN,
            "°C");
    long span = points * SECOND;
    return new Subject(chart, to -> chart.show(picture.over(to, to + span)));
  }

  private static Subject everyPoint(int points) {
    double[] values = values(points);
    Canvas canvas = new Canvas(WIDTH, HEIGHT);
    StackPane pane = new StackPane(canvas);
    double span = (double) points * SECOND;
    return new Subject(
        pane,
        to -> {
          GraphicsContext g = canvas.getGraphicsContext2D();
          g.clearRect(0, 0, WIDTH, HEIGHT);
          g.setStroke(Color.DODGERBLUE);
          g.beginPath();
          for (int i = 0; i < points; i++) {
            double x = (i * SECOND - to) / span * WIDTH;
            double y = HEIGHT - (values[i] - 10) / 40 * HEIGHT;
            if (i == 0) {
              g.moveTo(x, y);
            } else {
              g.lineTo(x, y);
            }
          }
          g.stroke();
        });
  }

  private static Subject lineChart(int points) {
    double[] values = values(points);
    double whole = (double) points * SECOND;
    NumberAxis x = new NumberAxis(0, whole, whole / 10);
    NumberAxis y = new NumberAxis(10, 50, 10);
    LineChart<Number, Number> chart = new LineChart<>(x, y);
    chart.setAnimated(false);
    chart.setCreateSymbols(false);
    XYChart.Series<Number, Number> series = new XYChart.Series<>();
    List<XYChart.Data<Number, Number>> data = new ArrayList<>(points);
    for (int i = 0; i < points; i++) {
      data.add(new XYChart.Data<>(i * SECOND, values[i]));
    }
    series.getData().setAll(data);
    chart.getData().add(series);
    return new Subject(
        chart,
        to -> {
          x.setLowerBound((double) to);
          x.setUpperBound(to + whole);
        });
  }
}
