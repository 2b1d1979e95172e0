package dev.millrace.engine.quality.pdf;

import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.history.TableHistory.Point;
import dev.millrace.engine.quality.report.ScoreChart;
import java.awt.Color;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPCellEvent;
import org.openpdf.text.pdf.PdfPTable;

/// Draws a score chart into a cell.
record ScorePicture(ScoreChart chart, Typeface type) implements PdfPCellEvent {

  private static final float LABELS = 38;
  private static final float DATES = 16;

  @Override
  public void cellLayout(PdfPCell cell, Rectangle at, PdfContentByte[] canvases) {
    PdfContentByte canvas = canvases[PdfPTable.LINECANVAS];
    float left = at.getLeft() + LABELS;
    float right = at.getRight() - 6;
    float bottom = at.getBottom() + DATES;
    float top = at.getTop() - 14;
    canvas.saveState();
    canvas.setLineWidth(0.6f);
    canvas.setColorStroke(Typeface.LINE);
    for (double line : chart.lines()) {
      float y = y(line, bottom, top);
      canvas.moveTo(left, y);
      canvas.lineTo(right, y);
      canvas.stroke();
      text(canvas, Shown.percent(line), PdfContentByte.ALIGN_RIGHT, left - 6, y - 2.6f);
    }
    line(canvas, left, right, bottom, top);
    if (!chart.points().isEmpty()) {
      dates(canvas, left, right, at.getBottom() + 3);
    }
    canvas.restoreState();
  }

  private void line(PdfContentByte canvas, float left, float right, float bottom, float top) {
    canvas.setColorStroke(Typeface.ACCENT);
    canvas.setLineWidth(1.2f);
    for (int i = 0; i < chart.points().size(); i++) {
      float x = x(i, left, right);
      float y = y(chart.points().get(i).percent(), bottom, top);
      if (i == 0) {
        canvas.moveTo(x, y);
      } else {
        canvas.lineTo(x, y);
      }
    }
    canvas.stroke();
    for (int i = 0; i < chart.points().size(); i++) {
      Point point = chart.points().get(i);
      Color dot =
          point.holdsLoad() ? Typeface.BAD : point.percent() < 100 ? Typeface.WARN : Typeface.GOOD;
      canvas.setColorFill(dot);
      canvas.circle(x(i, left, right), y(point.percent(), bottom, top), 2.4f);
      canvas.fill();
    }
  }

  private void dates(PdfContentByte canvas, float left, float right, float y) {
    String first = Shown.time(chart.points().getFirst().at());
    String last = Shown.time(chart.points().getLast().at());
    if (chart.points().size() == 1) {
      text(canvas, last, PdfContentByte.ALIGN_CENTER, (left + right) / 2, y);
    } else {
      text(canvas, first, PdfContentByte.ALIGN_LEFT, left, y);
      text(canvas, last, PdfContentByte.ALIGN_RIGHT, right, y);
    }
  }

  private void text(PdfContentByte canvas, String text, int alignment, float x, float y) {
    canvas.beginText();
    canvas.setFontAndSize(type.regular(), 7.5f);
    canvas.setColorFill(Typeface.MUTED);
    canvas.showTextAligned(alignment, text, x, y, 0);
    canvas.endText();
  }

  private float x(int index, float left, float right) {
    return (float) (left + 6 + (right - left - 12) * chart.x(index));
  }

  private float y(double percent, float bottom, float top) {
    return (float) (bottom + (top - bottom) * chart.y(percent));
  }
}
