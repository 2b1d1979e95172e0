package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.yaml.Durations;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what a derived table says of its reach: `lookback`, `window` or neither.
final class ReachReader {

  static final String LOOKBACK = "lookback";
  static final String WINDOW = "window";

  private static final int MOST_ROWS = 100_000;
  private static final String COLUMN = "(" + Names.COLUMN.pattern() + ")";
  private static final Pattern LOOKBACK_FORM =
      Pattern.compile("(\\d{1,9}) rows? per " + COLUMN + " by " + COLUMN);
  private static final Pattern WINDOW_FORM =
      Pattern.compile("(\\d{1,9}(?:s|m|h|d)) of " + COLUMN + " at " + COLUMN);

  private ReachReader() {}

  static Reach of(YamlMap table, List<TableName> from) {
    Optional<YamlValue> lookback = table.optional(LOOKBACK);
    Optional<YamlValue> window = table.optional(WINDOW);
    if (lookback.isPresent() && window.isPresent()) {
      window
          .get()
          .fault("stands beside a lookback", "keep the one that is true of the table's SQL");
      return new Reach.Whole();
    }
    Optional<YamlValue> said = lookback.or(() -> window);
    if (said.isPresent() && from.size() > 1) {
      said.get()
          .fault(
              "is said of a table that reads " + from.size() + " tables",
              "leave it out, then the table is built whole; or read one table only");
      return new Reach.Whole();
    }
    return lookback
        .flatMap(ReachReader::lookback)
        .or(() -> window.flatMap(ReachReader::window))
        .orElseGet(Reach.Whole::new);
  }

  private static Optional<Reach> lookback(YamlValue value) {
    Optional<Matcher> parts =
        parts(value, LOOKBACK_FORM, "for example 60 rows per sensor_id by event_time");
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    long rows = Long.parseLong(parts.get().group(1));
    if (rows > MOST_ROWS) {
      value.fault("looks back " + rows + " rows", "write at most " + MOST_ROWS + " rows");
      return Optional.empty();
    }
    String entity = parts.get().group(2);
    String time = parts.get().group(3);
    if (entity.equals(time)) {
      value.fault(
          "names " + entity + " as entity and as time", "write the column of each, they are two");
      return Optional.empty();
    }
    return Optional.of(new Reach.Lookback((int) rows, entity, time));
  }

  private static Optional<Reach> window(YamlValue value) {
    Optional<Matcher> parts =
        parts(value, WINDOW_FORM, "for example 5m of event_time at window_start");
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Duration size = Durations.parse(parts.get().group(1)).orElseThrow();
    if (size.isZero() || Duration.ofDays(1).toSeconds() % size.toSeconds() != 0) {
      value.fault(
          "has windows of " + parts.get().group(1),
          "write a size that divides a day, such as 1m, 5m, 15m, 1h or 1d");
      return Optional.empty();
    }
    return Optional.of(new Reach.Window(size, parts.get().group(2), parts.get().group(3)));
  }

  private static Optional<Matcher> parts(YamlValue value, Pattern form, String rule) {
    return value.text(form, rule).map(form::matcher).filter(Matcher::matches);
  }
}
