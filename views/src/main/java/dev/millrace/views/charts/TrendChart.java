package dev.millrace.views.charts;

import dev.millrace.views.charts.TrendPicture.Line;
import dev.millrace.views.charts.TrendPicture.Mark;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/// Lines over time with a crosshair that tells the values.
///
/// The mouse or the arrow keys move the crosshair. One that may be steered ({@link #steered}) also
/// zooms with the wheel or + and -, and pans by dragging or with Shift and an arrow key.
public final class TrendChart extends ThemedCanvas {

  private static final double TOP = 26;
  private static final double FOOT = 22;
  private static final double RIGHT = 10;
  private static final double REACH = 9;

  /// A line is broken where nothing was heard for longer.
  private static final long LONGEST_BRIDGE = Duration.ofMinutes(10).toMillis();

  private final Clock clock;
  private final TextRuler ruler = new TextRuler(SMALL);
  private final List<Decimation> columns = new ArrayList<>();
  private final Decimation bandLow = new Decimation();
  private final Decimation bandHigh = new Decimation();
  private final TrendCrosshair crosshair;
  private TrendPicture picture = TrendPicture.EMPTY;
  private TrendFrame frame = new TrendFrame(0, 0, 1, 1, 0, 1, 0, 1);
  private double[] ticks = {0, 1};
  private Consumer<Mark> onMark = _ -> {};
  private boolean usual;
  private double ownMargin;
  private double sharedMargin;

  public TrendChart(Clock clock) {
    this.clock = clock;
    crosshair = new TrendCrosshair(clock, ruler, LONGEST_BRIDGE);
    getStyleClass().add("trend");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText("Trend; arrow keys move the crosshair");
    TrendGestures.crosshair(this);
  }

  public void show(TrendPicture next) {
    picture = next;
    repaint();
  }

  /// Lets charts that stand one above another begin at the same x, right of the values of each.
  public static void align(List<TrendChart> charts) {
    double widest = charts.stream().mapToDouble(chart -> chart.ownMargin).max().orElse(0);
    for (TrendChart chart : charts) {
      if (chart.sharedMargin != widest) {
        chart.sharedMargin = widest;
        chart.repaint();
      }
    }
  }

  /// Lets a person zoom and pan.
  public void steered(TrendGestures.View view) {
    setAccessibleText(
        "Trend; arrow keys move the crosshair, with Shift they pan, plus and minus zoom");
    TrendGestures.view(this, view);
  }

  /// Told the time the crosshair is moved to by a person; negative when it leaves.
  public void onCrosshair(Consumer<Long> told) {
    crosshair.onMove(told);
  }

  /// Told of a mark that a person clicks, or presses Enter on.
  public void onMark(Consumer<Mark> told) {
    onMark = told;
  }

  /// Whether the scale leaves out what only few points reach; those lie on its edge.
  public void usualScale(boolean next) {
    usual = next;
    repaint();
  }

  /// Puts the crosshair at a time, as another chart beside this one tells it; negative for none.
  public void crosshair(long time) {
    if (crosshair.put(time)) {
      repaint();
    }
  }

  TrendFrame frame() {
    return frame;
  }

  long crosshair() {
    return crosshair.time();
  }

  /// As a person moves it.
  void moveCrosshair(long time) {
    if (crosshair.move(time)) {
      repaint();
    }
  }

  /// Whether there was a mark near.
  boolean choose(double x, double y) {
    Mark near = near(x, y, REACH);
    if (near != null) {
      onMark.accept(near);
    }
    return near != null;
  }

  /// The mark nearest to the crosshair.
  void chooseAtCrosshair() {
    if (crosshair.time() >= 0) {
      Mark near = near(frame.x(crosshair.time()), Double.NaN, 4 * REACH);
      if (near != null) {
        onMark.accept(near);
      }
    }
  }

  private @Nullable Mark near(double x, double y, double reach) {
    Mark found = null;
    double best = reach;
    for (Mark mark : picture.marks()) {
      double across = Math.abs(frame.x(mark.time()) - x);
      double down = Double.isNaN(y) ? 0 : Math.abs(frame.y(mark.value()) - y);
      if (Math.hypot(across, down) <= best) {
        best = Math.hypot(across, down);
        found = mark;
      }
    }
    return found;
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    double plotHeight = height - TOP - FOOT;
    // The margin depends on the scale, and the scale hardly on the margin: one pass is enough.
    double left = frame.left() < 1 ? 50 : frame.left();
    int wide = (int) (width - left - RIGHT);
    if (wide < 20 || plotHeight < 20 || picture.equals(TrendPicture.EMPTY)) {
      return;
    }
    reduce(wide);
    double[] edges = edges();
    ticks = Ticks.around(edges[0], edges[1], Math.clamp((int) (plotHeight / 22), 3, 9));
    ownMargin = marginOfValues();
    double margin = Math.max(ownMargin, sharedMargin);
    if (margin != left) {
      left = margin;
      wide = (int) (width - left - RIGHT);
      reduce(wide);
    }
    frame =
        new TrendFrame(
            left,
            TOP,
            width - left - RIGHT,
            plotHeight,
            picture.from(),
            picture.to(),
            ticks[0],
            ticks[ticks.length - 1]);
    g.setFont(SMALL);
    g.setTextBaseline(VPos.CENTER);
    g.setLineWidth(1);
    paintValueAxis(g, width);
    paintTimeAxis(g, height);
    paintSpread(g, wide);
    LinePainter painter = new LinePainter(frame, wide, longestBridge(wide));
    for (int i = picture.lines().size() - 1; i >= 0; i--) {
      painter.paint(g, columns.get(i), series(picture.lines().get(i).colour()));
    }
    for (Mark mark : picture.marks()) {
      paintMark(g, mark);
    }
    paintNames(g, width);
    if (frame.holds(crosshair.time())) {
      crosshair.paint(
          g, picture, frame, width, new Inks(ink(), muted(), grid(), ground()), this::series);
    }
  }

  /// Colours words and boxes are painted in.
  record Inks(Color ink, Color muted, Color grid, Color ground) {}

  private void reduce(int wide) {
    while (columns.size() < picture.lines().size()) {
      columns.add(new Decimation());
    }
    for (int i = 0; i < picture.lines().size(); i++) {
      Line line = picture.lines().get(i);
      columns.get(i).take(line.times(), line.values(), picture.from(), picture.to(), wide);
    }
    bandLow.take(
        picture.spread().times(), picture.spread().low(), picture.from(), picture.to(), wide);
    bandHigh.take(
        picture.spread().times(), picture.spread().high(), picture.from(), picture.to(), wide);
  }

  private double[] edges() {
    if (!Double.isNaN(picture.low()) && !Double.isNaN(picture.high()) && !usual) {
      return new double[] {picture.low(), picture.high()};
    }
    int lines = picture.lines().size();
    double[] all = new double[2 * lines * (lines == 0 ? 0 : columns.getFirst().columns())];
    int count = 0;
    for (int i = 0; i < lines; i++) {
      Decimation line = columns.get(i);
      for (int c = 0; c < line.columns(); c++) {
        if (line.holds(c)) {
          all[count++] = line.low(c);
          all[count++] = line.high(c);
        }
      }
    }
    if (count == 0) {
      return new double[] {0, 1};
    }
    Arrays.sort(all, 0, count);
    double low = all[0];
    double high = all[count - 1];
    if (usual && count > 40) {
      double least = all[count / 50];
      double most = all[count - 1 - count / 50];
      double margin = Math.max((most - least) * 0.25, Math.abs(most) * 0.002);
      low = Math.max(low, least - margin);
      high = Math.min(high, most + margin);
    }
    return new double[] {low, high};
  }

  private double marginOfValues() {
    double widest = Math.max(24, ruler.width(picture.unit()));
    for (double tick : ticks) {
      widest = Math.max(widest, ruler.width(axisText(tick)));
    }
    return Math.ceil(widest) + 10;
  }

  private String axisText(double value) {
    return Figures.tick(value, ticks[1] - ticks[0]);
  }

  private void paintValueAxis(Pen g, double width) {
    g.setTextAlign(TextAlignment.RIGHT);
    g.setFill(muted());
    g.fillText(picture.unit(), frame.left() - 8, 10);
    double lastY = Double.POSITIVE_INFINITY;
    for (double tick : ticks) {
      double y = Math.round(frame.y(tick)) + 0.5;
      g.setStroke(grid());
      g.strokeLine(frame.left(), y, width - RIGHT, y);
      if (lastY - y >= 13) {
        g.setFill(muted());
        g.fillText(axisText(tick), frame.left() - 8, y);
        lastY = y;
      }
    }
  }

  private void paintTimeAxis(Pen g, double height) {
    g.setTextAlign(TextAlignment.CENTER);
    TimeAxis axis = TimeAxis.over(picture.from(), picture.to(), clock, (int) (frame.width() / 66));
    for (long tick : axis.ticks()) {
      double x = Math.round(frame.x(tick)) + 0.5;
      g.setStroke(grid());
      g.strokeLine(x, frame.foot(), x, frame.foot() + 4);
      g.setFill(muted());
      String words = axis.words(tick);
      double half = ruler.width(words) / 2;
      g.fillText(
          words, Math.clamp(x, frame.left() + half - 4, frame.right() + RIGHT - half), height - 8);
    }
  }

  private void paintSpread(Pen g, int wide) {
    if (picture.spread().times().length == 0) {
      return;
    }
    g.setFill(series(0).deriveColor(0, 1, 1, dark() ? 0.16 : 0.13));
    double bridge = longestBridge(wide);
    int first = -1;
    int before = -1;
    for (int c = 0; c < wide; c++) {
      if (!bandHigh.holds(c)) {
        continue;
      }
      if (first >= 0 && c - before > bridge) {
        paintSpread(g, first, before);
        first = -1;
      }
      first = first < 0 ? c : first;
      before = c;
    }
    if (first >= 0) {
      paintSpread(g, first, before);
    }
  }

  /// A stretch of the band without a gap; one of a single column is a line of its width.
  private void paintSpread(Pen g, int first, int last) {
    g.beginPath();
    g.moveTo(frame.left() + first, frame.y(bandHigh.high(first)));
    for (int c = first + 1; c <= last; c++) {
      if (bandHigh.holds(c)) {
        g.lineTo(frame.left() + c, frame.y(bandHigh.high(c)));
      }
    }
    g.lineTo(frame.left() + last + 1, frame.y(bandHigh.high(last)));
    g.lineTo(frame.left() + last + 1, frame.y(bandLow.low(last)));
    for (int c = last; c >= first; c--) {
      if (bandLow.holds(c)) {
        g.lineTo(frame.left() + c, frame.y(bandLow.low(c)));
      }
    }
    g.closePath();
    g.fill();
  }

  /// Columns that a line goes on over without a reading.
  private double longestBridge(int wide) {
    return Math.max(2, (double) LONGEST_BRIDGE * wide / Math.max(1, picture.to() - picture.from()));
  }

  private void paintMark(Pen g, Mark mark) {
    if (!frame.holds(mark.time())) {
      return;
    }
    double x = frame.x(mark.time());
    double y = frame.y(mark.value());
    double radius = mark.tone() == Tone.BAD ? 4 : 3.2;
    g.setFill(of(mark.tone()).deriveColor(0, 1, 1, 0.55));
    g.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
    g.setStroke(of(mark.tone()));
    g.setLineWidth(1.2);
    g.strokeOval(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private void paintNames(Pen g, double width) {
    double x = frame.left();
    g.setTextAlign(TextAlignment.LEFT);
    double room = (width - frame.left() - RIGHT) / Math.max(1, picture.lines().size()) - 34;
    for (Line line : picture.lines()) {
      String name = ruler.fit(line.name(), Math.max(40, room));
      g.setFill(series(line.colour()));
      g.fillRoundRect(x, 8, 14, 4, 4, 4);
      g.setFill(muted());
      g.fillText(name, x + 20, 10);
      x += 20 + ruler.width(name) + 16;
    }
  }

  /// The picture on show, for exports.
  public TrendPicture picture() {
    return picture;
  }

  /// A mark's words when the pointer is near it; null when none is.
  @Nullable String telling(double x, double y) {
    Mark near = near(x, y, REACH);
    return near == null
        ? null
        : near.detail() + "\n" + clock.second(Instant.ofEpochMilli(near.time()));
  }
}
