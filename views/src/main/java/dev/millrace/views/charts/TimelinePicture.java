package dev.millrace.views.charts;

import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.stream.Stream;

/// What a timeline shows. Times are epoch milliseconds.
///
/// @param lanes names from top to bottom
/// @param counts anomalies per lane, for the names; there may be more than marks
/// @param marks in painting order: the gravest last
/// @param piles of those that are too many to have a mark each
/// @param from first time shown
/// @param to last time shown
public record TimelinePicture(
    List<String> lanes, List<Long> counts, List<Mark> marks, List<Pile> piles, long from, long to) {

  public static final TimelinePicture EMPTY =
      new TimelinePicture(List.of(), List.of(), List.of(), List.of(), 0, 3_600_000);

  public TimelinePicture {
    lanes = List.copyOf(lanes);
    counts = List.copyOf(counts);
    marks = List.copyOf(marks);
    piles = List.copyOf(piles);
  }

  public boolean isEmpty() {
    return marks.isEmpty() && piles.isEmpty();
  }

  /// All that can be pointed at: each mark, and of each pile the one that stands for it.
  public Stream<Mark> stops() {
    return Stream.concat(marks.stream(), piles.stream().map(Pile::gravest));
  }

  /// One event.
  ///
  /// @param weight 0 slight to 1 grave
  public record Mark(int lane, long time, double weight, Tone tone, Detail detail) {}

  /// The events of a lane and a slot of time.
  ///
  /// @param gravest the one that stands for all
  /// @param shares how many of each tone, in the order they are piled up
  public record Pile(Mark gravest, long from, long to, List<Share> shares) {
    public Pile {
      shares = List.copyOf(shares);
    }

    public long count() {
      return shares.stream().mapToLong(Share::count).sum();
    }
  }

  public record Share(Tone tone, long count) {}

  /// Tells a mark's words when somebody points at it.
  @FunctionalInterface
  public interface Detail {
    String text();
  }
}
