package dev.millrace.views.charts;

import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.function.Supplier;

/// What a heatmap shows.
///
/// @param rows names from top to bottom; empty when the cells name themselves
/// @param columns names from left to right; empty when the cells name themselves
/// @param rowCount number of rows
/// @param columnCount number of columns
/// @param cells in any order; a position without a cell stays empty
/// @param low value of the scale's cold end
/// @param high value of the scale's hot end
/// @param scale number of the colour scale, from 0
/// @param numbers whether cells tell their value in figures where there is room
public record HeatmapPicture(
    List<String> rows,
    List<String> columns,
    int rowCount,
    int columnCount,
    List<Cell> cells,
    double low,
    double high,
    String unit,
    int scale,
    boolean numbers) {

  public static final HeatmapPicture EMPTY =
      new HeatmapPicture(List.of(), List.of(), 0, 0, List.of(), 0, 1, "", 0, true);

  public HeatmapPicture {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    cells = List.copyOf(cells);
  }

  /// One place.
  ///
  /// @param name what the cell calls itself when rows and columns have no names; else empty
  /// @param text the value as it is written in the cell
  /// @param detail lines of the tooltip, put into words when a person points at the cell
  /// @param mark tone of the mark in its corner; `MUTED` for none
  /// @param silent whether nothing was heard from it lately
  public record Cell(
      String place,
      String name,
      int row,
      int column,
      double value,
      String text,
      Tone mark,
      boolean silent,
      boolean chosen,
      Supplier<String> detail) {}
}
