package dev.millrace.views.charts;

/// Where a timeline's lanes and times stand on its canvas, in pixels. Any thread may call.
///
/// @param left where the plot begins
/// @param top where the first lane begins
/// @param width of the plot
/// @param laneHeight of each lane
/// @param from epoch milliseconds at the left
/// @param to epoch milliseconds at the right
record TimelineFrame(double left, double top, double width, double laneHeight, long from, long to) {

  static final TimelineFrame NONE = new TimelineFrame(0, 0, 1, 1, 0, 1);

  double x(long time) {
    return left + Math.clamp((time - from) / Math.max(1.0, (double) (to - from)), 0, 1) * width;
  }

  double middle(int lane) {
    return top + (lane + 0.5) * laneHeight;
  }

  /// Where piles of a lane stand, so that the lane below keeps its distance.
  double foot(int lane) {
    return Math.round(top + (lane + 1) * laneHeight - Math.min(4, laneHeight * 0.1));
  }
}
