package dev.millrace.engine.quality.pdf;

import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPCellEvent;
import org.openpdf.text.pdf.PdfPTable;

/// Draws a bar into a cell.
///
/// @param share of the cell's width, 0 to 1
record BarPicture(double share) implements PdfPCellEvent {

  @Override
  public void cellLayout(PdfPCell cell, Rectangle at, PdfContentByte[] canvases) {
    PdfContentByte canvas = canvases[PdfPTable.BACKGROUNDCANVAS];
    canvas.saveState();
    canvas.setColorFill(Typeface.ACCENT);
    float height = 5;
    float middle = (at.getTop() + at.getBottom()) / 2;
    canvas.rectangle(
        at.getLeft() + 4,
        middle - height / 2,
        (float) Math.max(0.5, (at.getWidth() - 8) * share),
        height);
    canvas.fill();
    canvas.restoreState();
  }
}
