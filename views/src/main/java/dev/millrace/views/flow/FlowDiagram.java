package dev.millrace.views.flow;

import dev.millrace.views.charts.Pen;
import dev.millrace.views.charts.TextRuler;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.flow.FlowDots.Way;
import dev.millrace.views.flow.FlowPicture.Arrow;
import dev.millrace.views.flow.FlowPicture.Node;
import dev.millrace.views.theme.Tone;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.geometry.VPos;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;
import javafx.scene.text.TextAlignment;

/// The flow drawn: cards that can be chosen, and beneath them the data on their way.
///
/// An arrow's thickness is its rate on a log scale; dots move along it while something flows.
final class FlowDiagram extends ThemedCanvas {

  private static final List<Part> ROW =
      List.of(
          Part.SIMULATOR,
          Part.KAFKA,
          Part.STREAM,
          Part.BRONZE,
          Part.SILVER,
          Part.GOLD,
          Part.WAREHOUSE);
  private static final double[] WIDTHS = {120, 124, 142, 110, 110, 110, 130};
  private static final double LEAST_GAP = 48;
  private static final double GREATEST_GROWTH = 1.45;
  private static final double TOP = 2;
  private static final double LOWER = 82;
  private static final double BETWEEN = 38;
  private static final long FRAME_NANOS = 50_000_000;

  /// Between an arrow's words and the cards at its ends.
  private static final double CLEAR = 2;

  /// From the middle of the gate's mark to its edge.
  private static final double MARK = 10;

  private final Map<Part, NodeCard> cards = new EnumMap<>(Part.class);
  private FlowPicture picture = FlowPicture.EMPTY;
  private final FlowDots dots = new FlowDots();
  private final TextRuler strong = new TextRuler(SMALL_STRONG);
  private final TextRuler small = new TextRuler(SMALL);

  /// @param open opens the room of the part that was chosen last
  FlowDiagram(Consumer<Part> choose, Runnable open, boolean animated) {
    getStyleClass().add("flow-diagram");
    getChildren().add(dots);
    for (Part part : Part.values()) {
      NodeCard card = new NodeCard(part, () -> choose.accept(part), open);
      cards.put(part, card);
      getChildren().add(card);
    }
    setPrefHeight(306);
    setMinHeight(290);
    addEventHandler(
        javafx.scene.input.KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.LEFT || e.getCode() == KeyCode.RIGHT) {
            move(e.getCode() == KeyCode.RIGHT, choose);
            e.consume();
          }
        });
    if (animated) {
      animate();
    }
  }

  private void animate() {
    AnimationTimer timer =
        new AnimationTimer() {
          private long last;

          @Override
          public void handle(long nanos) {
            if (nanos - last >= FRAME_NANOS && !rests()) {
              dots.advance(Math.min(0.1, (nanos - last) / 1.6e9));
              last = nanos;
            }
          }
        };
    sceneProperty()
        .addListener(
            (_, _, scene) -> {
              if (scene == null) {
                timer.stop();
              } else {
                timer.start();
              }
            });
  }

  private void move(boolean right, Consumer<Part> choose) {
    List<Part> parts = List.of(Part.values());
    int from = 0;
    while (from < parts.size() && !card(parts.get(from)).equals(getScene().getFocusOwner())) {
      from++;
    }
    int next = from + (right ? 1 : -1);
    if (from < parts.size() && next >= 0 && next < parts.size()) {
      card(parts.get(next)).requestFocus();
      choose.accept(parts.get(next));
    }
  }

  private NodeCard card(Part part) {
    NodeCard card = cards.get(part);
    if (card == null) {
      throw new IllegalStateException(part + " has no card");
    }
    return card;
  }

  void show(FlowPicture next) {
    picture = next;
    next.nodes().forEach((part, node) -> card(part).show(node));
    repaint();
  }

  void chosen(Part chosen) {
    cards.forEach((part, card) -> card.chosen(part == chosen));
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    double sum = 0;
    for (double each : WIDTHS) {
      sum += each;
    }
    double growth = Math.clamp((width - 6 * LEAST_GAP) / sum, 0.8, GREATEST_GROWTH);
    double gap = (width - sum * growth) / (ROW.size() - 1);
    double tall = height - TOP - BETWEEN - LOWER;
    double x = 0;
    for (int i = 0; i < ROW.size(); i++) {
      double wide = Math.rint(WIDTHS[i] * growth);
      NodeCard card = card(ROW.get(i));
      card.resizeRelocate(Math.rint(Math.min(x, width - wide)), TOP, wide, tall);
      card.layout();
      x += WIDTHS[i] * growth + gap;
    }
    double lower = TOP + tall + BETWEEN;
    NodeCard stream = card(Part.STREAM);
    card(Part.DEAD_LETTERS)
        .resizeRelocate(
            stream.getLayoutX(),
            lower,
            Math.min(280, card(Part.SILVER).getLayoutX() - stream.getLayoutX() - 12),
            LOWER - 2);
    double left = card(Part.SILVER).getLayoutX() + 20;
    card(Part.QUALITY).resizeRelocate(left, lower, width - left, LOWER - 2);
    super.layoutChildren();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    g.setTextBaseline(VPos.CENTER);
    List<Way> moving = new ArrayList<>();
    for (Arrow arrow : picture.arrows()) {
      Way way = arrow.to() == Part.DEAD_LETTERS ? paintDown(g, arrow) : paintAcross(g, arrow);
      if (arrow.moving()) {
        moving.add(way);
      }
    }
    dots.show(moving);
    paintGate(g);
    paintLegend(g, height);
  }

  private double thickness(double rate) {
    return rate <= 0 ? 2 : Math.clamp(3 + 4.6 * Math.log10(1 + rate), 3, 24);
  }

  /// @return the way of its dots
  private Way paintAcross(Pen g, Arrow arrow) {
    NodeCard from = card(arrow.from());
    NodeCard to = card(arrow.to());
    double x0 = from.getLayoutX() + from.getWidth();
    double x1 = to.getLayoutX();
    double middle = TOP + from.getHeight() / 2;
    double y0 = middle;
    double y1 = middle;
    double thick = thickness(arrow.rate());
    if (arrow.lane().isPresent()) {
      int lane = arrow.lane().get();
      List<Double> lanes = card(Part.KAFKA).laneHeights();
      thick = Math.max(2, thick * 0.62);
      double side = middle + (lane - (Math.max(1, lanes.size()) - 1) / 2.0) * (thick + 1);
      double meet = lane < lanes.size() ? lanes.get(lane) : middle;
      y0 = arrow.from() == Part.KAFKA ? meet : side;
      y1 = arrow.to() == Part.KAFKA ? meet : side;
    }
    Color colour = arrow.tone() == Tone.MUTED ? grid() : of(arrow.tone());
    ribbon(g, x0, y0, x1, y1, thick, colour, arrow.tone() == Tone.MUTED);
    double top = Math.min(y0, y1) - thick / 2;
    label(g, x0, x1, arrow.to() == Part.WAREHOUSE ? Math.min(top, middle - MARK) : top, arrow);
    return new Way(x0, y0, x1, y1, thick, dark() ? Color.WHITE : colour.darker());
  }

  /// Writes above an arrow what has room between its cards; the parts' panels tell the rest.
  private void label(Pen g, double x0, double x1, double top, Arrow arrow) {
    double room = x1 - x0 - 2 * CLEAR;
    double x = (x0 + x1) / 2;
    double y = top - 10;
    g.setTextAlign(TextAlignment.CENTER);
    if (!arrow.remark().isEmpty() && small.width(arrow.remark()) <= room) {
      g.setFont(SMALL);
      g.setFill(muted());
      g.fillText(arrow.remark(), x, y);
      y -= 13;
    }
    if (strong.width(arrow.label()) <= room) {
      g.setFont(SMALL_STRONG);
      g.setFill(ink());
      g.fillText(arrow.label(), x, y);
    }
  }

  private static void ribbon(
      Pen g, double x0, double y0, double x1, double y1, double thick, Color colour, boolean idle) {
    double half = thick / 2;
    double bend = (x0 + x1) / 2;
    g.beginPath();
    g.moveTo(x0, y0 - half);
    g.bezierCurveTo(bend, y0 - half, bend, y1 - half, x1, y1 - half);
    g.lineTo(x1, y1 + half);
    g.bezierCurveTo(bend, y1 + half, bend, y0 + half, x0, y0 + half);
    g.closePath();
    if (idle) {
      g.setFill(colour);
    } else {
      g.setFill(
          new LinearGradient(
              x0,
              0,
              x1,
              0,
              false,
              CycleMethod.NO_CYCLE,
              new Stop(0, colour.deriveColor(0, 1, 1, 0.25)),
              new Stop(1, colour.deriveColor(0, 1, 1, 0.62))));
    }
    g.fill();
  }

  /// @return the way of its dots
  private Way paintDown(Pen g, Arrow arrow) {
    NodeCard from = card(arrow.from());
    NodeCard to = card(arrow.to());
    double x = from.getLayoutX() + Math.min(from.getWidth(), to.getWidth()) / 2;
    double y0 = TOP + from.getHeight();
    double y1 = to.getLayoutY();
    Color colour = arrow.tone() == Tone.MUTED ? grid() : of(arrow.tone());
    double thick = arrow.tone() == Tone.MUTED ? 2 : Math.max(3, thickness(arrow.rate()) * 0.6);
    g.setStroke(colour);
    g.setLineWidth(thick);
    g.strokeLine(x, y0 + thick / 2, x, y1 - 9);
    g.setFill(colour);
    g.fillPolygon(new double[] {x - 6, x + 6, x}, new double[] {y1 - 9, y1 - 9, y1 - 1}, 3);
    double room = middle(card(Part.SILVER)) - CLEAR - x - 14;
    if (small.width(arrow.label()) <= room) {
      g.setTextAlign(TextAlignment.LEFT);
      g.setFont(SMALL);
      g.setFill(of(arrow.tone()));
      g.fillText(arrow.label(), x + 14, (y0 + y1) / 2 - 2);
    }
    return new Way(x, y0 + 3, x, y1 - 12, thick, dark() ? Color.WHITE : colour.darker());
  }

  private static double middle(NodeCard card) {
    return card.getLayoutX() + card.getWidth() / 2;
  }

  /// The dashed line from what is judged to the gate: Bronze, Silver, and the way to the warehouse.
  private void paintGate(Pen g) {
    Node gate = picture.nodes().get(Part.QUALITY);
    if (gate == null) {
      return;
    }
    NodeCard silver = card(Part.SILVER);
    NodeCard gold = card(Part.GOLD);
    NodeCard warehouse = card(Part.WAREHOUSE);
    double lower = card(Part.QUALITY).getLayoutY();
    g.setStroke(of(gate.tone()));
    g.setLineWidth(1.4);
    g.setLineDashes(3, 4);
    double silverX = middle(silver);
    g.strokeLine(silverX, TOP + silver.getHeight() + 2, silverX, lower - 1);
    double x = (gold.getLayoutX() + gold.getWidth() + warehouse.getLayoutX()) / 2;
    double middle = TOP + gold.getHeight() / 2;
    g.strokeLine(x, middle + 12, x, lower - 1);
    g.setLineDashes();
    g.setFill(ground());
    g.fillOval(x - MARK, middle - MARK, 2 * MARK, 2 * MARK);
    g.strokeOval(x - MARK, middle - MARK, 2 * MARK, 2 * MARK);
    g.setLineWidth(1.8);
    if (gate.tone() == Tone.GOOD) {
      g.strokePolyline(
          new double[] {x - 4, x - 1, x + 4.5},
          new double[] {middle, middle + 3.5, middle - 3.5},
          3);
    } else if (gate.tone() == Tone.MUTED) {
      g.strokeLine(x - 4, middle, x + 4, middle);
    } else {
      g.strokeLine(x, middle - 4.5, x, middle + 1);
      g.strokeLine(x, middle + 4, x, middle + 4.5);
    }
  }

  private void paintLegend(Pen g, double height) {
    g.setFont(SMALL);
    g.setTextAlign(TextAlignment.LEFT);
    g.setFill(muted());
    double y = height - LOWER + 16;
    g.fillText("Thickness is rows per second, log scale.", 0, y);
    g.fillText("Under a batch: how long ago it ran.", 0, y + 16);
    double x = 0;
    x = legend(g, x, y + 38, "Flowing", of(Tone.ACCENT));
    x = legend(g, x, y + 38, "Healthy", of(Tone.GOOD));
    x = legend(g, x, y + 38, "Behind", of(Tone.WARNING));
    x = legend(g, x, y + 38, "Kept aside", of(Tone.BAD));
    legend(g, x, y + 38, "Idle", grid());
  }

  private double legend(Pen g, double x, double y, String words, Color colour) {
    g.setFill(colour);
    g.fillRoundRect(x, y - 3, 12, 6, 6, 6);
    g.setFill(muted());
    g.fillText(words, x + 16, y);
    return x + 26 + words.length() * 6.1;
  }
}
