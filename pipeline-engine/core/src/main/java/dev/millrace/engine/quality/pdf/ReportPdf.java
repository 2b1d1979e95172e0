package dev.millrace.engine.quality.pdf;

import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.quarantine.HeldCount;
import dev.millrace.engine.quality.report.QualityReport;
import dev.millrace.engine.quality.report.QualityReport.Anomalies;
import dev.millrace.engine.quality.report.QualityReport.Lineage;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import dev.millrace.engine.quality.report.ReportFonts;
import dev.millrace.engine.quality.report.ReportWriter;
import dev.millrace.engine.quality.report.ScoreChart;
import dev.millrace.engine.quality.report.Wording;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.openpdf.text.Chunk;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/// A report as PDF, A4, for print: the verdict on the first page, then each table. Any thread may
/// call.
public final class ReportPdf implements ReportWriter {

  private static final int EXAMPLES = 6;
  private static final int PLACES = 3;

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
      document.addTitle("Quality of " + report.subject().title() + ", " + report.pipelineTitle());
      document.addCreator("Millrace");
      document.open();
      head(document, report);
      for (int i = 0; i < report.tables().size(); i++) {
        TableReport table = report.tables().get(i);
        if (i > 0) {
          document.newPage();
        }
        table(document, table, report.tables().size() > 1);
      }
    }
    return bytes.toByteArray();
  }

  private void head(Document document, QualityReport report) {
    String demo = report.demo() ? "   ·   demo data" : "";
    document.add(
        new Paragraph(14, "Quality report   ·   " + report.pipelineTitle() + demo, type.small()));
    Paragraph title = new Paragraph(28, report.subject().title(), type.title());
    title.setSpacingAfter(16);
    document.add(title);
    Color tone = Typeface.tone(report.success(), report.worst());
    PdfPTable box = Grid.of(28, 72);
    box.addCell(
        Grid.verdictCell(
            new Paragraph(32, Wording.percent(report.percent()), type.score(tone)), tone, true));
    PdfPCell words = Grid.verdictCell(new Paragraph(""), tone, false);
    words.addElement(
        new Paragraph(21, Wording.verdict(report.success(), report.worst()), type.verdict(tone)));
    words.addElement(new Paragraph(15, Wording.meaning(report), type.text()));
    words.addElement(new Paragraph(15, "Made " + Wording.time(report.madeAt()), type.small()));
    box.addCell(words);
    box.setSpacingAfter(14);
    document.add(box);
    if (report.tables().size() > 1) {
      overview(document, report);
    }
  }

  private void overview(Document document, QualityReport report) {
    PdfPTable grid = Grid.of(30, 22, 12, 14, 22);
    for (String head : List.of("Table", "Verdict", "Score", "Met", "Trend")) {
      grid.addCell(Grid.head(head, type, head.equals("Score") || head.equals("Met")));
    }
    grid.setHeaderRows(1);
    for (TableReport table : report.tables()) {
      Color tone = Typeface.tone(table.record().success(), table.record().worst());
      grid.addCell(Grid.cell(table.table().toString(), type.bold()));
      grid.addCell(
          Grid.cell(
              Wording.verdict(table.record().success(), table.record().worst()), type.bold(tone)));
      grid.addCell(Grid.right(Wording.percent(table.record().percent()), type.text()));
      grid.addCell(
          Grid.right(table.record().passed() + " of " + table.record().total(), type.text()));
      grid.addCell(Grid.cell(Wording.trend(table), type.small()));
    }
    document.add(grid);
  }

  private void table(Document document, TableReport table, boolean titled) {
    if (titled) {
      Paragraph title = new Paragraph(22, table.table().toString(), type.heading());
      title.setSpacingBefore(10);
      document.add(title);
    }
    document.add(
        new Paragraph(
            14,
            "Version %d, %s, judged %s by %s"
                .formatted(
                    table.record().version(),
                    table.record().scope(),
                    Wording.time(table.record().validatedAt()),
                    table.record().suite()),
            type.small()));
    section(
        document,
        "Score: " + Wording.percent(table.record().percent()) + ", " + Wording.trend(table));
    PdfPTable chart = Grid.of(100);
    PdfPCell cell = new PdfPCell();
    cell.setBorder(PdfPCell.NO_BORDER);
    cell.setFixedHeight(98);
    cell.setCellEvent(new ScorePicture(ScoreChart.of(table.history()), type));
    chart.addCell(cell);
    document.add(chart);
    failed(document, table.failed());
    held(document, table.held());
    changes(document, table.history());
    met(document, table.met());
    anomalies(document, table.anomalies());
    table.lineage().ifPresent(lineage -> lineage(document, lineage));
  }

  private void section(Document document, String title) {
    Paragraph heading = new Paragraph(16, title, type.section());
    heading.setSpacingBefore(10);
    heading.setSpacingAfter(7);
    heading.setKeepTogether(true);
    document.add(heading);
  }

  /// A grid whose title stays with its first row, and stands again on the next page.
  private PdfPTable titled(String title, float... shares) {
    PdfPTable grid = Grid.of(shares);
    PdfPCell cell = Grid.cell(title, type.section());
    cell.setColspan(shares.length);
    cell.setBorder(PdfPCell.NO_BORDER);
    cell.setPaddingTop(14);
    cell.setPaddingBottom(7);
    grid.addCell(cell);
    grid.setHeaderRows(1);
    return grid;
  }

  private void failed(Document document, List<ExpectationResult> failed) {
    if (failed.isEmpty()) {
      return;
    }
    String title = "Not met (" + failed.size() + ")";
    for (ExpectationResult result : failed) {
      Color tone = Typeface.tone(false, result.config().consequence());
      PdfPTable card = result.equals(failed.getFirst()) ? titled(title, 100) : Grid.of(100);
      card.setHeaderRows(0);
      card.setKeepTogether(true);
      card.setSpacingAfter(7);
      PdfPCell cell = Grid.card(tone);
      Paragraph first = new Paragraph(15, Wording.sentence(result.config()), type.bold());
      first.add(
          new Chunk("    " + Wording.consequence(result.config().consequence()), type.small(tone)));
      cell.addElement(first);
      cell.addElement(new Paragraph(14, Wording.finding(result), type.text(tone)));
      cell.addElement(new Paragraph(12, Wording.technical(result.config()), type.tiny()));
      List<String> examples = Wording.examples(result, EXAMPLES);
      if (!examples.isEmpty()) {
        Paragraph some =
            new Paragraph(14, "For example  " + String.join("   ·   ", examples), type.text());
        some.setSpacingBefore(3);
        cell.addElement(some);
        for (String place : Wording.places(result, PLACES)) {
          cell.addElement(new Paragraph(12, place, type.tiny()));
        }
      }
      card.addCell(cell);
      document.add(card);
    }
  }

  private void held(Document document, List<HeldCount> held) {
    if (held.isEmpty()) {
      return;
    }
    PdfPTable grid = titled("In quarantine", 70, 15, 15);
    grid.addCell(Grid.head("Reasons", type, false));
    grid.addCell(Grid.head("State", type, false));
    grid.addCell(Grid.head("Rows", type, true));
    grid.setHeaderRows(2);
    for (HeldCount count : held) {
      grid.addCell(Grid.cell(count.reasons(), type.text()));
      grid.addCell(Grid.cell(count.state().text(), type.text()));
      grid.addCell(Grid.right("%,d".formatted(count.rows()), type.text()));
    }
    document.add(grid);
  }

  private void changes(Document document, TableHistory history) {
    history
        .changes()
        .filter(c -> !c.newlyFailing().isEmpty() || !c.metAgain().isEmpty())
        .ifPresent(
            c -> {
              PdfPTable grid = titled("Since " + Wording.time(c.since()), 22, 78);
              c.newlyFailing()
                  .forEach(
                      t -> {
                        grid.addCell(Grid.cell("not met any more", type.text(Typeface.BAD)));
                        grid.addCell(Grid.cell(t, type.text()));
                      });
              c.metAgain()
                  .forEach(
                      t -> {
                        grid.addCell(Grid.cell("met again", type.text(Typeface.GOOD)));
                        grid.addCell(Grid.cell(t, type.text()));
                      });
              document.add(grid);
            });
  }

  private void met(Document document, List<ExpectationResult> met) {
    if (met.isEmpty()) {
      return;
    }
    PdfPTable grid = titled("Met (" + met.size() + ")", 54, 46);
    for (ExpectationResult result : met) {
      grid.addCell(Grid.cell(Wording.sentence(result.config()), type.text()));
      grid.addCell(Grid.cell(Wording.finding(result), type.small()));
    }
    document.add(grid);
  }

  private void anomalies(Document document, List<Anomalies> anomalies) {
    if (anomalies.isEmpty()) {
      return;
    }
    double most = anomalies.stream().mapToDouble(Anomalies::percent).max().orElse(1);
    PdfPTable grid = titled("Anomalies by type and place", 18, 26, 15, 14, 11, 16);
    for (String head : List.of("Type", "Place", "Readings", "Anomalies", "Share", "")) {
      grid.addCell(
          Grid.head(
              head,
              type,
              head.equals("Readings") || head.equals("Anomalies") || head.equals("Share")));
    }
    grid.setHeaderRows(2);
    for (Anomalies a : anomalies) {
      grid.addCell(Grid.cell(a.kind(), type.text()));
      grid.addCell(Grid.cell(a.place(), type.text()));
      grid.addCell(Grid.right("%,d".formatted(a.readings()), type.text()));
      grid.addCell(Grid.right("%,d".formatted(a.anomalies()), type.text()));
      grid.addCell(Grid.right(Wording.percent(a.percent()), type.text()));
      PdfPCell bar = Grid.cell("", type.text());
      bar.setCellEvent(new BarPicture(most == 0 ? 0 : a.percent() / most));
      grid.addCell(bar);
    }
    document.add(grid);
  }

  private void lineage(Document document, Lineage lineage) {
    PdfPTable grid = titled("Where the rows came from", 20, 80);
    grid.setKeepTogether(true);
    line(
        grid,
        "Version",
        "%d, %s, %s"
            .formatted(
                lineage.version(), lineage.operation(), Wording.time(lineage.committedAt())));
    line(
        grid,
        "Rows",
        "%,d in %,d files, %s"
            .formatted(lineage.rows(), lineage.files(), Wording.bytes(lineage.bytes())));
    lineage.sources().forEach((t, v) -> line(grid, "Built from", t + ", version " + v));
    lineage
        .run()
        .ifPresent(
            r ->
                line(
                    grid,
                    "Flow run",
                    "%d of %s, %s, started %s"
                        .formatted(r.id(), r.flow(), r.state(), Wording.time(r.startedAt()))));
    if (!lineage.someFiles().isEmpty()) {
      line(grid, "Largest files", String.join(", ", lineage.someFiles()));
    }
    document.add(grid);
  }

  private void line(PdfPTable grid, String name, String value) {
    grid.addCell(Grid.cell(name, type.small()));
    PdfPCell cell = Grid.cell(value, type.text());
    cell.setHorizontalAlignment(Element.ALIGN_LEFT);
    grid.addCell(cell);
  }
}
