package dev.millrace.views.charts;

import dev.millrace.views.charts.TimelinePicture.Detail;
import dev.millrace.views.charts.TimelinePicture.Mark;
import dev.millrace.views.charts.TimelinePicture.Pile;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Events on lanes over time, sized by weight, or piled up where they are many; the one pointed at
/// tells its detail.
public final class Timeline extends ThemedCanvas {

  private static final double FOOT = 22;
  private static final double RIGHT = 12;
  private static final double TOP = 4;
  private static final double REACH = 14;
  private static final int MANY = 400;

  private final Clock clock;
  private final TextRuler ruler = new TextRuler(SMALL);
  private final Tooltip tooltip = new Tooltip();
  private TimelinePicture picture = TimelinePicture.EMPTY;
  private @Nullable Mark pointed;
  private @Nullable Detail chosen;
  private Consumer<Detail> onChoose = _ -> {};
  private TimelineFrame frame = TimelineFrame.NONE;
  private TimelinePiles piles = TimelinePiles.NONE;

  public Timeline(Clock clock) {
    this.clock = clock;
    getStyleClass().add("timeline");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText("Anomaly timeline; arrow keys go from anomaly to anomaly");
    tooltip.setShowDelay(Duration.millis(80));
    tooltip.setShowDuration(Duration.minutes(2));
    tooltip.getStyleClass().add("chart-tooltip");
    setOnMouseMoved(
        e -> point(nearest(e.getX() - snappedLeftInset(), e.getY() - snappedTopInset())));
    setOnMouseExited(_ -> point(null));
    setOnMouseClicked(
        _ -> {
          requestFocus();
          choose();
        });
    setOnKeyPressed(this::steer);
  }

  /// Told the detail of a mark that a person clicks, or presses Enter on.
  public void onChoose(Consumer<Detail> told) {
    onChoose = told;
  }

  /// Rings the mark with that detail; null for none.
  public void chosen(@Nullable Detail next) {
    if (!Objects.equals(chosen, next)) {
      chosen = next;
      repaint();
    }
  }

  private void choose() {
    if (pointed != null) {
      onChoose.accept(pointed.detail());
    }
  }

  public void show(TimelinePicture next) {
    picture = next;
    if (pointed != null && next.stops().noneMatch(pointed::equals)) {
      point(null);
    }
    repaint();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    int lanes = picture.lanes().size();
    if (lanes == 0) {
      return;
    }
    double left = marginOfNames(width);
    frame =
        new TimelineFrame(
            left,
            TOP,
            width - left - RIGHT,
            (height - TOP - FOOT) / lanes,
            picture.from(),
            picture.to());
    piles = TimelinePiles.of(frame, picture.piles());
    g.setFont(SMALL);
    g.setTextBaseline(VPos.CENTER);
    g.setLineWidth(1);
    paintTimeAxis(g, height);
    paintLanes(g, width);
    piles.paint(g, this::of);
    for (Mark mark : picture.marks()) {
      paintMark(g, mark);
    }
    if (chosen != null) {
      picture
          .stops()
          .filter(mark -> mark.detail().equals(chosen))
          .forEach(mark -> ring(g, mark, of(Tone.ACCENT), 2.4));
    }
    if (pointed != null) {
      ring(g, pointed, ink(), 1.6);
    }
  }

  private void ring(Pen g, Mark mark, Color colour, double thick) {
    g.setStroke(colour);
    g.setLineWidth(thick);
    Optional<Pile> pile =
        picture.piles().stream().filter(p -> p.gravest().equals(mark)).findFirst();
    if (pile.isPresent()) {
      piles.outline(g, pile.get());
      return;
    }
    double radius = radius(mark) + 3.5;
    g.strokeOval(x(mark) - radius, y(mark) - radius, 2 * radius, 2 * radius);
  }

  private double marginOfNames(double width) {
    double widest = 0;
    for (int i = 0; i < picture.lanes().size(); i++) {
      widest =
          Math.max(
              widest,
              ruler.width(picture.lanes().get(i))
                  + ruler.width(Figures.count(picture.counts().get(i)))
                  + 10);
    }
    return Math.min(widest + 16, width * 0.4);
  }

  private void paintTimeAxis(Pen g, double height) {
    TimeAxis axis = TimeAxis.over(picture.from(), picture.to(), clock, (int) (frame.width() / 66));
    for (long tick : axis.ticks()) {
      double x = Math.round(frame.x(tick)) + 0.5;
      g.setStroke(grid());
      g.strokeLine(x, TOP, x, height - FOOT);
      g.setTextAlign(TextAlignment.CENTER);
      g.setFill(muted());
      String words = axis.words(tick);
      double half = ruler.width(words) / 2;
      g.fillText(
          words,
          Math.clamp(x, frame.left() + half - 6, frame.left() + frame.width() + RIGHT - half),
          height - 8);
    }
  }

  private void paintLanes(Pen g, double width) {
    double left = frame.left();
    for (int lane = 0; lane < picture.lanes().size(); lane++) {
      double y = Math.round(frame.middle(lane)) + 0.5;
      double line = picture.piles().isEmpty() ? y : frame.foot(lane) + 0.5;
      g.setStroke(grid());
      g.strokeLine(left, line, width - RIGHT, line);
      if (frame.laneHeight() < 12 && lane % 2 == 1) {
        continue;
      }
      String count = Figures.count(picture.counts().get(lane));
      g.setFill(muted());
      g.setTextAlign(TextAlignment.LEFT);
      g.fillText(ruler.fit(picture.lanes().get(lane), left - ruler.width(count) - 24), 0, y);
      g.setFill(ink());
      g.setTextAlign(TextAlignment.RIGHT);
      g.fillText(count, left - 14, y);
    }
  }

  private void paintMark(Pen g, Mark mark) {
    double radius = radius(mark);
    double x = x(mark);
    double y = y(mark);
    Color colour = of(mark.tone());
    g.setGlobalAlpha(0.5 * opacity());
    g.setFill(colour);
    g.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
    g.setGlobalAlpha(0.95 * opacity());
    g.setStroke(colour);
    g.setLineWidth(1.1);
    g.strokeOval(x - radius, y - radius, 2 * radius, 2 * radius);
    g.setGlobalAlpha(1);
  }

  private double radius(Mark mark) {
    // Beads on a string rather than one red bar: no larger than lets neighbours be told apart.
    double pitch = frame.width() * picture.lanes().size() / Math.max(1, picture.marks().size());
    double laneHeight = frame.laneHeight();
    double room = dense() ? laneHeight : Math.max(6, pitch);
    double largest = Math.clamp(Math.min(laneHeight, room) * 0.42, 2.5, dense() ? 5.5 : 8);
    double least = dense() ? 1.6 : 2.2;
    return least + (largest - least) * mark.weight();
  }

  /// Where many marks meet they are smaller, fainter and spread over their lane's height.
  private boolean dense() {
    return picture.marks().size() > MANY;
  }

  private double opacity() {
    return Math.clamp(Math.sqrt((double) MANY / Math.max(1, picture.marks().size())), 0.35, 1);
  }

  private double x(Mark mark) {
    return frame.x(mark.time());
  }

  private double y(Mark mark) {
    double aside = 0;
    if (dense()) {
      long bits = Double.doubleToLongBits(mark.time() * 1.7 + mark.weight());
      aside = (Math.floorMod(bits ^ (bits >>> 17), 101) / 100.0 - 0.5) * frame.laneHeight() * 0.5;
    }
    return frame.middle(mark.lane()) + aside;
  }

  private @Nullable Mark nearest(double x, double y) {
    Mark found = piles.at(x, y).map(Pile::gravest).orElse(null);
    double reach = REACH * REACH;
    for (Mark mark : picture.marks()) {
      double dx = x(mark) - x;
      double dy = y(mark) - y;
      double distance = dx * dx + dy * dy;
      if (distance <= reach) {
        reach = distance;
        found = mark;
      }
    }
    return found;
  }

  private void steer(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE && pointed != null) {
      point(null);
    } else if (event.getCode() == KeyCode.LEFT || event.getCode() == KeyCode.RIGHT) {
      point(neighbour(event.getCode() == KeyCode.RIGHT));
    } else if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
      choose();
    } else {
      return;
    }
    event.consume();
  }

  private @Nullable Mark neighbour(boolean later) {
    double from =
        pointed == null
            ? (later ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
            : (double) pointed.time();
    Mark found = pointed;
    double best = Double.POSITIVE_INFINITY;
    for (Mark mark : picture.stops().toList()) {
      double distance = later ? mark.time() - from : from - mark.time();
      if (pointed == null) {
        distance = later ? mark.time() : -mark.time();
      }
      if ((pointed == null || distance > 0) && distance < best) {
        best = distance;
        found = mark;
      }
    }
    return found;
  }

  private void point(@Nullable Mark mark) {
    if (Objects.equals(mark, pointed)) {
      return;
    }
    pointed = mark;
    if (mark == null) {
      tooltip.hide();
      Tooltip.uninstall(this, tooltip);
    } else {
      String text = mark.detail().text();
      tooltip.setText(text);
      setAccessibleText(text);
      Tooltip.install(this, tooltip);
    }
    repaint();
  }
}
