package dev.millrace.engine.quality.pdf;

import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.report.QualityReport;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import dev.millrace.engine.quality.report.ReportFonts;
import dev.millrace.engine.quality.report.ReportSubject;
import dev.millrace.engine.quality.report.ReportWriter;
import dev.millrace.engine.quality.report.Wording;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.openpdf.text.Document;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/// A report as PDF, A4, for print: the verdict on the first page, then each table. Any thread may
/// call.
public final class ReportPdf implements ReportWriter {

  /// Room in points that a table's heading and figures want on a page.
  private static final float ROOM = 150;

  private final Typeface type;

  public ReportPdf(Optional<ReportFonts> fonts) {
    this.type = Typeface.of(fonts);
  }

  @Override
  public byte[] write(QualityReport report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Document document = new Document(PageSize.A4, 50, 50, 54, 58)) {
      PdfWriter writer = PdfWriter.getInstance(document, bytes);
      writer.setPageEvent(new PageMarks(type, report));
      document.addTitle(
          "Quality of " + Wording.heading(report.subject()) + ", " + report.pipelineTitle());
      document.addCreator("Millrace");
      document.open();
      head(document, report);
      TablePages pages = new TablePages(document, writer, type);
      for (TableReport table : report.tables()) {
        if (writer.getVerticalPosition(false) - document.bottom() < ROOM) {
          document.newPage();
        }
        pages.add(
            table,
            report.tables().size() > 1 || !(report.subject() instanceof ReportSubject.OfTable));
      }
    }
    return bytes.toByteArray();
  }

  private void head(Document document, QualityReport report) {
    String demo = report.demo() ? "   ·   demo data" : "";
    document.add(
        new Paragraph(14, "Quality report   ·   " + report.pipelineTitle() + demo, type.small()));
    Paragraph title = new Paragraph(28, Wording.heading(report.subject()), type.title());
    title.setSpacingAfter(16);
    document.add(title);
    Color tone = Typeface.tone(report.success(), report.worst());
    PdfPTable box = Grid.of(28, 72);
    PdfPCell score =
        Grid.verdictCell(
            new Paragraph(
                32,
                Shown.percent(report.percent()),
                type.score(Typeface.tone(report.successAtLast(), report.worstAtLast()))),
            tone,
            true);
    score.addElement(
        new Paragraph(
            15, "%,d of %,d met".formatted(report.passed(), report.total()), type.small()));
    box.addCell(score);
    PdfPCell words = Grid.verdictCell(new Paragraph(""), tone, false);
    words.addElement(new Paragraph(21, Wording.verdict(report), type.verdict(tone)));
    words.addElement(new Paragraph(15, Wording.meaning(report), type.text()));
    box.addCell(words);
    box.setSpacingAfter(14);
    document.add(box);
    if (report.tables().size() > 1) {
      overview(document, report);
    }
  }

  private void overview(Document document, QualityReport report) {
    boolean often = report.judged() > report.tables().size();
    PdfPTable grid = often ? Grid.of(24, 26, 10, 11, 29) : Grid.of(28, 24, 12, 14, 22);
    for (String head : List.of("Table", "Verdict", "Score", "Met")) {
      grid.addCell(Grid.head(head, type, head.equals("Score") || head.equals("Met")));
    }
    grid.addCell(
        Grid.afterFigures(Grid.head(often ? "Judged" : "Since the last time", type, false)));
    grid.setHeaderRows(1);
    for (TableReport table : report.tables()) {
      Color tone = Typeface.tone(table.success(), table.judgings().worst());
      grid.addCell(Grid.cell(table.table().toString(), type.bold()));
      grid.addCell(Grid.cell(Wording.verdict(table), type.bold(tone)));
      grid.addCell(Grid.right(Shown.percent(table.record().percent()), type.text()));
      grid.addCell(
          Grid.right(table.record().passed() + " of " + table.record().total(), type.text()));
      grid.addCell(
          Grid.afterFigures(
              Grid.cell(
                  often ? Wording.judged(table.judgings()) : Wording.moved(table.history()),
                  type.small())));
    }
    document.add(grid);
  }
}
