package dev.millrace.views.charts;

import dev.millrace.views.theme.Tone;
import java.util.List;

/// What a trend shows: lines over time, a band behind them, and marks on them. Times are epoch
/// milliseconds.
///
/// @param from first time shown
/// @param to last time shown
/// @param low value of the lower edge; NaN for the lowest shown
/// @param high value of the upper edge; NaN for the highest shown
/// @param spread lowest and highest of all places; its arrays are empty for none
/// @param marks in painting order: the gravest last
public record TrendPicture(
    List<Line> lines,
    Band spread,
    long from,
    long to,
    double low,
    double high,
    String unit,
    List<Mark> marks) {

  public static final TrendPicture EMPTY =
      new TrendPicture(List.of(), Band.NONE, 0, 3_600_000, 0, 1, "");

  public TrendPicture {
    lines = List.copyOf(lines);
    marks = List.copyOf(marks);
  }

  /// Without marks.
  public TrendPicture(
      List<Line> lines, Band spread, long from, long to, double low, double high, String unit) {
    this(lines, spread, from, to, low, high, unit, List.of());
  }

  /// The same over another span, with edges that follow what is shown.
  public TrendPicture over(long nextFrom, long nextTo) {
    return new TrendPicture(lines, spread, nextFrom, nextTo, Double.NaN, Double.NaN, unit, marks);
  }

  /// @param times ascending; read only
  /// @param values beside `times`; NaN for none; read only
  /// @param colour number of its colour, from 0
  public record Line(String name, long[] times, double[] values, int colour) {}

  /// @param times ascending; read only
  public record Band(long[] times, double[] low, double[] high) {
    public static final Band NONE = new Band(new long[0], new double[0], new double[0]);
  }

  /// Something to be told about a point.
  ///
  /// @param line number of the line, from 0
  public record Mark(int line, long time, double value, Tone tone, String detail) {}
}
