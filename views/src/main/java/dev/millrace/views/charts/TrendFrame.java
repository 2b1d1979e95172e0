package dev.millrace.views.charts;

/// Where times and values lie within a trend's plot.
///
/// @param from first time, in epoch milliseconds
/// @param low value of the lower edge
record TrendFrame(
    double left,
    double top,
    double width,
    double height,
    long from,
    long to,
    double low,
    double high) {

  double x(long time) {
    return left + width * (time - from) / Math.max(1.0, (double) (to - from));
  }

  /// Values beyond an edge lie on it.
  double y(double value) {
    return top + height * (1 - Math.clamp((value - low) / (high - low), 0, 1));
  }

  long time(double x) {
    return from + Math.round((x - left) / width * (to - from));
  }

  double right() {
    return left + width;
  }

  double foot() {
    return top + height;
  }

  boolean holds(long time) {
    return time >= from && time <= to;
  }
}
