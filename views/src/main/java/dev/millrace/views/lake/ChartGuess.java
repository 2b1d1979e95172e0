package dev.millrace.views.lake;

import dev.millrace.engine.api.Answer;
import dev.millrace.views.charts.Heading;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Names;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The chart that suits a result: lines over time, one for each value of a column of few words, or
/// bars over words.
///
/// @param x title of the axis
/// @param y title of what is measured
/// @param timed whether the labels' places are times (epoch seconds)
/// @param labels of the places when they are words
/// @param lines values by place, NaN for none
record ChartGuess(
    String x,
    String y,
    boolean timed,
    double[] places,
    List<String> labels,
    Map<String, double[]> lines) {

  /// More lines than this cannot be told apart.
  private static final int MOST_LINES = 8;

  private static final int MOST_BARS = 60;

  /// What is measured, over what, and of which time where it is over time.
  Heading heading(Clock clock) {
    String time =
        timed && places.length > 0
            ? clock.span(
                Instant.ofEpochSecond((long) places[0]),
                Instant.ofEpochSecond((long) places[places.length - 1]))
            : "";
    return new Heading(Names.spoken(y) + (timed ? " over " : " by ") + x.replace('_', ' '), time);
  }

  /// @param measure name of the column to draw; empty for the first that fits
  static Optional<ChartGuess> of(Answer.Rows rows, String measure) {
    List<Integer> figures = new ArrayList<>();
    int time = -1;
    int word = -1;
    for (int i = 0; i < rows.columns().size(); i++) {
      String type = rows.columns().get(i).type();
      if (CellText.isNumber(type)) {
        figures.add(i);
      } else if (time < 0 && (type.startsWith("TIMESTAMP") || type.equals("DATE"))) {
        time = i;
      } else if (word < 0 && (type.equals("VARCHAR") || type.equals("STRING"))) {
        word = i;
      }
    }
    int chosen =
        figures.stream()
            .filter(i -> rows.columns().get(i).name().equals(measure))
            .findFirst()
            .orElse(figures.isEmpty() ? -1 : figures.getFirst());
    if (chosen < 0 || rows.rows().isEmpty() || (time < 0 && word < 0)) {
      return Optional.empty();
    }
    return time >= 0 ? overTime(rows, time, word, chosen) : overWords(rows, word, chosen);
  }

  /// Columns that can be measured.
  static List<String> measures(Answer.Rows rows) {
    return rows.columns().stream()
        .filter(column -> CellText.isNumber(column.type()))
        .map(Answer.QueryColumn::name)
        .toList();
  }

  private static Optional<ChartGuess> overTime(Answer.Rows rows, int time, int word, int measure) {
    java.util.TreeSet<Double> times = new java.util.TreeSet<>();
    for (List<Object> row : rows.rows()) {
      seconds(row.get(time)).ifPresent(times::add);
    }
    if (times.size() < 2) {
      return word >= 0 ? overWords(rows, word, measure) : Optional.empty();
    }
    double[] places = times.stream().mapToDouble(Double::doubleValue).toArray();
    Map<Double, Integer> index = new java.util.HashMap<>();
    for (int i = 0; i < places.length; i++) {
      index.put(places[i], i);
    }
    Map<String, double[]> lines = new LinkedHashMap<>();
    for (List<Object> row : rows.rows()) {
      Optional<Double> at = seconds(row.get(time));
      if (at.isEmpty() || !(row.get(measure) instanceof Number value)) {
        continue;
      }
      String name = word >= 0 ? String.valueOf(row.get(word)) : name(rows, measure);
      if (!lines.containsKey(name) && lines.size() >= MOST_LINES) {
        continue;
      }
      double[] line = lines.computeIfAbsent(name, _ -> none(places.length));
      int place = java.util.Objects.requireNonNull(index.get(at.get()));
      line[place] = value.doubleValue();
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ChartGuess(name(rows, time), name(rows, measure), true, places, List.of(), lines));
  }

  private static Optional<ChartGuess> overWords(Answer.Rows rows, int word, int measure) {
    List<String> labels = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (List<Object> row : rows.rows()) {
      if (labels.size() < MOST_BARS && row.get(measure) instanceof Number value) {
        labels.add(String.valueOf(row.get(word)));
        values.add(value.doubleValue());
      }
    }
    if (labels.isEmpty()) {
      return Optional.empty();
    }
    double[] bars = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Optional.of(
        new ChartGuess(
            name(rows, word),
            name(rows, measure),
            false,
            new double[0],
            labels,
            Map.of(name(rows, measure), bars)));
  }

  private static String name(Answer.Rows rows, int column) {
    return rows.columns().get(column).name();
  }

  private static double[] none(int length) {
    double[] line = new double[length];
    java.util.Arrays.fill(line, Double.NaN);
    return line;
  }

  private static Optional<Double> seconds(@Nullable Object value) {
    return switch (value) {
      case Instant at -> Optional.of(at.getEpochSecond() + at.getNano() / 1e9);
      case LocalDate day -> Optional.of((double) day.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
      case null, default -> Optional.empty();
    };
  }
}
