package dev.millrace.views.charts;

import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.function.LongConsumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// A stretch of time with a handle that a person drags, over bars of what happened when. Times are
/// epoch milliseconds.
public final class Scrubber extends ThemedCanvas {

  private static final double FLAG = 20;
  private static final double FOOT = 20;
  private static final double SIDE = 6;

  private final Clock clock;
  private final TextRuler ruler = new TextRuler(SMALL);
  private Picture picture = Picture.EMPTY;
  private LongConsumer onMove = _ -> {};

  /// What it shows.
  ///
  /// @param at time of the handle
  /// @param live whether the handle rests at the end because the present is on show
  /// @param halted whether nothing comes, so that the present stands still
  /// @param begin before this there is nothing to show
  /// @param grave per slot; read only
  /// @param other per slot; read only
  public record Picture(
      long from,
      long to,
      long at,
      boolean live,
      boolean halted,
      long begin,
      long[] grave,
      long[] other) {
    public static final Picture EMPTY =
        new Picture(0, 3_600_000, 3_600_000, true, false, 0, new long[1], new long[1]);

    /// What the handle's flag says.
    String words(Clock clock) {
      return !live
          ? clock.second(Instant.ofEpochMilli(at), Instant.ofEpochMilli(to))
          : halted ? "stopped" : "live";
    }
  }

  public Scrubber(Clock clock) {
    this.clock = clock;
    getStyleClass().add("scrubber");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.SLIDER);
    setAccessibleText("Time on show; arrow keys move it by a minute, with Shift by ten");
    setOnMousePressed(
        e -> {
          requestFocus();
          move(e.getX());
        });
    setOnMouseDragged(e -> move(e.getX()));
    setOnKeyPressed(this::steer);
    focusedProperty().addListener(_ -> repaint());
  }

  public void show(Picture next) {
    picture = next;
    repaint();
  }

  /// Told where a person puts the handle.
  public void onMove(LongConsumer told) {
    onMove = told;
  }

  private void move(double x) {
    double wide = getWidth() - snappedLeftInset() - snappedRightInset() - 2 * SIDE;
    double share = Math.clamp((x - snappedLeftInset() - SIDE) / Math.max(1, wide), 0, 1);
    onMove.accept(picture.from() + Math.round(share * (picture.to() - picture.from())));
  }

  private void steer(KeyEvent event) {
    long step = event.isShiftDown() ? 600_000 : 60_000;
    switch (event.getCode()) {
      case LEFT -> onMove.accept(picture.at() - step);
      case RIGHT -> onMove.accept(picture.at() + step);
      case HOME -> onMove.accept(picture.from());
      case END -> onMove.accept(picture.to());
      default -> {
        return;
      }
    }
    event.consume();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    double wide = width - 2 * SIDE;
    double foot = height - FOOT;
    double tall = foot - FLAG;
    double handle = SIDE + wide * share(picture.at());
    g.setFont(SMALL);
    g.setTextBaseline(VPos.CENTER);
    g.setFill(of(Tone.ACCENT).deriveColor(0, 1, 1, dark() ? 0.1 : 0.08));
    g.fillRect(SIDE, FLAG, Math.max(0, handle - SIDE), tall);
    paintNothing(g, wide, tall);
    paintBars(g, wide, tall, foot, handle);
    g.setStroke(grid());
    g.setLineWidth(1);
    g.strokeLine(SIDE, foot + 0.5, width - SIDE, foot + 0.5);
    paintTimes(g, wide, foot, height);
    paintHandle(g, width, handle, foot);
  }

  private void paintNothing(Pen g, double wide, double tall) {
    double begin = wide * share(picture.begin());
    if (picture.begin() > picture.from() && begin > 2) {
      HeatmapLegend.hatch(g, SIDE, FLAG, begin, tall, muted());
    }
  }

  private void paintBars(Pen g, double wide, double tall, double foot, double handle) {
    int slots = picture.grave().length;
    long most = 1;
    for (int i = 0; i < slots; i++) {
      most = Math.max(most, picture.grave()[i] + picture.other()[i]);
    }
    double pitch = wide / slots;
    double bar = Math.max(1, pitch - (pitch > 4 ? 1.5 : 0.5));
    // A square root keeps a quiet hour visible beside a storm.
    double scale = (tall - 4) / Math.sqrt(most);
    for (int i = 0; i < slots; i++) {
      long all = picture.grave()[i] + picture.other()[i];
      if (all == 0) {
        continue;
      }
      double x = SIDE + i * pitch;
      double high = Math.max(2, scale * Math.sqrt(all));
      double grave = high * picture.grave()[i] / all;
      double strength = x <= handle ? 0.9 : 0.35;
      g.setFill(of(Tone.WARNING).deriveColor(0, 1, dark() ? 0.8 : 1, strength));
      g.fillRect(x, foot - high, bar, high - grave);
      g.setFill(of(Tone.BAD).deriveColor(0, 1, 1, strength));
      g.fillRect(x, foot - grave, bar, grave);
    }
  }

  private void paintTimes(Pen g, double wide, double foot, double height) {
    TimeAxis axis = TimeAxis.over(picture.from(), picture.to(), clock, (int) (wide / 70));
    g.setFill(muted());
    g.setTextAlign(TextAlignment.CENTER);
    double now = ruler.width("now");
    for (long tick : axis.ticks()) {
      String words = axis.words(tick);
      double half = ruler.width(words) / 2;
      double x = Math.max(SIDE + half, SIDE + wide * share(tick));
      if (x + half < SIDE + wide - now - 8) {
        g.fillText(words, x, height - 7);
        g.setStroke(grid());
        g.setLineWidth(1);
        g.strokeLine(Math.round(x) + 0.5, foot, Math.round(x) + 0.5, foot + 3);
      }
    }
    g.setTextAlign(TextAlignment.RIGHT);
    g.fillText("now", SIDE + wide, height - 7);
  }

  private void paintHandle(Pen g, double width, double x, double foot) {
    Color colour =
        !picture.live() ? of(Tone.ACCENT) : picture.halted() ? of(Tone.MUTED) : of(Tone.GOOD);
    g.setStroke(colour);
    g.setLineWidth(2);
    g.strokeLine(x, FLAG - 2, x, foot);
    g.setFill(colour);
    g.fillOval(x - 5, foot - 5, 10, 10);
    g.setFill(ground());
    g.fillOval(x - 2, foot - 2, 4, 4);
    if (isFocused()) {
      g.setStroke(ink());
      g.setLineWidth(1.2);
      g.strokeOval(x - 7, foot - 7, 14, 14);
    }
    String words = picture.words(clock);
    double wide = ruler.width(words) + 16;
    double left = Math.clamp(x - wide / 2, 0, width - wide);
    g.setFill(colour);
    g.fillRoundRect(left, 0, wide, FLAG - 2, 6, 6);
    g.setFill(ColourScale.inkOn(colour));
    g.setTextAlign(TextAlignment.CENTER);
    g.fillText(words, left + wide / 2, (FLAG - 2) / 2);
  }

  private double share(long time) {
    return Math.clamp(
        (time - picture.from()) / Math.max(1.0, (double) (picture.to() - picture.from())), 0, 1);
  }
}
