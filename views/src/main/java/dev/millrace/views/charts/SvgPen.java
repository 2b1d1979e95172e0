package dev.millrace.views.charts;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.geometry.VPos;
import javafx.scene.paint.Color;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Paint;
import javafx.scene.paint.Stop;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/// Draws into SVG 1.1. Needs no toolkit.
final class SvgPen implements Pen {

  private record State(
      Paint fill,
      Paint stroke,
      double width,
      StrokeLineJoin join,
      StrokeLineCap cap,
      double[] dashes,
      double alpha,
      @Nullable Font font,
      TextAlignment align,
      VPos baseline,
      int groups) {}

  private final StringBuilder body = new StringBuilder();
  private final StringBuilder definitions = new StringBuilder();
  private final StringBuilder path = new StringBuilder();
  private final Deque<State> saved = new ArrayDeque<>();
  private final double width;
  private final double height;
  private final int number;
  private int ids;
  private Paint fill = Color.BLACK;
  private Paint stroke = Color.BLACK;
  private double lineWidth = 1;
  private StrokeLineJoin join = StrokeLineJoin.MITER;
  private StrokeLineCap cap = StrokeLineCap.SQUARE;
  private double[] dashes = new double[0];
  private double alpha = 1;
  private @Nullable Font font;
  private TextAlignment align = TextAlignment.LEFT;
  private VPos baseline = VPos.BASELINE;
  private int groups;

  SvgPen(double width, double height) {
    this(width, height, 0);
  }

  /// @param number of the picture among those of one document; its definitions' names have it
  SvgPen(double width, double height, int number) {
    this.width = width;
    this.height = height;
    this.number = number;
  }

  /// The whole document.
  ///
  /// @param title for those who do not see it
  String document(String title) {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img">
    <title>%3$s</title>
    <defs>%4$s</defs>
    %5$s</svg>
    """
        .formatted(of(width), of(height), escaped(title), definitions, body);
  }

  @Override
  public void setFill(Paint paint) {
    fill = paint;
  }

  @Override
  public void setStroke(Paint paint) {
    stroke = paint;
  }

  @Override
  public void setLineWidth(double pixels) {
    lineWidth = pixels;
  }

  @Override
  public void setLineJoin(StrokeLineJoin next) {
    join = next;
  }

  @Override
  public void setLineCap(StrokeLineCap next) {
    cap = next;
  }

  @Override
  public void setLineDashes(double... next) {
    dashes = next == null ? new double[0] : next.clone();
  }

  @Override
  public void setGlobalAlpha(double next) {
    alpha = next;
  }

  @Override
  public void setFont(Font next) {
    font = next;
  }

  @Override
  public void setTextAlign(TextAlignment next) {
    align = next;
  }

  @Override
  public void setTextBaseline(VPos next) {
    baseline = next;
  }

  @Override
  public void fillRect(double x, double y, double wide, double tall) {
    box(x, y, wide, tall, 0, 0, filled());
  }

  @Override
  public void strokeRect(double x, double y, double wide, double tall) {
    box(x, y, wide, tall, 0, 0, stroked());
  }

  @Override
  public void fillRoundRect(
      double x, double y, double wide, double tall, double across, double down) {
    box(x, y, wide, tall, across, down, filled());
  }

  @Override
  public void strokeRoundRect(
      double x, double y, double wide, double tall, double across, double down) {
    box(x, y, wide, tall, across, down, stroked());
  }

  private void box(
      double x, double y, double wide, double tall, double across, double down, String paint) {
    if (wide <= 0 || tall <= 0) {
      return;
    }
    body.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\""
            .formatted(of(x), of(y), of(wide), of(tall)));
    if (across > 0) {
      body.append(" rx=\"%s\" ry=\"%s\"".formatted(of(across / 2), of(down / 2)));
    }
    body.append(paint).append("/>\n");
  }

  @Override
  public void fillOval(double x, double y, double wide, double tall) {
    oval(x, y, wide, tall, filled());
  }

  @Override
  public void strokeOval(double x, double y, double wide, double tall) {
    oval(x, y, wide, tall, stroked());
  }

  private void oval(double x, double y, double wide, double tall, String paint) {
    body.append(
        "<ellipse cx=\"%s\" cy=\"%s\" rx=\"%s\" ry=\"%s\"%s/>\n"
            .formatted(of(x + wide / 2), of(y + tall / 2), of(wide / 2), of(tall / 2), paint));
  }

  @Override
  public void strokeArc(double x, double y, double wide, double tall, double start, double extent) {
    double middleX = x + wide / 2;
    double middleY = y + tall / 2;
    double from = Math.toRadians(start);
    double to = Math.toRadians(start + extent);
    element(
        "M%s %sA%s %s 0 %d %d %s %s"
            .formatted(
                of(middleX + wide / 2 * Math.cos(from)),
                of(middleY - tall / 2 * Math.sin(from)),
                of(wide / 2),
                of(tall / 2),
                Math.abs(extent) > 180 ? 1 : 0,
                extent > 0 ? 0 : 1,
                of(middleX + wide / 2 * Math.cos(to)),
                of(middleY - tall / 2 * Math.sin(to))),
        stroked());
  }

  @Override
  public void strokeLine(double x0, double y0, double x1, double y1) {
    element("M%s %sL%s %s".formatted(of(x0), of(y0), of(x1), of(y1)), stroked());
  }

  @Override
  public void strokePolyline(double[] xs, double[] ys, int count) {
    element(points(xs, ys, count), stroked());
  }

  @Override
  public void fillPolygon(double[] xs, double[] ys, int count) {
    element(points(xs, ys, count) + "Z", filled());
  }

  private static String points(double[] xs, double[] ys, int count) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < count; i++) {
      line.append(i == 0 ? 'M' : 'L').append(of(xs[i])).append(' ').append(of(ys[i]));
    }
    return line.toString();
  }

  @Override
  public void fillText(String text, double x, double y) {
    String anchor =
        switch (align) {
          case CENTER -> "middle";
          case RIGHT -> "end";
          case LEFT, JUSTIFY -> "start";
        };
    Font used = font;
    double size = used == null ? 12 : used.getSize();
    double down =
        switch (baseline) {
          case CENTER -> 0.35 * size;
          case TOP -> 0.95 * size;
          case BOTTOM -> -0.2 * size;
          case BASELINE -> 0;
        };
    body.append(
        "<text x=\"%s\" y=\"%s\" font-family=\"%s, sans-serif\" font-size=\"%s\"%s text-anchor=\"%s\"%s>%s</text>\n"
            .formatted(
                of(x),
                of(y + down),
                used == null ? "Inter" : escaped(used.getFamily()),
                of(size),
                used != null && used.getStyle().contains("Bold") ? " font-weight=\"bold\"" : "",
                anchor,
                filled(),
                escaped(text)));
  }

  @Override
  public void beginPath() {
    path.setLength(0);
  }

  @Override
  public void moveTo(double x, double y) {
    path.append('M').append(of(x)).append(' ').append(of(y));
  }

  @Override
  public void lineTo(double x, double y) {
    path.append('L').append(of(x)).append(' ').append(of(y));
  }

  @Override
  public void bezierCurveTo(double x0, double y0, double x1, double y1, double x, double y) {
    path.append("C%s %s %s %s %s %s".formatted(of(x0), of(y0), of(x1), of(y1), of(x), of(y)));
  }

  @Override
  public void rect(double x, double y, double wide, double tall) {
    path.append("M%s %sh%sv%sh%sZ".formatted(of(x), of(y), of(wide), of(tall), of(-wide)));
  }

  @Override
  public void closePath() {
    path.append('Z');
  }

  @Override
  public void fill() {
    element(path.toString(), filled());
  }

  @Override
  public void stroke() {
    element(path.toString(), stroked());
  }

  @Override
  public void clip() {
    String id = "c" + number + "-" + ids++;
    definitions.append("<clipPath id=\"%s\"><path d=\"%s\"/></clipPath>\n".formatted(id, path));
    body.append("<g clip-path=\"url(#%s)\">\n".formatted(id));
    groups++;
  }

  @Override
  public void save() {
    saved.push(
        new State(
            fill, stroke, lineWidth, join, cap, dashes, alpha, font, align, baseline, groups));
  }

  @Override
  public void restore() {
    State state = saved.pop();
    for (; groups > state.groups(); groups--) {
      body.append("</g>\n");
    }
    fill = state.fill();
    stroke = state.stroke();
    lineWidth = state.width();
    join = state.join();
    cap = state.cap();
    dashes = state.dashes();
    alpha = state.alpha();
    font = state.font();
    align = state.align();
    baseline = state.baseline();
  }

  private void element(String shape, String paint) {
    if (!shape.isEmpty()) {
      body.append("<path d=\"").append(shape).append('"').append(paint).append("/>\n");
    }
  }

  private String filled() {
    return paint("fill", fill);
  }

  private String stroked() {
    StringBuilder text = new StringBuilder(" fill=\"none\"").append(paint("stroke", stroke));
    text.append(" stroke-width=\"").append(of(lineWidth)).append('"');
    if (join == StrokeLineJoin.ROUND) {
      text.append(" stroke-linejoin=\"round\"");
    }
    if (cap == StrokeLineCap.ROUND) {
      text.append(" stroke-linecap=\"round\"");
    }
    if (dashes.length > 0) {
      text.append(" stroke-dasharray=\"")
          .append(Arrays.stream(dashes).mapToObj(SvgPen::of).collect(Collectors.joining(" ")))
          .append('"');
    }
    return text.toString();
  }

  private String paint(String what, Paint paint) {
    if (paint instanceof LinearGradient gradient) {
      String id = "g" + number + "-" + ids++;
      definitions.append(
          "<linearGradient id=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"%s>"
              .formatted(
                  id,
                  of(gradient.getStartX()),
                  of(gradient.getStartY()),
                  of(gradient.getEndX()),
                  of(gradient.getEndY()),
                  gradient.isProportional() ? "" : " gradientUnits=\"userSpaceOnUse\""));
      for (Stop stop : gradient.getStops()) {
        definitions.append(
            "<stop offset=\"%s\" stop-color=\"%s\" stop-opacity=\"%s\"/>"
                .formatted(
                    of(stop.getOffset()), hex(stop.getColor()), of(stop.getColor().getOpacity())));
      }
      definitions.append("</linearGradient>\n");
      return " " + what + "=\"url(#" + id + ")\"";
    }
    Color colour = paint instanceof Color known ? known : Color.GRAY;
    double opacity = colour.getOpacity() * alpha;
    return " "
        + what
        + "=\""
        + hex(colour)
        + '"'
        + (opacity < 1 ? " " + what + "-opacity=\"" + of(opacity) + '"' : "");
  }

  /// A colour in the words of SVG, without its opacity.
  static String hex(Color colour) {
    return "#%02x%02x%02x"
        .formatted(
            Math.round(colour.getRed() * 255),
            Math.round(colour.getGreen() * 255),
            Math.round(colour.getBlue() * 255));
  }

  private static String of(double number) {
    double rounded = Math.rint(number * 100) / 100;
    return rounded == Math.rint(rounded)
        ? Long.toString((long) rounded)
        : String.format(Locale.ROOT, "%.2f", rounded);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
