package dev.millrace.engine.quality.pdf;

import java.awt.Color;
import org.openpdf.text.Chunk;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;

/// Tables and their cells as a report has them: hairlines, room, and numbers at the right.
final class Grid {

  private static final float HAIR = 0.6f;

  private Grid() {}

  /// A table over the whole width with columns of these shares.
  static PdfPTable of(float... shares) {
    PdfPTable table = new PdfPTable(shares);
    table.setWidthPercentage(100);
    table.setSplitLate(true);
    table.setSpacingBefore(4);
    return table;
  }

  static PdfPCell head(String text, Typeface type, boolean right) {
    PdfPCell cell = cell(text, type.small());
    cell.setHorizontalAlignment(right ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
    return cell;
  }

  static PdfPCell cell(String text, Font font) {
    PdfPCell cell = new PdfPCell(new Phrase(13, text, font));
    cell.setBorder(Rectangle.BOTTOM);
    cell.setBorderColor(Typeface.LINE);
    cell.setBorderWidth(HAIR);
    cell.setPaddingLeft(0);
    cell.setPaddingRight(8);
    cell.setPaddingTop(4);
    cell.setPaddingBottom(6);
    cell.setLeading(1, 1.25f);
    return cell;
  }

  /// Adds a line of smaller print to a cell.
  static void under(PdfPCell cell, String text, Font font) {
    cell.getPhrase().add(new Chunk("\n" + text, font));
  }

  /// A cell of a dense table.
  static PdfPCell tight(String text, Font font) {
    PdfPCell cell = cell(text, font);
    cell.setPaddingTop(2);
    cell.setPaddingBottom(4);
    cell.setPaddingLeft(0);
    return cell;
  }

  /// A cell of a table within a card.
  static PdfPCell plain(String text, Font font) {
    PdfPCell cell = tight(text, font);
    cell.setBorder(Rectangle.NO_BORDER);
    cell.setPaddingBottom(1);
    return cell;
  }

  /// One of the figures that stand side by side.
  static PdfPCell fact() {
    PdfPCell cell = new PdfPCell();
    cell.setBorder(Rectangle.TOP);
    cell.setBorderColor(Typeface.INK);
    cell.setBorderWidth(0.8f);
    cell.setPaddingLeft(0);
    cell.setPaddingTop(2);
    cell.setPaddingBottom(6);
    return cell;
  }

  static PdfPCell right(String text, Font font) {
    PdfPCell cell = cell(text, font);
    cell.setHorizontalAlignment(Element.ALIGN_RIGHT);
    return cell;
  }

  /// A cell of words behind a column of figures, apart from these.
  static PdfPCell afterFigures(PdfPCell cell) {
    cell.setPaddingLeft(10);
    return cell;
  }

  /// A box with a coloured edge.
  static PdfPCell card(Color tone) {
    PdfPCell cell = new PdfPCell();
    cell.setBorder(Rectangle.LEFT);
    cell.setBorderColorLeft(tone);
    cell.setBorderWidthLeft(3);
    cell.setBackgroundColor(Typeface.SOFT);
    cell.setPadding(9);
    cell.setPaddingTop(4);
    cell.setPaddingLeft(12);
    return cell;
  }

  /// A cell of the verdict's box.
  static PdfPCell verdictCell(Paragraph content, Color tone, boolean first) {
    PdfPCell cell = new PdfPCell();
    cell.setBackgroundColor(Typeface.SOFT);
    cell.setBorder(first ? Rectangle.LEFT : Rectangle.NO_BORDER);
    cell.setBorderColorLeft(tone);
    cell.setBorderWidthLeft(first ? 5 : 0);
    cell.setPadding(14);
    cell.setPaddingTop(first ? 4 : 6);
    cell.setVerticalAlignment(Element.ALIGN_MIDDLE);
    if (first) {
      cell.addElement(content);
    }
    return cell;
  }
}
