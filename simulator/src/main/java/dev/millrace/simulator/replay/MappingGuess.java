package dev.millrace.simulator.replay;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.simulator.replay.ReplayMapping.BadRows;
import dev.millrace.simulator.replay.ReplayMapping.Header;
import dev.millrace.simulator.replay.ReplayMapping.Reading;
import dev.millrace.simulator.replay.ReplayMapping.TimeColumn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Guesses the mapping of a CSV file without one: its time is the first column whose fields all are
/// times, and each numeric column that names a kind of the pipeline becomes the readings of one
/// sensor, named from the file. Where no column names a kind, the file's name may, for the one
/// numeric column. Times are read as UTC.
///
/// What was guessed is said by [ReplayMapping#describe]; it should be shown.
public final class MappingGuess {

  private static final int SAMPLE = 5000;
  private static final Set<String> NULLS = Set.of("", "NA", "NaN", "null", "?");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?");

  private static final List<String> FORMATS =
      List.of(
          "iso",
          "yyyy-MM-dd HH:mm:ss",
          "yyyy-MM-dd HH:mm",
          "yyyy/MM/dd HH:mm:ss",
          "yyyy/MM/dd HH:mm",
          "dd/MM/yyyy HH:mm:ss",
          "dd/MM/yyyy HH:mm",
          "d/M/yyyy H:mm",
          "MM/dd/yyyy HH:mm:ss",
          "MM/dd/yyyy HH:mm",
          "M/d/yyyy H:mm",
          "dd.MM.yyyy HH:mm:ss",
          "dd.MM.yyyy HH:mm");

  private final Path file;
  private final Map<String, String> units;
  private final List<String> kinds;
  private List<String> header = List.of();
  private final List<List<String>> rows = new ArrayList<>();

  private MappingGuess(Path file, Pipeline pipeline, Map<String, String> units) {
    this.file = file;
    this.units = units;
    Set<String> all = new TreeSet<>(pipeline.ranges().keySet());
    all.addAll(units.keySet());
    this.kinds = List.copyOf(all);
  }

  /// @param units unit of each kind, as the pipeline's fleet has them; may be empty
  /// @throws MillraceException when the file gives too little to go by
  public static ReplayMapping of(Path file, Pipeline pipeline, Map<String, String> units) {
    return new MappingGuess(file, pipeline, units).guess();
  }

  private ReplayMapping guess() {
    char delimiter = delimiter();
    boolean ragged = read(delimiter);
    TimeColumn time = time();
    List<Reading> readings = readings(time.column());
    if (readings.isEmpty()) {
      throw noGuess("no numeric column names a kind of reading (" + String.join(", ", kinds) + ")");
    }
    return new ReplayMapping(
        "the guess for " + file.getFileName(),
        Optional.empty(),
        delimiter,
        Optional.of('"'),
        ragged ? Header.RAGGED : Header.YES,
        List.of(),
        StandardCharsets.UTF_8,
        '.',
        NULLS,
        time,
        readings,
        Map.of(),
        BadRows.SKIP);
  }

  /// The one that parts the header into most names.
  private char delimiter() {
    char best = ',';
    int most = 1;
    for (char delimiter : new char[] {',', ';', '\t', '|'}) {
      try (CsvRows csv = new CsvRows(file, StandardCharsets.UTF_8, delimiter, Optional.empty())) {
        int names = csv.next().map(r -> r.fields().size()).orElse(0);
        if (names > most) {
          most = names;
          best = delimiter;
        }
      }
    }
    return best;
  }

  /// @return whether the rows have a field more than the header
  private boolean read(char delimiter) {
    try (CsvRows csv = new CsvRows(file, StandardCharsets.UTF_8, delimiter, Optional.of('"'))) {
      header = csv.next().map(Replay::names).orElseThrow(() -> noGuess("the file is empty"));
      Optional<CsvRows.Row> row = csv.next();
      boolean ragged = row.isPresent() && row.get().fields().size() == header.size() + 1;
      if (ragged) {
        header = new ArrayList<>(header);
        header.addFirst("");
      }
      while (row.isPresent() && rows.size() < SAMPLE) {
        if (row.get().fields().size() == header.size()) {
          rows.add(row.get().fields());
        }
        row = csv.next();
      }
      if (rows.isEmpty()) {
        throw noGuess("no row has as many fields as the header names");
      }
      return ragged;
    }
  }

  private TimeColumn time() {
    for (int column = 0; column < header.size(); column++) {
      List<String> fits = new ArrayList<>();
      for (String format : FORMATS) {
        if (allAre(column, new TimeFormat(List.of(format), ZoneOffset.UTC))) {
          fits.add(format);
        }
      }
      if (!fits.isEmpty()) {
        refuseAmbiguous(header.get(column), fits);
        return new TimeColumn(
            header.get(column),
            List.of(fits.getFirst()),
            ZoneOffset.UTC,
            ReplayMapping.Midnight.BEGINS_DAY,
            0);
      }
    }
    throw noGuess("no column holds times of a known form");
  }

  private boolean allAre(int column, TimeFormat format) {
    boolean any = false;
    for (List<String> row : rows) {
      if (!NULLS.contains(row.get(column).strip())) {
        if (format.parse(row.get(column)).isEmpty()) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  private void refuseAmbiguous(String column, List<String> fits) {
    boolean dayFirst = fits.stream().anyMatch(f -> f.startsWith("d") && f.contains("/"));
    boolean monthFirst = fits.stream().anyMatch(f -> f.startsWith("M"));
    if (dayFirst && monthFirst) {
      throw noGuess("the times in " + column + " may have the day or the month first");
    }
  }

  private List<Reading> readings(String timeColumn) {
    List<Reading> readings = new ArrayList<>();
    List<String> numeric = new ArrayList<>();
    for (int column = 0; column < header.size(); column++) {
      String name = header.get(column);
      if (name.isEmpty() || name.equals(timeColumn) || !isNumeric(column)) {
        continue;
      }
      numeric.add(name);
      Optional<String> kind = kindIn(name);
      boolean taken = kind.isPresent() && readings.stream().anyMatch(r -> r.kind().equals(kind));
      if (kind.isPresent() && !taken) {
        readings.add(reading(name, kind.get()));
      }
    }
    if (readings.isEmpty() && numeric.size() == 1) {
      kindIn(Replay.stem(file)).ifPresent(k -> readings.add(reading(numeric.getFirst(), k)));
    }
    return readings;
  }

  private boolean isNumeric(int column) {
    boolean any = false;
    for (List<String> row : rows) {
      String field = row.get(column).strip();
      if (!NULLS.contains(field)) {
        if (!NUMBER.matcher(field).matches()) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  private Reading reading(String column, String kind) {
    return new Reading(
        column,
        "{file}-" + kind,
        Optional.of(kind),
        Optional.ofNullable(units.get(kind)),
        Optional.of("{file}"),
        Optional.empty(),
        0);
  }

  /// The kind that stands in a name as a word of its own, `Room_Temperature` or `Humidity (%)`.
  private Optional<String> kindIn(String name) {
    List<String> words = List.of(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
    return kinds.stream().filter(k -> words.contains(k.toLowerCase(Locale.ROOT))).findFirst();
  }

  private MillraceException noGuess(String why) {
    return new MillraceException(
        ErrorCode.USAGE,
        "the columns of " + file + " cannot be guessed: " + why,
        "write a mapping file and name it with --mapping");
  }
}
