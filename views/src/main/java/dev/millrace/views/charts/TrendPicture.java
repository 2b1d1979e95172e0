package dev.millrace.views.charts;

import java.util.List;

/// What a trend shows: lines over epoch minutes, and a band behind them.
///
/// @param from first minute shown
/// @param to last minute shown
/// @param low value of the lower edge
/// @param high value of the upper edge
/// @param spread lowest and highest of all places; its arrays are empty for none
public record TrendPicture(
    List<Line> lines, Band spread, long from, long to, double low, double high, String unit) {

  public static final TrendPicture EMPTY = new TrendPicture(List.of(), Band.NONE, 0, 60, 0, 1, "");

  public TrendPicture {
    lines = List.copyOf(lines);
  }

  /// @param minutes epoch minutes, ascending; read only
  public record Line(String name, long[] minutes, double[] values) {}

  /// @param minutes epoch minutes, ascending; read only
  public record Band(long[] minutes, double[] low, double[] high) {
    public static final Band NONE = new Band(new long[0], new double[0], new double[0]);
  }
}
