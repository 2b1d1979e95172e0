package dev.millrace.views.flow;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;

/// Data on their way: dots along the diagram's moving arrows. FX thread only.
///
/// Each is a node that is moved, so that a frame draws the few pixels around it and not the whole
/// diagram anew.
final class FlowDots extends Group {

  private record Dot(Circle circle, Way way, int number) {}

  private final List<Circle> circles = new ArrayList<>();
  private List<Dot> dots = List.of();
  private double phase = 0.3;

  FlowDots() {
    setManaged(false);
    setMouseTransparent(true);
  }

  /// The middle line of an arrow.
  ///
  /// @param thick of the arrow there
  /// @param colour of its dots
  record Way(double x0, double y0, double x1, double y1, double thick, Color colour) {

    private boolean wide() {
      return thick > 12;
    }

    private int dots() {
      return wide() ? 4 : 2;
    }

    private void place(Circle circle, int number, double phase) {
      double at = ((number + phase) / dots()) % 1;
      double rest = 1 - at;
      double bend = (x0 + x1) / 2;
      double aside = wide() ? ((number * 7) % 5 - 2) * thick / 9 : 0;
      circle.setTranslateX(
          rest * rest * rest * x0
              + 3 * rest * rest * at * bend
              + 3 * rest * at * at * bend
              + at * at * at * x1);
      circle.setTranslateY(rest * rest * (1 + 2 * at) * y0 + at * at * (3 - 2 * at) * y1 + aside);
    }
  }

  /// Shows dots on these ways and on no others.
  void show(List<Way> ways) {
    List<Dot> now = new ArrayList<>();
    for (Way way : ways) {
      for (int number = 0; number < way.dots(); number++) {
        Circle circle = circle(now.size());
        circle.setRadius(way.thick() > 5 ? 1.7 : 1.3);
        circle.setFill(way.colour());
        circle.setVisible(true);
        now.add(new Dot(circle, way, number));
      }
    }
    for (Circle unused : circles.subList(now.size(), circles.size())) {
      unused.setVisible(false);
    }
    dots = now;
    place();
  }

  /// Moves them on.
  ///
  /// @param share of the way between two dots
  void advance(double share) {
    phase = (phase + share) % 1;
    place();
  }

  private Circle circle(int index) {
    if (index == circles.size()) {
      Circle added = new Circle();
      circles.add(added);
      getChildren().add(added);
    }
    return circles.get(index);
  }

  private void place() {
    dots.forEach(dot -> dot.way().place(dot.circle(), dot.number(), phase));
  }
}
