package dev.millrace.views.charts;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Paint;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/// Draws on a canvas.
final class CanvasPen implements Pen {

  private final GraphicsContext g;

  CanvasPen(GraphicsContext g) {
    this.g = g;
  }

  @Override
  public void setFill(Paint paint) {
    g.setFill(paint);
  }

  @Override
  public void setStroke(Paint paint) {
    g.setStroke(paint);
  }

  @Override
  public void setLineWidth(double width) {
    g.setLineWidth(width);
  }

  @Override
  public void setLineJoin(StrokeLineJoin join) {
    g.setLineJoin(join);
  }

  @Override
  public void setLineCap(StrokeLineCap cap) {
    g.setLineCap(cap);
  }

  @Override
  public void setLineDashes(double... dashes) {
    g.setLineDashes(dashes);
  }

  @Override
  public void setGlobalAlpha(double alpha) {
    g.setGlobalAlpha(alpha);
  }

  @Override
  public void setFont(Font font) {
    g.setFont(font);
  }

  @Override
  public void setTextAlign(TextAlignment align) {
    g.setTextAlign(align);
  }

  @Override
  public void setTextBaseline(VPos baseline) {
    g.setTextBaseline(baseline);
  }

  @Override
  public void fillRect(double x, double y, double width, double height) {
    g.fillRect(x, y, width, height);
  }

  @Override
  public void strokeRect(double x, double y, double width, double height) {
    g.strokeRect(x, y, width, height);
  }

  @Override
  public void fillRoundRect(
      double x, double y, double width, double height, double across, double down) {
    g.fillRoundRect(x, y, width, height, across, down);
  }

  @Override
  public void strokeRoundRect(
      double x, double y, double width, double height, double across, double down) {
    g.strokeRoundRect(x, y, width, height, across, down);
  }

  @Override
  public void fillOval(double x, double y, double width, double height) {
    g.fillOval(x, y, width, height);
  }

  @Override
  public void strokeOval(double x, double y, double width, double height) {
    g.strokeOval(x, y, width, height);
  }

  @Override
  public void strokeArc(
      double x, double y, double width, double height, double start, double extent) {
    g.strokeArc(x, y, width, height, start, extent, ArcType.OPEN);
  }

  @Override
  public void strokeLine(double x0, double y0, double x1, double y1) {
    g.strokeLine(x0, y0, x1, y1);
  }

  @Override
  public void strokePolyline(double[] xs, double[] ys, int count) {
    g.strokePolyline(xs, ys, count);
  }

  @Override
  public void fillPolygon(double[] xs, double[] ys, int count) {
    g.fillPolygon(xs, ys, count);
  }

  @Override
  public void fillText(String text, double x, double y) {
    g.fillText(text, x, y);
  }

  @Override
  public void beginPath() {
    g.beginPath();
  }

  @Override
  public void moveTo(double x, double y) {
    g.moveTo(x, y);
  }

  @Override
  public void lineTo(double x, double y) {
    g.lineTo(x, y);
  }

  @Override
  public void bezierCurveTo(double x0, double y0, double x1, double y1, double x, double y) {
    g.bezierCurveTo(x0, y0, x1, y1, x, y);
  }

  @Override
  public void rect(double x, double y, double width, double height) {
    g.rect(x, y, width, height);
  }

  @Override
  public void closePath() {
    g.closePath();
  }

  @Override
  public void fill() {
    g.fill();
  }

  @Override
  public void stroke() {
    g.stroke();
  }

  @Override
  public void clip() {
    g.clip();
  }

  @Override
  public void save() {
    g.save();
  }

  @Override
  public void restore() {
    g.restore();
  }
}
