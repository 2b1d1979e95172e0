package dev.millrace.views.heatmap;

import dev.millrace.views.text.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Where places stand in a grid: all levels but the last make the row, the last the column.
///
/// Places without levels, or whose rows have hardly a column in common, are laid out one after
/// another in a grid that is about twice as wide as high, and name themselves.
record PlaceGrid(
    List<String> rows,
    List<String> columns,
    int rowCount,
    int columnCount,
    Map<String, At> places) {

  record At(int row, int column) {}

  static PlaceGrid of(Collection<String> names) {
    TreeSet<String> rows = new TreeSet<>(Names.NATURAL.reversed());
    TreeSet<String> columns = new TreeSet<>(Names.NATURAL);
    boolean levels = true;
    TreeSet<String> all = new TreeSet<>(Names.NATURAL);
    all.addAll(names);
    for (String place : all) {
      levels &= place.indexOf('/') > 0;
      rows.add(row(place));
      columns.add(column(place));
    }
    if (!levels || rows.size() * (long) columns.size() > 3L * all.size()) {
      return wrapped(all);
    }
    List<String> rowNames = List.copyOf(rows);
    List<String> columnNames = List.copyOf(columns);
    Map<String, At> places = new HashMap<>();
    for (String place : all) {
      places.put(place, new At(rowNames.indexOf(row(place)), columnNames.indexOf(column(place))));
    }
    boolean brief = columnNames.size() > 8;
    return new PlaceGrid(
        rowNames.stream().map(Names::place).toList(),
        columnNames.stream().map(brief ? Names::brief : Names::level).toList(),
        rowNames.size(),
        columnNames.size(),
        places);
  }

  private static PlaceGrid wrapped(TreeSet<String> all) {
    int wide = Math.max(1, (int) Math.ceil(Math.sqrt(all.size() * 2.0)));
    int columns = Math.min(wide, Math.max(1, all.size()));
    Map<String, At> places = new HashMap<>();
    List<String> order = new ArrayList<>(all);
    for (int i = 0; i < order.size(); i++) {
      places.put(order.get(i), new At(i / columns, i % columns));
    }
    return new PlaceGrid(
        List.of(), List.of(), Math.ceilDiv(order.size(), columns), columns, places);
  }

  boolean named() {
    return !rows.isEmpty();
  }

  private static String row(String place) {
    return place.substring(0, Math.max(0, place.lastIndexOf('/')));
  }

  private static String column(String place) {
    return place.substring(place.lastIndexOf('/') + 1);
  }
}
