package dev.millrace.engine.quality.pdf;

import dev.millrace.engine.model.Count;
import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.report.AnomalyMap;
import dev.millrace.engine.quality.report.Facts;
import dev.millrace.engine.quality.report.Found;
import dev.millrace.engine.quality.report.Judgings;
import dev.millrace.engine.quality.report.NamedBefore;
import dev.millrace.engine.quality.report.QualityReport.Anomalies;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import dev.millrace.engine.quality.report.ScoreChart;
import dev.millrace.engine.quality.report.Wording;
import java.awt.Color;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openpdf.text.Chunk;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/// All that a printed report says of one table: its figures, what was not met and what was, what is
/// held, where the anomalies are, and where the rows came from.
record TablePages(Document document, PdfWriter writer, Typeface type) {

  /// Rows of a grid that stand under its heading before a page ends.
  private static final int FEWEST_ROWS = 4;

  /// Part of a page up to which a grid is not divided.
  private static final float SHORT = 0.4f;

  void add(TableReport table, boolean titled) {
    if (titled) {
      Paragraph title = new Paragraph(24, table.table().toString(), type.heading());
      title.setSpacingBefore(16);
      document.add(title);
    }
    document.add(
        new Paragraph(
            14,
            "Judged %s by %s, %s of version %,d"
                .formatted(
                    Shown.time(table.record().validatedAt()),
                    table.record().suite(),
                    Wording.scope(table.record().scope()),
                    table.record().version()),
            type.small()));
    table
        .lineage()
        .ifPresent(
            lineage ->
                document.add(
                    new Paragraph(
                        12, "Where the rows came from: " + Wording.origin(lineage), type.small())));
    facts(table);
    chart(table.history());
    failed(table.failed());
    missed(table.judgings());
    kept(table);
    changes(table);
    met(table.met());
    anomalies(table.anomalies());
  }

  private void facts(TableReport table) {
    List<Facts.Fact> facts = Facts.of(table);
    PdfPTable grid = new PdfPTable(facts.size());
    grid.setWidthPercentage(100);
    grid.setSpacingBefore(12);
    grid.setKeepTogether(true);
    for (Facts.Fact fact : facts) {
      PdfPCell cell = Grid.fact();
      cell.addElement(new Paragraph(18, fact.value(), type.figure()));
      cell.addElement(new Paragraph(12, fact.name(), type.small()));
      grid.addCell(cell);
    }
    document.add(grid);
  }

  private void chart(TableHistory history) {
    ScoreChart chart = ScoreChart.of(history);
    document.add(new Paragraph(13, "Score: " + Wording.trend(history), type.small()));
    if (chart.points().size() < ScoreChart.FEWEST) {
      return;
    }
    PdfPTable grid =
        titled(
            "Score over the last %s by %s"
                .formatted(
                    Count.of(chart.points().size(), "validation"),
                    chart.points().getLast().suite()),
            100);
    grid.setHeaderRows(0);
    grid.setKeepTogether(true);
    PdfPCell cell = new PdfPCell();
    cell.setBorder(PdfPCell.NO_BORDER);
    cell.setFixedHeight(86);
    cell.setCellEvent(new ScorePicture(chart, type));
    grid.addCell(cell);
    document.add(grid);
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

  /// Adds a grid where there is room for it; a short one is not divided, and of a long one some
  /// rows stand under its heading.
  private void flow(PdfPTable grid) {
    grid.setTotalWidth(document.right() - document.left());
    float height = grid.getTotalHeight() + grid.spacingBefore();
    float some = grid.getHeaderHeight() + grid.spacingBefore();
    for (int i = 0; i < FEWEST_ROWS && grid.getHeaderRows() + i < grid.size(); i++) {
      some += grid.getRowHeight(grid.getHeaderRows() + i);
    }
    float room = writer.getVerticalPosition(false) - document.bottom();
    boolean shortOne = height <= SHORT * (document.top() - document.bottom());
    if (height > room && (shortOne || some > room)) {
      document.newPage();
    }
    document.add(grid);
  }

  private void failed(List<ExpectationResult> failed) {
    for (int i = 0; i < failed.size(); i++) {
      PdfPTable card = i == 0 ? titled("Not met (" + failed.size() + ")", 100) : Grid.of(100);
      card.setHeaderRows(0);
      card.setKeepTogether(true);
      card.setSpacingAfter(7);
      card.addCell(card(failed.get(i)));
      document.add(card);
    }
  }

  private PdfPCell card(ExpectationResult result) {
    Color tone = Typeface.tone(false, result.config().consequence());
    PdfPCell cell = Grid.card(tone);
    Paragraph first = new Paragraph(15, Asked.sentence(result.config()), type.bold());
    first.add(
        new Chunk("    " + Wording.consequence(result.config().consequence()), type.small(tone)));
    cell.addElement(first);
    cell.addElement(new Paragraph(14, Found.of(result), type.text(tone)));
    Asked.detail(result.config())
        .ifPresent(asked -> cell.addElement(new Paragraph(13, asked, type.small())));
    Asked.query(result.config())
        .ifPresent(
            sql -> {
              Paragraph code = new Paragraph(10.5f, sql, type.code(sql));
              code.setSpacingBefore(4);
              cell.addElement(code);
            });
    examples(cell, Found.examples(result, Found.EXAMPLES));
    return cell;
  }

  /// Each value beside a row that has it; in one line where nothing tells the rows.
  private void examples(PdfPCell cell, List<Found.Example> examples) {
    if (examples.isEmpty()) {
      return;
    }
    if (examples.stream().allMatch(one -> one.places().isEmpty())) {
      Paragraph some =
          new Paragraph(
              14,
              "For example  "
                  + examples.stream()
                      .map(Found.Example::words)
                      .collect(Collectors.joining("   ·   ")),
              type.text());
      some.setSpacingBefore(3);
      cell.addElement(some);
      return;
    }
    PdfPTable grid = Grid.of(30, 70);
    grid.addCell(Grid.plain("For example", type.tiny()));
    grid.addCell(Grid.plain("in the row", type.tiny()));
    for (Found.Example one : examples) {
      grid.addCell(Grid.plain(one.words(), type.text()));
      grid.addCell(Grid.plain(String.join("\n", one.places()), type.small()));
    }
    cell.addElement(grid);
  }

  private void missed(Judgings judgings) {
    List<Judgings.Missed> before = judgings.missedOnlyBefore();
    if (before.isEmpty()) {
      return;
    }
    PdfPTable grid = titled("Not met earlier", 33, 52, 15);
    for (Judgings.Missed missed : before) {
      grid.addCell(Grid.cell(Asked.sentence(missed.config()), type.text()));
      grid.addCell(Grid.cell(Wording.missed(missed), type.small()));
      grid.addCell(
          Grid.cell(
              Wording.consequence(missed.config().consequence()),
              type.text(Typeface.tone(false, missed.config().consequence()))));
    }
    flow(grid);
  }

  private void kept(TableReport table) {
    if (table.kept().isEmpty()) {
      return;
    }
    PdfPTable grid = titled("In quarantine", 66, 22, 12);
    grid.addCell(Grid.head("What the rows fail", type, false));
    grid.addCell(Grid.head("State", type, false));
    grid.addCell(Grid.head("Rows", type, true));
    grid.setHeaderRows(2);
    for (KeptCount count : table.kept()) {
      grid.addCell(Grid.cell(NamedBefore.reasons(table, count), type.text()));
      grid.addCell(Grid.cell(Wording.state(count), type.text()));
      grid.addCell(Grid.right("%,d".formatted(count.rows()), type.text()));
    }
    flow(grid);
  }

  private void changes(TableReport table) {
    table
        .history()
        .changes()
        .filter(c -> !c.newlyFailing().isEmpty() || !c.metAgain().isEmpty())
        .ifPresent(
            c -> {
              PdfPTable grid = titled("Since " + Shown.time(c.since()), 22, 78);
              c.newlyFailing()
                  .forEach(
                      t ->
                          line(
                              grid,
                              "not met any more",
                              NamedBefore.named(table, t),
                              type.text(Typeface.BAD)));
              c.metAgain()
                  .forEach(
                      t ->
                          line(
                              grid,
                              "met again",
                              NamedBefore.named(table, t),
                              type.text(Typeface.GOOD)));
              flow(grid);
            });
  }

  private void met(List<ExpectationResult> met) {
    if (met.isEmpty()) {
      return;
    }
    PdfPTable grid = titled("Met (" + met.size() + ")", 64, 36);
    for (ExpectationResult result : met) {
      PdfPCell asked = Grid.tight(Asked.sentence(result.config()), type.text());
      Asked.detail(result.config()).ifPresent(detail -> Grid.under(asked, detail, type.tiny()));
      Asked.query(result.config()).ifPresent(sql -> Grid.under(asked, sql, type.code(sql)));
      grid.addCell(asked);
      grid.addCell(Grid.tight(Found.of(result), type.small()));
    }
    flow(grid);
  }

  private void anomalies(List<Anomalies> anomalies) {
    if (anomalies.isEmpty()) {
      return;
    }
    AnomalyMap map = AnomalyMap.of(anomalies);
    float[] shares = new float[map.kinds().size() + 2];
    shares[0] = 26;
    for (int i = 1; i < shares.length; i++) {
      shares[i] = 74f / (shares.length - 1);
    }
    PdfPTable grid = titled("Anomalies by place and type, of a hundred readings", shares);
    grid.addCell(Grid.head("Place", type, false));
    map.kinds().forEach(kind -> grid.addCell(Grid.head(kind, type, true)));
    grid.addCell(Grid.head("all types", type, true));
    grid.setHeaderRows(2);
    map.rows().forEach(row -> places(grid, row, map.most()));
    places(grid, map.all(), 0);
    flow(grid);
  }

  /// @param most share that has the deepest colour; 0 for no colours
  private void places(PdfPTable grid, AnomalyMap.Row row, double most) {
    grid.addCell(Grid.tight(row.place(), most == 0 ? type.bold() : type.text()));
    for (Optional<Anomalies> cell : row.cells()) {
      PdfPCell shown =
          Grid.tight(
              cell.map(a -> Shown.share(a.percent())).orElse("–"),
              most == 0 ? type.bold() : type.text());
      shown.setHorizontalAlignment(Element.ALIGN_RIGHT);
      if (most > 0 && cell.isPresent()) {
        shown.setBackgroundColor(Typeface.shade(cell.get().percent() / most));
      }
      grid.addCell(shown);
    }
    PdfPCell total = Grid.tight(Shown.share(row.total().percent()), type.bold());
    total.setHorizontalAlignment(Element.ALIGN_RIGHT);
    grid.addCell(total);
  }

  private void line(PdfPTable grid, String name, String value, Font font) {
    grid.addCell(Grid.cell(name, font));
    grid.addCell(Grid.cell(value, type.text()));
  }
}
