package dev.millrace.simulator.replay;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How the rows of a CSV file become events.
///
/// Its YAML form; only `time` and `readings` must be there:
///
/// ```yaml
/// feed: sensor-events            # needed when the pipeline has several
/// delimiter: ","                 # one character, or tab
/// quote: '"'                     # one character, or none
/// header: yes                    # yes; no; ragged: rows may have one field more, first
/// columns: [date, t, rh]         # names, when there is no header
/// charset: UTF-8                 # a byte order mark is left out
/// decimal: "."                   # or ","
/// nulls: ["", NA, "?"]           # fields that stand for nothing; such a reading is not sent
/// time:
///   column: date
///   format: "yyyy-MM-dd HH:mm:ss"  # or a list; or iso, epoch-s, epoch-ms, epoch-us
///   zone: UTC                    # of times without offset
///   midnight: begins-day         # or ends-day: 00:00 is the end of the date beside it
/// readings:                      # each row gives one event per reading
///   - column: Temperature
///     sensor: "{file}-temperature" # {file} is the file's name, {X} the row's field in column X
///     kind: temperature
///     unit: "°C"
///     place: office/room         # the same blanks
///     scale: 0.1                 # the value is multiplied by it, exactly
/// static: { firmware: "1.2" }    # further columns of the feed, the same in each event
/// bad-rows: skip                 # or fail: the first row that does not fit ends the replay
/// ```
///
/// @param source file it was read from, for messages
/// @param quote empty when fields are never quoted
/// @param columns names in place of a header; empty when the file has one
/// @param nulls fields that stand for nothing
/// @param fixed further columns of the feed and their text
public record ReplayMapping(
    String source,
    Optional<String> feed,
    char delimiter,
    Optional<Character> quote,
    Header header,
    List<String> columns,
    Charset charset,
    char decimal,
    Set<String> nulls,
    TimeColumn time,
    List<Reading> readings,
    Map<String, String> fixed,
    BadRows badRows) {

  public ReplayMapping {
    columns = List.copyOf(columns);
    nulls = Set.copyOf(nulls);
    readings = List.copyOf(readings);
    fixed = Map.copyOf(fixed);
  }

  /// Whether the first row names the columns.
  public enum Header {
    YES,
    NO,
    /// Yes, and the rows may have one field more, before the named ones.
    RAGGED
  }

  /// What becomes of rows that do not fit.
  public enum BadRows {
    SKIP,
    FAIL
  }

  /// Where a row's time stands.
  ///
  /// @param formats patterns of [java.time.format.DateTimeFormatter], or `iso`, `epoch-s`,
  ///   `epoch-ms`, `epoch-us`; the first that fits counts
  /// @param zone of times without offset
  /// @param line in the mapping file
  public record TimeColumn(
      String column, List<String> formats, ZoneId zone, Midnight midnight, int line) {
    public TimeColumn {
      formats = List.copyOf(formats);
    }
  }

  /// What 00:00 beside a date means.
  public enum Midnight {
    BEGINS_DAY,
    /// 24:00 of that date, as logs of intervals have it that name their end.
    ENDS_DAY
  }

  /// A column that is the readings of a sensor.
  ///
  /// @param sensor template of the sensor's name
  /// @param place template of its place
  /// @param scale what the value is multiplied by
  /// @param line in the mapping file
  public record Reading(
      String column,
      String sensor,
      Optional<String> kind,
      Optional<String> unit,
      Optional<String> place,
      Optional<BigDecimal> scale,
      int line) {}

  /// One line for people: what is read as what.
  public String describe() {
    return readings.stream()
        .map(
            r ->
                r.column()
                    + " as "
                    + r.kind().orElse("value")
                    + r.unit().map(u -> " (" + u + ")").orElse("")
                    + " of "
                    + r.sensor())
        .collect(Collectors.joining(", ", "time from " + time.column() + "; ", ""));
  }
}
