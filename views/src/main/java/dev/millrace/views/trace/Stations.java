package dev.millrace.views.trace;

import dev.millrace.engine.history.ReadingTrace;
import dev.millrace.engine.history.ReadingTrace.Coordinates;
import dev.millrace.engine.history.ReadingTrace.Field;
import dev.millrace.engine.history.ReadingTrace.Here;
import dev.millrace.engine.history.ReadingTrace.Loaded;
import dev.millrace.engine.history.ReadingTrace.Missing;
import dev.millrace.engine.history.ReadingTrace.Since;
import dev.millrace.engine.history.ReadingTrace.Step;
import dev.millrace.engine.history.ReadingTrace.Stored;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.trace.Station.Line;
import dev.millrace.views.trace.Station.Name;
import dev.millrace.views.trace.Station.Sheet;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells a reading's way step by step. Any thread may call.
final class Stations {

  private static final Set<String> TELLING =
      Set.of("value", "z_score", "is_anomaly", "anomaly_reason", "avg_value", "health_percent");

  private final Clock clock;
  private final Instant now;

  Stations(Clock clock, Instant now) {
    this.clock = clock;
    this.now = now;
  }

  List<Station> of(ReadingTrace trace) {
    return List.of(
        event(trace),
        kafka(trace),
        stored(Name.BRONZE, "mdi2l-layers-outline", trace.bronze()),
        stored(Name.SILVER, "mdi2f-filter-variant", trace.silver()),
        gold(trace),
        warehouse(trace));
  }

  private static Station event(ReadingTrace trace) {
    return switch (trace.event().value()) {
      case Here<String>(String text) ->
          there(
              Name.EVENT,
              "mdi2c-code-json",
              Figures.counted(text.length(), "character"),
              List.of(new Sheet("Value as it was sent", PrettyJson.of(text), List.of(), "")));
      case Missing<String>(String why) -> missing(Name.EVENT, "mdi2c-code-json", why);
    };
  }

  private static Station kafka(ReadingTrace trace) {
    Optional<Coordinates> at = trace.event().coordinates();
    if (at.isEmpty()) {
      return missing(
          Name.KAFKA, "mdi2f-format-list-bulleted", "No table tells where in Kafka it lies.");
    }
    Coordinates where = at.get();
    return there(
        Name.KAFKA,
        "mdi2f-format-list-bulleted",
        where.partition() + " / " + Figures.count(where.offset()),
        List.of(
            Sheet.of(
                "Where it lies in Kafka",
                List.of(
                    new Line("topic", where.topic(), true),
                    new Line("partition", Integer.toString(where.partition()), true),
                    new Line("offset", Long.toString(where.offset()), true)),
                "kafka-console-consumer.sh --bootstrap-server BROKER --topic %s --partition %d --offset %d --max-messages 1"
                    .formatted(where.topic(), where.partition(), where.offset()))));
  }

  private Station stored(Name name, String icon, Step<Stored> step) {
    return switch (step) {
      case Here<Stored>(Stored row) ->
          there(name, icon, fact(row), List.of(sheet(row, query(row, keys(row)))));
      case Missing<Stored>(String why) -> missing(name, icon, why);
    };
  }

  private static String fact(Stored row) {
    String score = value(row.fields(), "z_score");
    if (!score.isEmpty()) {
      return "z-score " + Figures.reading(Double.parseDouble(score));
    }
    return row.since().map(s -> "version " + Figures.count(s.version())).orElse(row.table().name());
  }

  private Station gold(ReadingTrace trace) {
    if (trace.gold().isEmpty()) {
      return missing(
          Name.GOLD,
          "mdi2s-star-four-points-outline",
          trace.silver() instanceof Here<Stored>
              ? "No Gold table holds a window of it yet. It does when Gold is built next."
              : "It has not come to Silver yet, of which Gold is made.");
    }
    return there(
        Name.GOLD,
        "mdi2s-star-four-points-outline",
        Figures.counted(trace.gold().size(), "window"),
        trace.gold().stream().map(row -> sheet(row, query(row, keys(row)))).toList());
  }

  private Station warehouse(ReadingTrace trace) {
    List<Sheet> sheets = new ArrayList<>();
    String why = "";
    for (Loaded loaded : trace.warehouse()) {
      switch (loaded.row()) {
        case Here<List<Field>>(List<Field> fields) ->
            sheets.add(Sheet.of(loaded.target(), lines(fields), ""));
        case Missing<List<Field>>(String reason) -> why = reason;
      }
    }
    if (sheets.isEmpty()) {
      return missing(
          Name.WAREHOUSE,
          "mdi2d-database-outline",
          why.isEmpty() ? "It is in no window that is loaded into the warehouse." : why);
    }
    return there(
        Name.WAREHOUSE, "mdi2d-database-outline", Figures.counted(sheets.size(), "row"), sheets);
  }

  private Sheet sheet(Stored row, String query) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("table", row.table().toString(), false));
    lines.add(new Line("file", row.file(), false));
    lines.add(
        new Line("since", row.since().map(this::since).orElse("the log no longer tells"), false));
    lines.add(new Line("path", row.path(), false));
    lines.addAll(lines(row.fields()));
    return Sheet.of(row.table().toString(), lines, query);
  }

  private String since(Since since) {
    return "version "
        + Figures.count(since.version())
        + ", committed "
        + clock.second(since.committedAt(), now);
  }

  private List<Line> lines(List<Field> fields) {
    return fields.stream()
        .map(f -> new Line(f.column(), told(f.value()), TELLING.contains(f.column())))
        .toList();
  }

  /// Times in the person's zone, with what they are in UTC.
  private String told(String value) {
    if (value.isEmpty()) {
      return "–";
    }
    if (value.length() < 19 || value.charAt(10) != 'T' || !value.endsWith("Z")) {
      return value;
    }
    try {
      return value + "   (" + clock.second(Instant.parse(value), now) + ")";
    } catch (DateTimeParseException _) {
      return value;
    }
  }

  private static List<String> keys(Stored row) {
    return switch (row.table().layer()) {
      case BRONZE, DEAD_LETTERS, QUARANTINE -> List.of("kafka_partition", "kafka_offset");
      case SILVER, GOLD ->
          List.of(
              "sensor_id", "location", "sensor_type", "event_time", "window_start", "hour_start");
    };
  }

  private static String query(Stored row, List<String> keys) {
    StringBuilder query = new StringBuilder("SELECT *\nFROM ");
    query.append(row.table().toString().replace('.', '_'));
    String next = "\nWHERE ";
    for (String key : keys) {
      String value = value(row.fields(), key);
      if (!value.isEmpty()) {
        boolean number = value.matches("-?\\d+");
        query
            .append(next)
            .append(key)
            .append(" = ")
            .append(number ? value : "'" + value.replace("'", "''") + "'");
        next = "\n  AND ";
      }
    }
    return query.toString();
  }

  private static String value(List<Field> fields, String column) {
    return fields.stream()
        .filter(f -> f.column().equals(column))
        .map(Field::value)
        .findFirst()
        .orElse("");
  }

  private static Station there(Name name, String icon, String fact, List<Sheet> sheets) {
    return new Station(name, icon, fact, Tone.GOOD, Optional.empty(), sheets);
  }

  private static Station missing(Name name, String icon, String why) {
    return new Station(name, icon, "not there", Tone.MUTED, Optional.of(why), List.of());
  }
}
