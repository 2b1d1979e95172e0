package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.history.TableHistory;
import java.util.Locale;

/// Draws a score chart as SVG that stands in HTML.
final class ScoreSvg {

  private static final int WIDTH = 680;
  private static final int HEIGHT = 136;
  private static final int DATES = 16;

  private ScoreSvg() {}

  static String of(ScoreChart chart) {
    StringBuilder svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 %d %d\" width=\"100%%\" role=\"img\" aria-label=\"Score of the last %d validations\">"
                .formatted(WIDTH, HEIGHT, chart.points().size()));
    for (double line : chart.lines()) {
      svg.append(
          "<line x1=\"44\" x2=\"%d\" y1=\"%s\" y2=\"%s\" stroke=\"#d9dee6\"/><text x=\"36\" y=\"%s\" text-anchor=\"end\" font-size=\"11\" fill=\"#5b6676\">%s</text>"
              .formatted(
                  WIDTH - 8,
                  y(chart, line),
                  y(chart, line),
                  number(py(chart, line) + 4),
                  Shown.percent(line)));
    }
    StringBuilder path = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (int i = 0; i < chart.points().size(); i++) {
      TableHistory.Point point = chart.points().get(i);
      String x = number(44 + 8 + (WIDTH - 8 - 44 - 16) * chart.x(i));
      path.append(i == 0 ? "M" : "L").append(x).append(' ').append(y(chart, point.percent()));
      dots.append(
          "<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"><title>%s: %s, version %d</title></circle>"
              .formatted(
                  x,
                  y(chart, point.percent()),
                  point.holdsLoad() ? "#b3261e" : point.percent() < 100 ? "#9a5b00" : "#1a7f4b",
                  Shown.time(point.at()),
                  Shown.percent(point.percent()).replace("<", "&lt;"),
                  point.version()));
    }
    if (!chart.points().isEmpty()) {
      date(svg, "start", 44, chart.points().getFirst());
      date(svg, "end", WIDTH - 8, chart.points().getLast());
    }
    return svg.append("<path d=\"")
        .append(path)
        .append("\" fill=\"none\" stroke=\"#2457d6\" stroke-width=\"1.5\"/>")
        .append(dots)
        .append("</svg>")
        .toString();
  }

  private static void date(StringBuilder svg, String anchor, int x, TableHistory.Point point) {
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"11\" fill=\"#5b6676\">%s</text>"
            .formatted(x, HEIGHT - 3, anchor, Shown.time(point.at())));
  }

  private static double py(ScoreChart chart, double percent) {
    return 10 + (HEIGHT - DATES - 20) * (1 - chart.y(percent));
  }

  private static String y(ScoreChart chart, double percent) {
    return number(py(chart, percent));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
