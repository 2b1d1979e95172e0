package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.report.QualityReport.Anomalies;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A report as one HTML file that needs nothing else: styles, fonts and charts stand in it.
public final class ReportHtml implements ReportWriter {

  private static final String STYLE =
      """
      :root { --ink: #1c2330; --muted: #5b6676; --line: #d9dee6; --soft: #f5f7fa; --good: #1a7f4b;
        --warn: #9a5b00; --bad: #b3261e; --accent: #2457d6 }
      * { box-sizing: border-box }
      body { margin: 0; background: #fff; color: var(--ink);
        font: 15px/1.5 Inter, "Segoe UI", Roboto, Helvetica, Arial, sans-serif }
      main { max-width: 860px; margin: 0 auto; padding: 40px 32px 64px }
      h1 { font-size: 26px; line-height: 1.2; margin: 0 } h2 { font-size: 20px; margin: 44px 0 4px }
      h3 { font-size: 15px; margin: 28px 0 8px } .muted { color: var(--muted) }
      .verdict { display: flex; gap: 28px; align-items: center; border: 1px solid var(--line);
        border-left: 6px solid; border-radius: 8px; padding: 18px 22px; margin: 22px 0 }
      .verdict b { display: block; font-size: 22px; line-height: 1.25 }
      .score { font-size: 40px; font-weight: 700; line-height: 1; white-space: nowrap }
      .good { color: var(--good) } .warn { color: var(--warn) } .bad { color: var(--bad) }
      .verdict.good { border-left-color: var(--good) } .verdict.warn { border-left-color: var(--warn) }
      .verdict.bad { border-left-color: var(--bad) } .verdict p { margin: 4px 0 0; color: var(--ink) }
      table { width: 100%; border-collapse: collapse; font-size: 14px }
      th { text-align: left; color: var(--muted); font-weight: 400; border-bottom: 1px solid var(--line);
        padding: 6px 10px 6px 0 } td { padding: 7px 10px 7px 0; border-bottom: 1px solid var(--line);
        vertical-align: top } td.n + td:not(.n), th.n + th:not(.n) { padding-left: 16px } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
      .fail { border: 1px solid var(--line); border-radius: 8px; padding: 14px 18px; margin: 10px 0;
        break-inside: avoid }
      .fail b { font-size: 15px } .tag { float: right; font-size: 13px }
      .ex { background: var(--soft); border-radius: 6px; padding: 8px 12px; margin-top: 8px; font-size: 13.5px }
      .ex table { font-size: 13.5px } .ex th { padding: 0 14px 2px 0; border: 0; white-space: nowrap }
      .ex td { padding: 2px 14px 2px 0; border: 0 } .ex td:first-child { white-space: nowrap; width: 1% }
      .facts { display: flex; gap: 20px; margin: 16px 0 4px } .facts div { flex: 1;
        border-top: 1px solid var(--ink); padding-top: 6px } .facts b { display: block; font-size: 20px }
      .facts span, .small { font-size: 13px } .map td { padding: 4px 10px 4px 0 } .all td { font-weight: 700 }
      pre { background: var(--soft); border-radius: 6px; padding: 8px 12px; margin: 8px 0 0; white-space: pre-wrap;
        overflow-wrap: anywhere; font: 12.5px/1.45 ui-monospace, Consolas, Menlo, "DejaVu Sans Mono", monospace }
      footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--muted);
        font-size: 13px }
      @page { margin: 16mm } @media print { main { padding: 0; max-width: none } h2, h3 { break-after: avoid }
        tr { break-inside: avoid } .map td, .verdict { print-color-adjust: exact } }
      """;

  private final Optional<ReportFonts> fonts;

  public ReportHtml(Optional<ReportFonts> fonts) {
    this.fonts = fonts;
  }

  @Override
  public byte[] write(QualityReport report) {
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
        .append(
            text("Quality of " + Wording.heading(report.subject()) + ", " + report.pipelineTitle()))
        .append("</title><style>");
    fonts.ifPresent(f -> html.append(face(f.regular(), 400)).append(face(f.bold(), 700)));
    html.append(STYLE).append("</style></head><body><main>");
    head(html, report);
    boolean titled =
        report.tables().size() > 1 || !(report.subject() instanceof ReportSubject.OfTable);
    report.tables().forEach(table -> table(html, table, titled));
    html.append("<footer>Made by Millrace, ")
        .append(text(Shown.time(report.madeAt())))
        .append("</footer></main></body></html>\n");
    return html.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void head(StringBuilder html, QualityReport report) {
    html.append("<p class=\"muted\">Quality report &middot; ")
        .append(text(report.pipelineTitle()))
        .append(report.demo() ? " &middot; demo data" : "")
        .append("</p><h1>")
        .append(text(Wording.heading(report.subject())))
        .append("</h1>")
        .append("<div class=\"verdict ")
        .append(tone(report.success(), report.worst()))
        .append("\"><div class=\"score ")
        .append(tone(report.successAtLast(), report.worstAtLast()))
        .append("\">")
        .append(text(Shown.percent(report.percent())))
        .append("</div><div><b class=\"")
        .append(tone(report.success(), report.worst()))
        .append("\">")
        .append(text(Wording.verdict(report)))
        .append("</b><p>")
        .append(text(Wording.meaning(report)))
        .append("</p></div></div>");
    if (report.tables().size() > 1) {
      html.append(
          "<table><tr><th>Table</th><th>Verdict</th><th class=n>Score</th><th"
              + " class=n>Met</th><th>Judged</th><th>Since the last time</th></tr>");
      for (TableReport table : report.tables()) {
        html.append("<tr><td>")
            .append(text(table.table().toString()))
            .append("</td><td class=\"")
            .append(tone(table.success(), table.judgings().worst()))
            .append("\">")
            .append(text(Wording.verdict(table)))
            .append("</td><td class=n>")
            .append(text(Shown.percent(table.record().percent())))
            .append("</td><td class=n>")
            .append(table.record().passed())
            .append(" of ")
            .append(table.record().total())
            .append("</td><td>")
            .append(text(Wording.judged(table.judgings())))
            .append("</td><td>")
            .append(text(Wording.moved(table.history())))
            .append("</td></tr>");
      }
      html.append("</table>");
    }
  }

  private static void table(StringBuilder html, TableReport table, boolean titled) {
    if (titled) {
      html.append("<h2>").append(text(table.table().toString())).append("</h2>");
    }
    html.append("<div class=muted>Judged ")
        .append(text(Shown.time(table.record().validatedAt())))
        .append(" by ")
        .append(text(table.record().suite()))
        .append(", ")
        .append(text(Wording.scope(table.record().scope())))
        .append(" of version ")
        .append("%,d".formatted(table.record().version()))
        .append("</div>");
    table
        .lineage()
        .ifPresent(
            lineage ->
                html.append("<div class=muted>Where the rows came from: ")
                    .append(text(Wording.origin(lineage)))
                    .append("</div>"));
    html.append("<div class=facts>");
    for (Facts.Fact fact : Facts.of(table)) {
      html.append("<div><b>")
          .append(text(fact.value()))
          .append("</b><span class=muted>")
          .append(text(fact.name()))
          .append("</span></div>");
    }
    html.append("</div><div class=muted>Score: ")
        .append(text(Wording.trend(table.history())))
        .append("</div>");
    ScoreChart chart = ScoreChart.of(table.history());
    if (chart.points().size() >= ScoreChart.FEWEST) {
      html.append("<h3>Score over the last ")
          .append(chart.points().size())
          .append(" validations by ")
          .append(text(table.record().suite()))
          .append("</h3>")
          .append(ScoreSvg.of(chart));
    }
    failed(html, table.failed());
    missed(html, table.judgings());
    kept(html, table);
    changes(html, table);
    met(html, table.met());
    anomalies(html, table.anomalies());
  }

  private static void failed(StringBuilder html, List<ExpectationResult> failed) {
    if (failed.isEmpty()) {
      return;
    }
    html.append("<h3>Not met (").append(failed.size()).append(")</h3>");
    for (ExpectationResult result : failed) {
      String tone = tone(false, result.config().consequence());
      html.append("<div class=fail><span class=\"tag ")
          .append(tone)
          .append("\">")
          .append(text(Wording.consequence(result.config().consequence())))
          .append("</span><b title=\"")
          .append(text(Asked.technical(result.config())))
          .append("\">")
          .append(text(Asked.sentence(result.config())))
          .append("</b><div class=\"")
          .append(tone)
          .append("\">")
          .append(text(Found.of(result)))
          .append("</div>");
      Asked.detail(result.config())
          .ifPresent(
              asked -> html.append("<div class=muted>").append(text(asked)).append("</div>"));
      query(html, result);
      examples(html, Found.examples(result, Found.EXAMPLES));
      html.append("</div>");
    }
  }

  /// Each value beside a row that has it; in one line where nothing tells the rows.
  private static void examples(StringBuilder html, List<Found.Example> examples) {
    if (examples.isEmpty()) {
      return;
    }
    html.append("<div class=ex>");
    if (examples.stream().allMatch(one -> one.places().isEmpty())) {
      html.append("For example ")
          .append(
              text(
                  examples.stream()
                      .map(Found.Example::words)
                      .collect(Collectors.joining(" \u00b7 "))));
    } else {
      html.append("<table><tr><th>For example</th><th>in the row</th></tr>");
      for (Found.Example one : examples) {
        html.append("<tr><td>").append(text(one.words())).append("</td><td class=muted>");
        html.append(one.places().stream().map(ReportHtml::text).collect(Collectors.joining("<br>")))
            .append("</td></tr>");
      }
      html.append("</table>");
    }
    html.append("</div>");
  }

  private static void query(StringBuilder html, ExpectationResult result) {
    Asked.query(result.config())
        .ifPresent(sql -> html.append("<pre>").append(text(sql)).append("</pre>"));
  }

  private static void missed(StringBuilder html, Judgings judgings) {
    List<Judgings.Missed> before = judgings.missedOnlyBefore();
    if (before.isEmpty()) {
      return;
    }
    html.append("<h3>Not met earlier</h3><table>");
    for (Judgings.Missed missed : before) {
      html.append("<tr><td>")
          .append(text(Asked.sentence(missed.config())))
          .append("</td><td class=muted>")
          .append(text(Wording.missed(missed)))
          .append("</td><td class=\"")
          .append(tone(false, missed.config().consequence()))
          .append("\">")
          .append(text(Wording.consequence(missed.config().consequence())))
          .append("</td></tr>");
    }
    html.append("</table>");
  }

  private static void kept(StringBuilder html, TableReport table) {
    if (table.kept().isEmpty()) {
      return;
    }
    html.append(
        "<h3>In quarantine</h3><table><tr><th>What the rows fail</th><th>State</th><th"
            + " class=n>Rows</th></tr>");
    for (KeptCount count : table.kept()) {
      html.append("<tr><td>")
          .append(text(NamedBefore.reasons(table, count)))
          .append("</td><td>")
          .append(text(Wording.state(count)))
          .append("</td><td class=n>")
          .append("%,d".formatted(count.rows()))
          .append("</td></tr>");
    }
    html.append("</table>");
  }

  private static void changes(StringBuilder html, TableReport table) {
    table
        .history()
        .changes()
        .filter(c -> !c.newlyFailing().isEmpty() || !c.metAgain().isEmpty())
        .ifPresent(
            c -> {
              html.append("<h3>Since ").append(text(Shown.time(c.since()))).append("</h3><table>");
              c.newlyFailing()
                  .forEach(t -> row(html, "bad", "not met any more", NamedBefore.named(table, t)));
              c.metAgain()
                  .forEach(t -> row(html, "good", "met again", NamedBefore.named(table, t)));
              html.append("</table>");
            });
  }

  private static void row(StringBuilder html, String tone, String what, String title) {
    html.append("<tr><td class=\"")
        .append(tone)
        .append("\" style=\"white-space:nowrap\">")
        .append(what)
        .append("</td><td>")
        .append(text(title))
        .append("</td></tr>");
  }

  private static void met(StringBuilder html, List<ExpectationResult> met) {
    if (met.isEmpty()) {
      return;
    }
    html.append("<h3>Met (").append(met.size()).append(")</h3><table>");
    for (ExpectationResult result : met) {
      html.append("<tr><td><span class=good>&#10003;</span> ")
          .append(text(Asked.sentence(result.config())));
      Asked.detail(result.config())
          .ifPresent(
              asked ->
                  html.append("<div class=\"muted small\">").append(text(asked)).append("</div>"));
      query(html, result);
      html.append("</td><td class=muted>").append(text(Found.of(result))).append("</td></tr>");
    }
    html.append("</table>");
  }

  private static void anomalies(StringBuilder html, List<Anomalies> anomalies) {
    if (anomalies.isEmpty()) {
      return;
    }
    AnomalyMap map = AnomalyMap.of(anomalies);
    html.append(
        "<h3>Anomalies by place and type, of a hundred readings</h3><table"
            + " class=map><tr><th>Place</th>");
    map.kinds().forEach(kind -> html.append("<th class=n>").append(text(kind)).append("</th>"));
    html.append("<th class=n>all types</th></tr>");
    map.rows().forEach(row -> place(html, row, map.most()));
    place(html, map.all(), 0);
    html.append("</table>");
  }

  private static void place(StringBuilder html, AnomalyMap.Row row, double most) {
    html.append(most == 0 ? "<tr class=all><td>" : "<tr><td>")
        .append(text(row.place()))
        .append("</td>");
    for (Optional<Anomalies> cell : row.cells()) {
      html.append("<td class=n");
      if (most > 0 && cell.isPresent()) {
        html.append(" style=\"background:rgba(242,184,128,")
            .append(String.format(Locale.ROOT, "%.2f", cell.get().percent() / most))
            .append(")\" title=\"")
            .append("%,d of %,d readings".formatted(cell.get().anomalies(), cell.get().readings()))
            .append('"');
      }
      html.append('>')
          .append(text(cell.map(a -> Shown.share(a.percent())).orElse("\u2013")))
          .append("</td>");
    }
    html.append("<td class=n><b>")
        .append(text(Shown.share(row.total().percent())))
        .append("</b></td></tr>");
  }

  private static String tone(boolean success, Consequence worst) {
    return success ? "good" : worst.compareTo(Consequence.STOP_LOAD) >= 0 ? "bad" : "warn";
  }

  private static String face(byte[] font, int weight) {
    return "@font-face{font-family:Inter;font-weight:%d;src:url(data:font/otf;base64,%s)}\n"
        .formatted(weight, Base64.getEncoder().encodeToString(font));
  }

  private static String text(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
