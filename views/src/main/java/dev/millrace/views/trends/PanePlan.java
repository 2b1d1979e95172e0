package dev.millrace.views.trends;

import dev.millrace.engine.history.Course;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.History;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.pipeline.ValueRange;
import dev.millrace.views.anomalies.AnomalyWords;
import dev.millrace.views.charts.TrendPicture;
import dev.millrace.views.charts.TrendPicture.Line;
import dev.millrace.views.charts.TrendPicture.Mark;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Puts lines into panes, one per kind.
///
/// @param known what each said last, by name; who is not in it has no line
/// @param colours number of the colour by name, in the order of the lines
/// @param courses what the lake tells, by name
/// @param live what is live of one
/// @param ranges physical range per kind
/// @param until what is live later than this, in microseconds, is left out
/// @param from begin of the span on show, in epoch milliseconds
/// @param to its end
record PanePlan(
    Map<String, Latest> known,
    Map<String, Integer> colours,
    Map<String, Course> courses,
    Function<String, Optional<History>> live,
    Map<String, ValueRange> ranges,
    long until,
    long from,
    long to) {

  List<Pane> panes() {
    Map<String, List<Latest>> byKind = new TreeMap<>();
    for (String entity : colours.keySet()) {
      Latest latest = known.get(entity);
      if (latest != null) {
        byKind.computeIfAbsent(latest.kind(), _ -> new ArrayList<>()).add(latest);
      }
    }
    return byKind.entrySet().stream().map(e -> pane(e.getKey(), e.getValue())).toList();
  }

  private Pane pane(String kind, List<Latest> entities) {
    List<Line> lines = new ArrayList<>();
    List<long[]> times = new ArrayList<>();
    Map<Mark, Anomaly> marks = new LinkedHashMap<>();
    for (Latest latest : entities) {
      String entity = latest.entity();
      Lines points =
          Lines.of(
              Optional.ofNullable(courses.get(entity)),
              live.apply(entity),
              latest,
              Optional.ofNullable(ranges.get(kind)),
              until);
      for (Anomaly anomaly : points.anomalies()) {
        marks.put(mark(lines.size(), anomaly), anomaly);
      }
      lines.add(
          new Line(entity, points.millis(), points.values(), colours.getOrDefault(entity, 0)));
      times.add(points.micros());
    }
    List<Map.Entry<Mark, Anomaly>> gravestLast =
        marks.entrySet().stream()
            .sorted(Comparator.comparing((Map.Entry<Mark, Anomaly> e) -> e.getKey().tone()))
            .toList();
    return new Pane(
        kind,
        new TrendPicture(
            lines,
            TrendPicture.Band.NONE,
            from,
            to,
            Double.NaN,
            Double.NaN,
            entities.getLast().unit(),
            gravestLast.stream().map(Map.Entry::getKey).toList()),
        entities.stream().map(Latest::entity).toList(),
        List.copyOf(times),
        gravestLast.stream().map(Map.Entry::getValue).toList());
  }

  private static Mark mark(int line, Anomaly anomaly) {
    boolean unjudged = anomaly.reason().equals(Lines.UNJUDGED);
    Tone tone = unjudged ? Tone.WARNING : AnomalyWords.tone(Gravity.of(anomaly));
    String cause = unjudged ? "Out of line, not yet in Silver" : AnomalyWords.cause(anomaly);
    return new Mark(
        line,
        anomaly.time().toEpochMilli(),
        anomaly.value(),
        tone,
        anomaly.entity()
            + "   "
            + Figures.reading(anomaly.value(), anomaly.unit())
            + "\n"
            + cause
            + "\nClick to follow this reading");
  }
}
