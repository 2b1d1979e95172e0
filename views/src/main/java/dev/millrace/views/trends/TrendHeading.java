package dev.millrace.views.trends;

import dev.millrace.views.charts.Heading;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What exported trends are of. Any thread may call.
final class TrendHeading {

  /// More sensors are counted, since the charts name them.
  private static final int MOST_NAMES = 3;

  private TrendHeading() {}

  /// Whose course, of what, and over which span.
  static Heading of(List<Pane> panes, Clock clock) {
    if (panes.isEmpty()) {
      return new Heading("Trends", "");
    }
    List<String> names = panes.stream().flatMap(pane -> pane.entities().stream()).toList();
    String whose =
        names.size() <= MOST_NAMES
            ? String.join(", ", names)
            : Figures.counted(names.size(), "sensor");
    String kinds =
        panes.stream()
            .map(pane -> Names.spoken(pane.kind()).toLowerCase(Locale.ENGLISH))
            .collect(Collectors.joining(", "));
    Pane first = panes.getFirst();
    return new Heading(
        kinds.substring(0, 1).toUpperCase(Locale.ENGLISH) + kinds.substring(1) + " of " + whose,
        clock.span(
            Instant.ofEpochMilli(first.picture().from()),
            Instant.ofEpochMilli(first.picture().to())));
  }
}
