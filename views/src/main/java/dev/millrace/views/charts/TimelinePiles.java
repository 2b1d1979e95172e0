package dev.millrace.views.charts;

import dev.millrace.views.charts.TimelinePicture.Pile;
import dev.millrace.views.charts.TimelinePicture.Share;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.paint.Color;

/// The piles of a timeline: columns on their lanes' feet, all to one scale, so that the crowded
/// times and lanes stand out. FX thread only.
///
/// @param most how many the highest pile holds
record TimelinePiles(TimelineFrame frame, List<Pile> piles, long most) {

  static final TimelinePiles NONE = new TimelinePiles(TimelineFrame.NONE, List.of(), 1);

  /// Of a lane's height, what the highest pile takes.
  private static final double FULL = 0.84;

  /// Pixels by which even the smallest pile is seen.
  private static final double LEAST = 2;

  static TimelinePiles of(TimelineFrame frame, List<Pile> piles) {
    return new TimelinePiles(frame, piles, piles.stream().mapToLong(Pile::count).max().orElse(1));
  }

  void paint(Pen g, Function<Tone, Color> colours) {
    g.setGlobalAlpha(0.85);
    for (Pile pile : piles) {
      double height = height(pile);
      double y = frame.foot(pile.gravest().lane());
      for (Share share : pile.shares()) {
        double part = height * share.count() / pile.count();
        y -= part;
        g.setFill(colours.apply(share.tone()));
        g.fillRect(left(pile), y, right(pile) - left(pile), part);
      }
    }
    g.setGlobalAlpha(1);
  }

  /// A frame around a pile; its line is as thick as the pen has it.
  void outline(Pen g, Pile pile) {
    double foot = frame.foot(pile.gravest().lane());
    double height = height(pile);
    g.strokeRoundRect(
        left(pile) - 2, foot - height - 2, right(pile) - left(pile) + 4, height + 4, 3, 3);
  }

  /// The pile in whose lane and time a point lies.
  Optional<Pile> at(double x, double y) {
    return piles.stream()
        .filter(pile -> x >= left(pile) - 1 && x < right(pile) + 1)
        .filter(pile -> Math.abs(y - frame.middle(pile.gravest().lane())) <= frame.laneHeight() / 2)
        .findFirst();
  }

  private double height(Pile pile) {
    return Math.max(LEAST, frame.laneHeight() * FULL * Math.sqrt((double) pile.count() / most));
  }

  private double left(Pile pile) {
    return frame.x(pile.from());
  }

  /// A pixel short of the next one, where there is room for that.
  private double right(Pile pile) {
    double end = frame.x(pile.to());
    return Math.max(left(pile) + 1, end - left(pile) > 3 ? end - 1 : end);
  }
}
