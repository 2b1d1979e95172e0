package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.history.TableHistory.Point;
import java.util.List;

/// The picture of a table's score over its last validations by one suite: where its points lie.
///
/// @param floor score at the chart's lower edge, so that small changes can be seen
public record ScoreChart(List<Point> points, double floor) {

  /// Validations shown at most.
  public static final int MOST = 40;

  /// Validations from which on a picture tells more than a sentence.
  public static final int FEWEST = 3;

  public ScoreChart {
    points = List.copyOf(points);
  }

  public static ScoreChart of(TableHistory history) {
    List<Point> all = history.comparable();
    List<Point> shown = all.subList(Math.max(0, all.size() - MOST), all.size());
    double lowest = shown.stream().mapToDouble(Point::percent).min().orElse(100);
    double floor = lowest >= 82 ? 80 : lowest >= 52 ? 50 : 0;
    return new ScoreChart(shown, floor);
  }

  /// Place of a point from the left edge, 0 to 1.
  public double x(int index) {
    return points.size() < 2 ? 0.5 : (double) index / (points.size() - 1);
  }

  /// Height of a score, 0 to 1.
  public double y(double percent) {
    return (percent - floor) / (100 - floor);
  }

  /// Scores that have a line.
  public List<Double> lines() {
    return List.of(floor, (floor + 100) / 2, 100.0);
  }
}
