package dev.millrace.views.charts;

import dev.millrace.views.theme.Tone;
import java.util.List;

/// What a timeline shows.
///
/// @param lanes names from top to bottom
/// @param counts anomalies per lane, for the names; there may be more than marks
/// @param marks in painting order: the gravest last
/// @param from first epoch minute shown
/// @param to last epoch minute shown
public record TimelinePicture(
    List<String> lanes, List<Long> counts, List<Mark> marks, long from, long to) {

  public static final TimelinePicture EMPTY =
      new TimelinePicture(List.of(), List.of(), List.of(), 0, 60);

  public TimelinePicture {
    lanes = List.copyOf(lanes);
    counts = List.copyOf(counts);
    marks = List.copyOf(marks);
  }

  /// One event.
  ///
  /// @param minute epoch minute, with its fraction
  /// @param weight 0 slight to 1 grave
  public record Mark(int lane, double minute, double weight, Tone tone, Detail detail) {}

  /// Tells a mark's words when somebody points at it.
  @FunctionalInterface
  public interface Detail {
    String text();
  }
}
