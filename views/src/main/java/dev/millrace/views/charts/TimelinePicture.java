package dev.millrace.views.charts;

import dev.millrace.views.theme.Tone;
import java.util.List;

/// What a timeline shows. Times are epoch milliseconds.
///
/// @param lanes names from top to bottom
/// @param counts anomalies per lane, for the names; there may be more than marks
/// @param marks in painting order: the gravest last
/// @param from first time shown
/// @param to last time shown
public record TimelinePicture(
    List<String> lanes, List<Long> counts, List<Mark> marks, long from, long to) {

  public static final TimelinePicture EMPTY =
      new TimelinePicture(List.of(), List.of(), List.of(), 0, 3_600_000);

  public TimelinePicture {
    lanes = List.copyOf(lanes);
    counts = List.copyOf(counts);
    marks = List.copyOf(marks);
  }

  /// One event.
  ///
  /// @param weight 0 slight to 1 grave
  public record Mark(int lane, long time, double weight, Tone tone, Detail detail) {}

  /// Tells a mark's words when somebody points at it.
  @FunctionalInterface
  public interface Detail {
    String text();
  }
}
