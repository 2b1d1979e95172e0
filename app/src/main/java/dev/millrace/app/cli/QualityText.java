package dev.millrace.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.LoadHold;
import dev.millrace.engine.quality.Names;
import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.profile.Profile;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptRow;
import dev.millrace.engine.quality.report.Found;
import dev.millrace.engine.quality.report.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Results about quality as lines for people and as JSON.
final class QualityText {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EXAMPLES = 5;
  private static final int WORST = 5;

  private QualityText() {}

  /// @param judged and kept, or only tried: then nothing follows from it
  static List<String> lines(QualityAnswer.Judged judged) {
    ValidationResult result = judged.validation();
    List<String> lines = new ArrayList<>();
    if (!result.judged()) {
      lines.add(
          result.data().title()
              + ": no rows"
              + (result.data().table().isPresent() ? " in this slice" : "")
              + "; nothing was judged");
      lines.addAll(aside(result));
      return lines;
    }
    boolean file = result.data().table().isEmpty();
    lines.add(
        "%s: %s, %.1f %%, %d of %s met, %s"
            .formatted(
                result.data().title(),
                verdict(judged).toLowerCase(Locale.ROOT),
                result.percent(),
                result.passed(),
                Count.of(result.results().size(), "expectation"),
                Count.of(result.data().rows(), "row")));
    List<String> names =
        Names.reasons(result.results().stream().map(ExpectationResult::config).toList());
    for (int i = 0; i < names.size(); i++) {
      ExpectationResult one = result.results().get(i);
      if (one.success()) {
        continue;
      }
      Consequence consequence = one.config().consequence();
      lines.add(
          "  not met (%s): %s"
              .formatted(
                  judged.kept()
                      ? Wording.consequence(consequence)
                      : file ? one.config().severity().jsonName() : Wording.trial(consequence),
                  Asked.sentence(one.config())));
      lines.add("    " + Found.of(one));
      List<String> examples =
          Found.examples(one, EXAMPLES).stream().map(Found.Example::line).toList();
      if (!examples.isEmpty()) {
        lines.add("    for example " + String.join("; ", examples));
      }
      lines.add("    asked by " + names.get(i));
    }
    lines.addAll(aside(result));
    if (!judged.kept() && !file && !result.success()) {
      lines.add("  only looked at: nothing of it is kept, and it holds no load");
    }
    return lines;
  }

  /// What holds the load now, or that nothing does; nothing where there is no load.
  static List<String> lines(Pipeline pipeline, Optional<LoadHold> hold) {
    return hold.map(held -> List.of(held.what(), "  " + held.remedy()))
        .orElse(
            pipeline.warehouse().isEmpty()
                ? List.of()
                : List.of("The load is free: nothing holds it"));
  }

  /// Of a file there is no load, and so nothing that is held.
  private static String verdict(QualityAnswer.Judged judged) {
    ValidationResult result = judged.validation();
    if (judged.kept()) {
      return Wording.verdict(result.success(), result.worst());
    }
    return result.data().table().isPresent()
        ? Wording.trial(result.success(), result.worst())
        : result.worst() == Consequence.STOP_LOAD
            ? Wording.verdict(false, Consequence.STOP_FLOW)
            : Wording.verdict(result.success(), result.worst());
  }

  private static List<String> aside(ValidationResult result) {
    List<String> lines = new ArrayList<>();
    String of = result.data().table().map(t -> t.slice().isWhole() ? "" : " of these").orElse("");
    if (result.openRows() > 0) {
      lines.add(
          "  %s %s open in quarantine"
              .formatted(Count.of(result.openRows(), "row") + of, Count.is(result.openRows())));
    }
    if (result.releasedRows() > 0) {
      lines.add(
          "  %s%s %s left out"
              .formatted(
                  Count.of(result.releasedRows(), "released row"),
                  of,
                  Count.was(result.releasedRows())));
    }
    return lines;
  }

  static Object json(ValidationResult result) {
    try {
      return JSON.readValue(result.json(), Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was written can be read", e);
    }
  }

  static List<String> lines(TableHistory history) {
    List<String> lines = new ArrayList<>();
    lines.add(
        history.table()
            + history.last().map(last -> ", judged by " + last.suite()).orElse("")
            + ": "
            + Wording.trend(history));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (TableHistory.Point point : history.points().reversed()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("judged", point.at().toString());
      row.put("version", point.version());
      row.put("scope", point.scope());
      row.put("suite", point.suite());
      row.put("score", "%.1f %%".formatted(point.percent()));
      row.put("met", point.passed() + " of " + point.total());
      row.put("run", point.run().map(Object::toString).orElse(""));
      row.put("load", point.holdsLoad() ? "held" : "");
      rows.add(row);
    }
    if (!rows.isEmpty()) {
      Output.align(rows).forEach(line -> lines.add("  " + line));
    }
    history.worst().stream()
        .limit(WORST)
        .forEach(
            worst ->
                lines.add(
                    "  not met %d of %d times%s: %s"
                        .formatted(
                            worst.failures(),
                            worst.judged(),
                            worst.failsNow() ? ", and now" : "",
                            worst.expectation())));
    history
        .changes()
        .ifPresent(
            changes -> {
              lines.add("  since %s: %+.1f points".formatted(changes.since(), changes.points()));
              changes.newlyFailing().forEach(t -> lines.add("    not met any more: " + t));
              changes.metAgain().forEach(t -> lines.add("    met again: " + t));
              changes.stillFailing().forEach(t -> lines.add("    still not met: " + t));
              changes.added().forEach(t -> lines.add("    new in the suite: " + t));
              changes.dropped().forEach(t -> lines.add("    no longer in the suite: " + t));
            });
    return lines;
  }

  static Map<String, @Nullable Object> json(TableHistory history) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("table", history.table().toString());
    json.put("trend", history.changes().map(TableHistory.Changes::points).orElse(null));
    json.put("compared_with", history.changes().map(c -> c.since().toString()).orElse(null));
    json.put(
        "validations",
        history.points().stream()
            .map(
                p -> {
                  Map<String, @Nullable Object> point = new LinkedHashMap<>();
                  point.put("judged", p.at().toString());
                  point.put("suite", p.suite());
                  point.put("version", p.version());
                  point.put("scope", p.scope());
                  point.put("run", p.run().orElse(null));
                  point.put("percent", p.percent());
                  point.put("met", p.passed());
                  point.put("expectations", p.total());
                  point.put("holds_load", p.holdsLoad());
                  return point;
                })
            .toList());
    json.put(
        "worst",
        history.worst().stream()
            .map(
                w ->
                    Map.of(
                        "expectation", w.expectation(),
                        "failures", w.failures(),
                        "judged", w.judged(),
                        "fails_now", w.failsNow()))
            .toList());
    history
        .changes()
        .ifPresent(
            c -> {
              Map<String, Object> changes = new LinkedHashMap<>();
              changes.put("since", c.since().toString());
              changes.put("points", c.points());
              changes.put("newly_failing", c.newlyFailing());
              changes.put("met_again", c.metAgain());
              changes.put("still_failing", c.stillFailing());
              changes.put("added", c.added());
              changes.put("dropped", c.dropped());
              json.put("changes", changes);
            });
    return json;
  }

  static List<String> lines(Profile profile) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, %s, %s proposed"
            .formatted(
                profile.data(),
                Count.of(profile.rows(), "row"),
                Count.of(profile.columns().size(), "column"),
                Count.of(profile.proposals().size(), "expectation")));
    for (Profile.Proposal proposal : profile.proposals()) {
      lines.add("  " + Asked.technical(proposal.expectation()));
      lines.add("    " + proposal.evidence());
    }
    return lines;
  }

  static Map<String, Object> json(Profile profile) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("data", profile.data());
    json.put("rows", profile.rows());
    json.put(
        "proposals",
        profile.proposals().stream()
            .map(
                p ->
                    Map.of(
                        "type", p.expectation().type(),
                        "kwargs", p.expectation().kwargs(),
                        "severity", p.expectation().severity().jsonName(),
                        "evidence", p.evidence()))
            .toList());
    return json;
  }

  static Map<String, Object> row(KeptCount count) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("table", count.table().toString());
    row.put("state", count.state().text());
    row.put("rows", count.rows());
    row.put("consequence", count.consequence().jsonName());
    row.put("first_found", count.first().toString());
    row.put("newest_found", count.last().toString());
    row.put("reasons", count.told());
    return row;
  }

  static Map<String, @Nullable Object> json(KeptRow row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("table", row.table().toString());
    json.put("id", row.id());
    json.put("state", row.state().text());
    json.put("reasons", row.reasons());
    json.put("consequence", row.consequence().jsonName());
    json.put("suite", row.suite());
    json.put("version", row.version());
    json.put("found", row.foundAt().toString());
    json.put("note", row.note().orElse(null));
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    row.values()
        .forEach((name, value) -> values.put(name, value == null ? null : value.toString()));
    json.put("values", values);
    return json;
  }

  static List<String> lines(KeptRow row) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s  %s  found %s%s"
            .formatted(
                row.id().substring(0, Math.min(12, row.id().length())),
                row.table(),
                row.state().text(),
                row.foundAt(),
                row.note().map(note -> "  (" + note + ")").orElse("")));
    row.reasons().forEach(reason -> lines.add("  fails " + reason));
    List<String> values = new ArrayList<>();
    row.values()
        .forEach(
            (name, value) -> {
              if (value != null) {
                values.add(name + "=" + Shown.value(value));
              }
            });
    lines.add("  " + String.join("  ", values));
    return lines;
  }
}
