package dev.millrace.engine.quality.pdf;

import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.report.QualityReport;
import dev.millrace.engine.quality.report.Wording;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfPageEventHelper;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

/// What stands on every page: what the report is about, when it was made, and the page's number of
/// how many.
final class PageMarks extends PdfPageEventHelper {

  private static final float SIZE = 8;

  private final Typeface type;
  private final QualityReport report;
  private @Nullable PdfTemplate total;

  PageMarks(Typeface type, QualityReport report) {
    this.type = type;
    this.report = report;
  }

  @Override
  public void onOpenDocument(PdfWriter writer, Document document) {
    total = writer.getDirectContent().createTemplate(30, 12);
  }

  @Override
  public void onEndPage(PdfWriter writer, Document document) {
    PdfContentByte canvas = writer.getDirectContent();
    float left = document.left();
    float right = document.right();
    float foot = document.bottom() - 26;
    canvas.saveState();
    canvas.setLineWidth(0.6f);
    canvas.setColorStroke(Typeface.LINE);
    canvas.moveTo(left, foot + 14);
    canvas.lineTo(right, foot + 14);
    canvas.stroke();
    canvas.restoreState();
    text(canvas, "Millrace   ·   " + Shown.time(report.madeAt()), false, left, foot);
    String page = "Page " + writer.getPageNumber() + " of ";
    float width = type.regular().getWidthPoint("00", SIZE);
    text(canvas, page, true, right - width, foot);
    if (total != null) {
      canvas.addTemplate(total, right - width, foot);
    }
    if (writer.getPageNumber() > 1) {
      text(
          canvas,
          report.pipelineTitle() + "   ·   " + Wording.heading(report.subject()),
          false,
          left,
          document.top() + 18);
    }
  }

  @Override
  public void onCloseDocument(PdfWriter writer, Document document) {
    if (total != null) {
      total.beginText();
      total.setFontAndSize(type.regular(), SIZE);
      total.setColorFill(Typeface.MUTED);
      total.showText(Integer.toString(writer.getPageNumber() - 1));
      total.endText();
    }
  }

  private void text(PdfContentByte canvas, String text, boolean rightAligned, float x, float y) {
    canvas.beginText();
    canvas.setFontAndSize(type.regular(), SIZE);
    canvas.setColorFill(Typeface.MUTED);
    canvas.showTextAligned(
        rightAligned ? PdfContentByte.ALIGN_RIGHT : PdfContentByte.ALIGN_LEFT, text, x, y, 0);
    canvas.endText();
  }
}
