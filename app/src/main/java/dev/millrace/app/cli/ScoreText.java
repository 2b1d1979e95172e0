package dev.millrace.app.cli;

import dev.millrace.simulator.score.Score;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A score as tables for people or as one JSON object; shares from 0 to 1, delays in seconds of
/// event time.
///
/// @param table that was scored
record ScoreText(Score score, String table, String truth) {

  void print(Output output) {
    if (output.json()) {
      output.result(object(), List.of());
      return;
    }
    output.table("readings", List.of(all()));
    part(output, "By what was done to them:", kinds());
    part(output, "By why they were flagged:", reasons());
    part(output, "Not visible in readings, so not counted above:", withheld());
    part(output, "What else was done to events:", others());
    if (score.notJudged() > 0) {
      output.result(
          Map.of(),
          List.of(
              "",
              "%,d readings are of sensors that are none of the fleet's, and were not judged"
                  .formatted(score.notJudged())));
    }
  }

  private static void part(Output output, String title, List<Map<String, @Nullable Object>> rows) {
    if (!rows.isEmpty()) {
      output.result(Map.of(), List.of("", title));
      output.table("rows", rows);
    }
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("table", table);
    object.put("truth", truth);
    object.put("readings", all());
    object.put("kinds", kinds());
    object.put("reasons", reasons());
    object.put("withheld", withheld());
    object.put("others", others());
    object.put("not_judged", score.notJudged());
    return object;
  }

  private Map<String, @Nullable Object> all() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("readings", score.all().readings());
    row.put("anomalous", score.all().right() + score.all().missed());
    row.put("found", score.all().right());
    row.put("missed", score.all().missed());
    row.put("false_alarms", score.all().falseAlarms());
    row.put("precision", share(score.all().precision()));
    row.put("recall", share(score.all().recall()));
    row.put("f1", share(score.all().f1()));
    row.put("false_alarm_rate", share(score.all().falseAlarmRate()));
    return row;
  }

  private List<Map<String, @Nullable Object>> kinds() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Score.OfKind kind : score.kinds()) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("kind", kind.kind().word());
      row.put("readings", kind.counts().right() + kind.counts().missed());
      row.put("found", kind.counts().right());
      row.put("precision", share(kind.counts().precision()));
      row.put("recall", share(kind.counts().recall()));
      row.put("f1", share(kind.counts().f1()));
      row.put("episodes", kind.episodes());
      row.put("episodes_found", kind.found());
      row.put("episode_recall", share(kind.episodeRecall()));
      row.put("delay_median_s", seconds(kind.delays().map(Score.Delays::median)));
      row.put("delay_p90_s", seconds(kind.delays().map(Score.Delays::p90)));
      row.put("delay_max_s", seconds(kind.delays().map(Score.Delays::longest)));
      row.put("not_in_table", kind.notInTable());
      row.put("episodes_not_in_table", kind.episodesNotInTable());
      rows.add(row);
    }
    return rows;
  }

  private List<Map<String, @Nullable Object>> reasons() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Score.OfReason reason : score.reasons()) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("reason", reason.reason());
      row.put("flagged", reason.flagged());
      row.put("right", reason.right());
      row.put("precision", share(reason.precision()));
      rows.add(row);
    }
    return rows;
  }

  private List<Map<String, @Nullable Object>> withheld() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Score.Withheld each : score.withheld()) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("kind", each.kind().word());
      row.put("readings", each.readings());
      row.put("episodes", each.episodes());
      rows.add(row);
    }
    return rows;
  }

  private List<Map<String, @Nullable Object>> others() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Score.Other each : score.others()) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("kind", each.kind().word());
      row.put("events", each.events());
      row.put("in_table", each.inTable());
      row.put("not_in_table", each.events() - each.inTable());
      rows.add(row);
    }
    return rows;
  }

  /// To four places, never with an exponent; null where it is not defined.
  private static @Nullable BigDecimal share(Optional<Double> share) {
    return share.map(s -> BigDecimal.valueOf(s).setScale(4, RoundingMode.HALF_UP)).orElse(null);
  }

  private static @Nullable Double seconds(Optional<Duration> delay) {
    return delay.map(d -> d.toMillis() / 1e3).orElse(null);
  }
}
