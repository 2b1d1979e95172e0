package dev.millrace.engine.quality.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A report as JSON; each table's validation stands in it in Great Expectations' 1.x form.
public final class ReportJson implements ReportWriter {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Override
  public byte[] write(QualityReport report) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("pipeline", report.pipeline());
    json.put("about", report.subject().title());
    switch (report.subject()) {
      case ReportSubject.OfTable(var table) -> json.put("table", table.toString());
      case ReportSubject.OfRun(long run) -> json.put("run", run);
      case ReportSubject.OfDay(var day) -> json.put("day", day.toString());
    }
    json.put("made_at", report.madeAt().toString());
    json.put("demo", report.demo());
    json.put("verdict", Wording.verdict(report));
    json.put("success", report.success());
    json.put("consequence", consequence(report.success(), report.worst()));
    json.put("success_at_last", report.successAtLast());
    json.put("consequence_at_last", consequence(report.successAtLast(), report.worstAtLast()));
    json.put("percent", report.percent());
    json.put("met", report.passed());
    json.put("expectations", report.total());
    try {
      json.put("tables", tables(report.tables()));
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values can be written", e);
    }
  }

  private static List<Object> tables(List<TableReport> tables) throws JsonProcessingException {
    List<Object> all = new java.util.ArrayList<>();
    for (TableReport table : tables) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("table", table.table().toString());
      json.put("verdict", Wording.verdict(table));
      json.put("success", table.success());
      json.put("consequence", consequence(table.success(), table.judgings().worst()));
      json.put("success_at_last", table.record().success());
      json.put(
          "consequence_at_last", consequence(table.record().success(), table.record().worst()));
      json.put("validated_at", table.record().validatedAt().toString());
      json.put("suite", table.record().suite());
      json.put("version", table.record().version());
      json.put("scope", table.record().scope());
      json.put("rows", table.judgings().rows());
      json.put("released_rows", table.judgings().released());
      json.put("percent", table.record().percent());
      json.put("met", table.record().passed());
      json.put("expectations", table.record().total());
      json.put("judged", judged(table.judgings()));
      json.put("history", table.history().points().stream().map(ReportJson::point).toList());
      table.lineage().ifPresent(lineage -> json.put("lineage", lineage(lineage)));
      json.put(
          "anomalies",
          table.anomalies().stream()
              .map(
                  a ->
                      ordered(
                          "place", a.place(),
                          "kind", a.kind(),
                          "readings", a.readings(),
                          "anomalies", a.anomalies(),
                          "percent", a.percent()))
              .toList());
      json.put(
          "quarantine",
          table.kept().stream()
              .map(
                  h ->
                      ordered(
                          "state", h.state().text(),
                          "reasons", h.told(),
                          "consequence", h.consequence().jsonName(),
                          "rows", h.rows()))
              .toList());
      json.put("validation", JSON.readTree(table.record().json()));
      all.add(json);
    }
    return all;
  }

  /// What followed; null where everything was met, and so nothing did.
  private static @Nullable String consequence(boolean success, Consequence worst) {
    return success ? null : worst.jsonName();
  }

  private static Map<String, @Nullable Object> judged(Judgings judgings) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("times", judgings.times());
    json.put("not_all_met", judgings.failed());
    json.put("consequence", consequence(judgings.failed() == 0, judgings.worst()));
    json.put("lowest_percent", judgings.lowest());
    json.put(
        "missed_before",
        judgings.missed().stream()
            .map(
                missed ->
                    ordered(
                        "expectation", missed.name(),
                        "times", missed.times(),
                        "asked", missed.asked(),
                        "last", missed.last().toString(),
                        "met_at_last", missed.atLast() == Judgings.AtLast.MET))
            .toList());
    return json;
  }

  private static Map<String, Object> point(TableHistory.Point point) {
    return ordered(
        "at", point.at().toString(),
        "suite", point.suite(),
        "version", point.version(),
        "scope", point.scope(),
        "percent", point.percent(),
        "holds_load", point.holdsLoad());
  }

  private static Map<String, @Nullable Object> lineage(QualityReport.Lineage lineage) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("version", lineage.version());
    json.put("committed_at", lineage.committedAt().toString());
    json.put("operation", lineage.operation());
    json.put("rows", lineage.rows());
    json.put("files", lineage.files());
    json.put("bytes", lineage.bytes());
    json.put("sources", lineage.sources());
    lineage
        .run()
        .ifPresent(
            run -> {
              json.put("run", run.id());
              json.put("flow", run.flow());
              json.put("run_state", run.state());
            });
    return json;
  }

  /// An object whose fields stand in this order each time.
  ///
  /// @param pairs names, each with its value after it
  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      json.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return json;
  }
}
