package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.report.QualityReport.Anomalies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Anomalies laid out by place (rows) and type (columns), the places with the greatest share first.
///
/// @param kinds types, the one with the most readings first
/// @param rows places; the last stands for all that have no row of their own, when there are many
/// @param all over all places, as a row
public record AnomalyMap(List<String> kinds, List<Row> rows, Row all) {

  /// Rows at most, that of the others included.
  private static final int MOST_ROWS = 12;

  /// Columns at most, that of all types not included.
  private static final int MOST_KINDS = 6;

  public AnomalyMap {
    kinds = List.copyOf(kinds);
    rows = List.copyOf(rows);
  }

  /// @param cells one per kind; empty where there are no such readings
  /// @param total over all types, also those without a column
  public record Row(String place, List<Optional<Anomalies>> cells, Anomalies total) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  public static AnomalyMap of(List<Anomalies> found) {
    Map<String, Long> readings = new LinkedHashMap<>();
    Map<String, List<Anomalies>> byPlace = new LinkedHashMap<>();
    for (Anomalies one : found) {
      readings.merge(one.kind(), one.readings(), Long::sum);
      byPlace.computeIfAbsent(one.place(), _ -> new ArrayList<>()).add(one);
    }
    List<String> kinds =
        readings.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MOST_KINDS)
            .map(Map.Entry::getKey)
            .toList();
    List<Row> rows = new ArrayList<>();
    byPlace.forEach((place, some) -> rows.add(row(place, kinds, some)));
    rows.sort(
        Comparator.comparingDouble((Row row) -> row.total().percent())
            .reversed()
            .thenComparing(Row::place));
    List<Row> shown = rows;
    if (rows.size() > MOST_ROWS) {
      shown = new ArrayList<>(rows.subList(0, MOST_ROWS - 1));
      List<Anomalies> others =
          rows.subList(MOST_ROWS - 1, rows.size()).stream()
              .flatMap(row -> byPlace.getOrDefault(row.place(), List.of()).stream())
              .toList();
      shown.add(row((rows.size() - MOST_ROWS + 1) + " other places", kinds, others));
    }
    return new AnomalyMap(kinds, shown, row("All places", kinds, found));
  }

  /// The greatest share of a cell, 0 to 100.
  public double most() {
    return rows.stream()
        .flatMap(row -> row.cells().stream())
        .flatMap(Optional::stream)
        .mapToDouble(Anomalies::percent)
        .max()
        .orElse(0);
  }

  private static Row row(String place, List<String> kinds, List<Anomalies> some) {
    Map<String, Anomalies> byKind = new HashMap<>();
    some.forEach(one -> byKind.merge(one.kind(), one, (a, b) -> sum(place, a.kind(), a, b)));
    return new Row(
        place,
        kinds.stream().map(kind -> Optional.ofNullable(byKind.get(kind))).toList(),
        some.stream().reduce(new Anomalies("all", place, 0, 0), (a, b) -> sum(place, "all", a, b)));
  }

  private static Anomalies sum(String place, String kind, Anomalies a, Anomalies b) {
    return new Anomalies(kind, place, a.readings() + b.readings(), a.anomalies() + b.anomalies());
  }
}
