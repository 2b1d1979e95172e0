package dev.millrace.engine.history;

import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A feed's readings as the lake holds them, by event time.
///
/// Silver tells what it has judged; Bronze tells what came after Silver was built, not judged yet.
/// Any thread may call; each call reads on a session of its own and takes from some milliseconds to
/// seconds, so never on a thread that draws. Every failure is a {@link
/// dev.millrace.engine.error.MillraceException}.
public interface ReadingHistory {

  /// Event times the lake spans, as its files tell; empty without readings.
  Optional<Extent> extent();

  /// The courses of some entities, in the order asked for; one without a reading in the span has no
  /// points. Where Silver has not judged, the anomalies are those the live state saw.
  List<Course> courses(CourseQuery query);

  /// What was the case at a time, as far as the quarter of an hour before it tells: the latest
  /// reading and condition of each entity, and the anomalies of the hour before. Series, zones,
  /// places and rates are empty.
  LiveSnapshot at(Instant time);

  /// The anomalies of a span, as far as Silver has judged it.
  AnomalyPage anomalies(AnomalyQuery query);

  /// Those of a span that came after what Silver had judged, as the live state saw them: all of
  /// them, up to {@link LiveSnapshot#MOST_UNJUDGED}. Quick, for the lake is not asked.
  ///
  /// @param after {@link AnomalyPage#until} of what this is to be added to
  AnomalyPage unjudged(AnomalyQuery query, Optional<Instant> after);

  /// How many anomalies there were, in equal slots of a span.
  AnomalyCounts counts(Instant from, Instant to, int slots);

  /// What the hours before a moment were like: minute averages, anomalies, and how many.
  Retrospect retrospect(RetrospectQuery query);

  /// The way of the reading an entity had at a time; empty when the lake does not hold it.
  ///
  /// @param time its event time, to the microsecond
  Optional<ReadingTrace> follow(String entity, Instant time);

  /// @param first earliest event time, or a little before
  /// @param last latest event time, or a little after
  record Extent(Instant first, Instant last) {}

  /// @param critical per slot those out of range, oldest slot first; read only
  /// @param other per slot the rest; read only
  record AnomalyCounts(Instant from, Instant to, long[] critical, long[] other) {

    public long total() {
      long sum = 0;
      for (int i = 0; i < critical.length; i++) {
        sum += critical[i] + other[i];
      }
      return sum;
    }
  }

  /// @param anomalies newest first, at most as many as asked for
  /// @param total how many there are in all
  /// @param peaks of all, by time, when there are more than asked for; otherwise none
  /// @param until the newest event Silver has judged, whether or not it is of the span
  record AnomalyPage(
      List<LiveSnapshot.Anomaly> anomalies,
      long total,
      List<AnomalyPeak> peaks,
      Optional<Instant> until) {

    public static final AnomalyPage NONE =
        new AnomalyPage(List.of(), 0, List.of(), Optional.empty());

    public AnomalyPage {
      anomalies = List.copyOf(anomalies);
      peaks = List.copyOf(peaks);
    }
  }

  /// The anomalies of one group in one slot of the {@link PeakGrid} of the span asked for.
  ///
  /// @param from first time of the slot
  /// @param to end of the slot
  /// @param counts how many of each gravity; one that is missing has none
  /// @param gravest the one that stands for all
  record AnomalyPeak(
      String group,
      Instant from,
      Instant to,
      Map<Gravity, Long> counts,
      LiveSnapshot.Anomaly gravest) {
    public AnomalyPeak {
      counts = Map.copyOf(counts);
    }

    public long count() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
