package dev.millrace.views.charts;

import javafx.geometry.VPos;
import javafx.scene.paint.Paint;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/// What charts draw with: on the screen, or into a picture that stays sharp at any size. FX thread
/// only.
///
/// Lengths are pixels, colours and alignments stay until set anew, and every act means what the act
/// of the same name of {@link javafx.scene.canvas.GraphicsContext} means.
public interface Pen {

  void setFill(Paint paint);

  void setStroke(Paint paint);

  void setLineWidth(double width);

  void setLineJoin(StrokeLineJoin join);

  void setLineCap(StrokeLineCap cap);

  void setLineDashes(double... dashes);

  void setGlobalAlpha(double alpha);

  void setFont(Font font);

  void setTextAlign(TextAlignment align);

  void setTextBaseline(VPos baseline);

  void fillRect(double x, double y, double width, double height);

  void strokeRect(double x, double y, double width, double height);

  void fillRoundRect(double x, double y, double width, double height, double across, double down);

  void strokeRoundRect(double x, double y, double width, double height, double across, double down);

  void fillOval(double x, double y, double width, double height);

  void strokeOval(double x, double y, double width, double height);

  /// An open arc, in degrees, counter-clockwise from three o'clock.
  void strokeArc(double x, double y, double width, double height, double start, double extent);

  void strokeLine(double x0, double y0, double x1, double y1);

  void strokePolyline(double[] xs, double[] ys, int count);

  void fillPolygon(double[] xs, double[] ys, int count);

  void fillText(String text, double x, double y);

  void beginPath();

  void moveTo(double x, double y);

  void lineTo(double x, double y);

  void bezierCurveTo(double x0, double y0, double x1, double y1, double x, double y);

  void rect(double x, double y, double width, double height);

  void closePath();

  void fill();

  void stroke();

  /// What is drawn until {@link #restore} stays within the path.
  void clip();

  void save();

  void restore();
}
