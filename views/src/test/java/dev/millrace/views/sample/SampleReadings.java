package dev.millrace.views.sample;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.history.AnomalyQuery;
import dev.millrace.engine.history.Course;
import dev.millrace.engine.history.CourseQuery;
import dev.millrace.engine.history.PeakGrid;
import dev.millrace.engine.history.ReadingHistory;
import dev.millrace.engine.history.ReadingTrace;
import dev.millrace.engine.history.ReadingTrace.Coordinates;
import dev.millrace.engine.history.ReadingTrace.Event;
import dev.millrace.engine.history.ReadingTrace.Field;
import dev.millrace.engine.history.ReadingTrace.Here;
import dev.millrace.engine.history.ReadingTrace.Loaded;
import dev.millrace.engine.history.ReadingTrace.Missing;
import dev.millrace.engine.history.ReadingTrace.ScoreWindow;
import dev.millrace.engine.history.ReadingTrace.Since;
import dev.millrace.engine.history.ReadingTrace.Stored;
import dev.millrace.engine.history.Retrospect;
import dev.millrace.engine.history.RetrospectQuery;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.model.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The past of the made-up building: eight days before its newest event. Any thread may call.
///
/// @param empty whether there is none
/// @param judged whether Silver stands, which tells of anomalies
/// @param broken whether looking fails
record SampleReadings(
    SampleBuilding building, Instant newest, boolean empty, boolean judged, boolean broken)
    implements ReadingHistory {

  private static final Duration KEPT = Duration.ofDays(8);
  private static final Duration SINCE_SILVER = Duration.ofMinutes(20);
  private static final long SECOND = 1_000_000;

  private List<Anomaly> told() {
    return judged ? building.anomalies(newest) : List.of();
  }

  private void look() {
    if (broken) {
      throw new MillraceException(
          ErrorCode.LAKE,
          "silver.readings is damaged: a file of version 412 is missing",
          "restore the table to an earlier version in the room Lake");
    }
  }

  @Override
  public Optional<Extent> extent() {
    look();
    return empty ? Optional.empty() : Optional.of(new Extent(newest.minus(KEPT), newest));
  }

  @Override
  public List<Course> courses(CourseQuery query) {
    look();
    return query.entities().stream().map(entity -> course(entity, query)).toList();
  }

  private Course course(String entity, CourseQuery query) {
    Latest latest =
        building.at(newest, 0).latest().stream()
            .filter(l -> l.entity().equals(entity))
            .findFirst()
            .orElseThrow();
    long from = Math.max(query.from().getEpochSecond(), newest.minus(KEPT).getEpochSecond());
    long to = Math.min(query.to().getEpochSecond(), newest.getEpochSecond());
    long step = Math.max(10, (to - from) / Math.min(query.most(), 2_400));
    int count = (int) Math.max(0, (to - from) / step + 1);
    long[] times = new long[count];
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      long second = from + i * step;
      times[i] = second * SECOND;
      values[i] = building.reading(entity, Instant.ofEpochSecond(second));
    }
    List<Anomaly> anomalies =
        building.anomalies(newest).stream()
            .filter(a -> a.entity().equals(entity))
            .filter(a -> !a.time().isBefore(query.from()) && !a.time().isAfter(query.to()))
            .toList()
            .reversed();
    for (Anomaly anomaly : anomalies) {
      int at = (int) ((anomaly.time().getEpochSecond() - from) / step);
      if (at >= 0 && at < count) {
        values[at] = anomaly.value();
      }
    }
    return new Course(
        entity,
        latest.kind(),
        latest.place(),
        latest.unit(),
        times,
        values,
        step > 10 ? (to - from) / 10 : count,
        anomalies.size(),
        anomalies);
  }

  @Override
  public LiveSnapshot at(Instant time) {
    look();
    LiveSnapshot then = building.at(time, 0);
    return new LiveSnapshot(
        then.newest(),
        then.latest(),
        List.of(),
        then.anomalies(),
        List.of(),
        new double[0],
        0,
        then.conditions(),
        List.of(),
        List.of(),
        0);
  }

  @Override
  public AnomalyPage anomalies(AnomalyQuery query) {
    look();
    return judged
        ? page(query, a -> !a.time().isAfter(until()), Optional.of(until()))
        : AnomalyPage.NONE;
  }

  @Override
  public AnomalyPage unjudged(AnomalyQuery query, Optional<Instant> after) {
    Instant since = after.orElse(Instant.MIN);
    return page(query, a -> a.time().isAfter(since), Optional.empty());
  }

  private Instant until() {
    return newest.minus(SINCE_SILVER);
  }

  private AnomalyPage page(AnomalyQuery query, Predicate<Anomaly> more, Optional<Instant> until) {
    List<Anomaly> found =
        building.anomalies(newest).stream().filter(query::wants).filter(more).toList();
    return new AnomalyPage(
        found.subList(0, Math.min(query.most(), found.size())),
        found.size(),
        found.size() > query.most() ? peaks(found, query) : List.of(),
        until);
  }

  private static List<AnomalyPeak> peaks(List<Anomaly> found, AnomalyQuery query) {
    PeakGrid grid = PeakGrid.of(query.from(), query.to());
    Map<Instant, Map<String, List<Anomaly>>> slots = new TreeMap<>();
    for (Anomaly anomaly : found) {
      slots
          .computeIfAbsent(grid.begin(anomaly.time()), _ -> new TreeMap<>())
          .computeIfAbsent(query.grouping().of(anomaly), _ -> new ArrayList<>())
          .add(anomaly);
    }
    List<AnomalyPeak> peaks = new ArrayList<>();
    slots.forEach(
        (begin, groups) ->
            groups.forEach(
                (group, of) ->
                    peaks.add(
                        new AnomalyPeak(
                            group,
                            begin,
                            grid.end(begin),
                            of.stream()
                                .collect(Collectors.groupingBy(Gravity::of, Collectors.counting())),
                            of.stream()
                                .max(
                                    Comparator.comparing(Gravity::of)
                                        .thenComparingDouble(
                                            a -> Double.isNaN(a.score()) ? 0 : a.score()))
                                .orElseThrow()))));
    return peaks;
  }

  @Override
  public AnomalyCounts counts(Instant from, Instant to, int slots) {
    long[] critical = new long[slots];
    long[] other = new long[slots];
    double width = Duration.between(from, to).toMillis() / (double) slots;
    for (Anomaly anomaly : told()) {
      int slot = (int) (Duration.between(from, anomaly.time()).toMillis() / width);
      if (slot >= 0 && slot < slots) {
        (Gravity.of(anomaly) == Gravity.CRITICAL ? critical : other)[slot]++;
      }
    }
    return new AnomalyCounts(from, to, critical, other);
  }

  @Override
  public Retrospect retrospect(RetrospectQuery query) {
    look();
    Instant from = query.to().minus(query.back());
    List<Anomaly> before =
        building.anomalies(newest).stream().filter(a -> !a.time().isAfter(query.to())).toList();
    return new Retrospect(
        building.at(query.to(), 0).series().stream()
            .filter(s -> s.kind().equals(query.kind()))
            .toList(),
        before.stream().filter(a -> !a.time().isBefore(from)).limit(query.most()).toList(),
        SampleBuilding.counts(before, query.to()));
  }

  @Override
  public Optional<ReadingTrace> follow(String entity, Instant time) {
    look();
    if (time.isAfter(newest.minusSeconds(30))) {
      return Optional.empty();
    }
    Optional<Anomaly> anomaly =
        building.anomalies(newest).stream()
            .filter(a -> a.entity().equals(entity) && a.time().equals(time))
            .findFirst();
    Latest latest =
        building.at(newest, 0).latest().stream()
            .filter(l -> l.entity().equals(entity))
            .findFirst()
            .orElseThrow();
    double value = anomaly.map(Anomaly::value).orElseGet(() -> building.reading(entity, time));
    long[] times = new long[76];
    double[] values = new double[76];
    double mean = 0;
    for (int i = 0; i < 76; i++) {
      Instant at = time.plusSeconds((i - 60) * 10L);
      times[i] = at.getEpochSecond() * SECOND;
      values[i] = i == 60 ? value : building.reading(entity, at);
      mean += i < 60 ? values[i] / 60 : 0;
    }
    double squares = 0;
    for (int i = 0; i < 60; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    double deviation = Math.sqrt(squares / 59);
    double score = (value - mean) / deviation;
    return Optional.of(
        new ReadingTrace(
            entity,
            time,
            new Event(
                Optional.of(new Coordinates("sensor-events", 1, 2_881_402)),
                new Here<>(
                    ("{\"sensor_id\":\"%s\",\"sensor_type\":\"%s\",\"location\":\"%s\",\"value\":%.2f,"
                            + "\"unit\":\"%s\",\"event_time\":\"%s\"}")
                        .formatted(
                            entity, latest.kind(), latest.place(), value, latest.unit(), time))),
            new Here<>(bronze(latest, value, time)),
            new Here<>(silver(latest, value, time, score, anomaly)),
            Optional.of(new ScoreWindow(times, values, 60, mean, deviation, 4)),
            List.of(gold(latest, mean, time)),
            List.of(
                new Loaded(
                    "fact_sensor_5min",
                    SamplePipeline.FIVE_MINUTES,
                    new Here<>(gold(latest, mean, time).fields())),
                new Loaded(
                    "fact_location_hourly",
                    SamplePipeline.HOURLY,
                    new Missing<>("It was not loaded into fact_location_hourly yet.")))));
  }

  private static Stored bronze(Latest latest, double value, Instant time) {
    List<Field> fields = new ArrayList<>(event(latest, value, time));
    fields.addAll(coordinates(time));
    return stored(SamplePipeline.BRONZE, 8_140, time, fields);
  }

  private static Stored silver(
      Latest latest, double value, Instant time, double score, Optional<Anomaly> anomaly) {
    List<Field> fields = new ArrayList<>(event(latest, value, time));
    fields.add(new Field("z_score", String.format(Locale.ROOT, "%.4f", score)));
    fields.add(new Field("is_anomaly", Boolean.toString(anomaly.isPresent())));
    fields.add(new Field("anomaly_reason", anomaly.map(Anomaly::reason).orElse("")));
    fields.addAll(coordinates(time));
    fields.add(new Field("source_file", "part-00000-7f0c2a51.zstd.parquet"));
    fields.add(new Field("pipeline_version", "1.0.0"));
    return stored(SamplePipeline.SILVER, 412, time, fields);
  }

  private static Stored gold(Latest latest, double mean, Instant time) {
    Instant start = Instant.ofEpochSecond(time.getEpochSecond() / 300 * 300);
    return stored(
        SamplePipeline.FIVE_MINUTES,
        411,
        time,
        List.of(
            new Field("sensor_id", latest.entity()),
            new Field("window_start", start.toString()),
            new Field("window_end", start.plusSeconds(300).toString()),
            new Field("avg_value", String.format(Locale.ROOT, "%.4f", mean)),
            new Field("reading_count", "30"),
            new Field("anomaly_count", "1"),
            new Field("health_percent", "96.67")));
  }

  private static List<Field> event(Latest latest, double value, Instant time) {
    return List.of(
        new Field("sensor_id", latest.entity()),
        new Field("sensor_type", latest.kind()),
        new Field("location", latest.place()),
        new Field("value", String.format(Locale.ROOT, "%.2f", value)),
        new Field("unit", latest.unit()),
        new Field("event_time", time.toString()));
  }

  private static List<Field> coordinates(Instant time) {
    return List.of(
        new Field("ingestion_time", time.plusMillis(412).toString()),
        new Field("kafka_topic", "sensor-events"),
        new Field("kafka_partition", "1"),
        new Field("kafka_offset", "2881402"));
  }

  private static Stored stored(TableName table, long version, Instant time, List<Field> fields) {
    String file = "part-00000-7f0c2a51.zstd.parquet";
    return new Stored(
        table,
        file,
        "lake/building-sensors/" + table.toString().replace('.', '/') + "/" + file,
        Optional.of(new Since(version, time.plusSeconds(25))),
        fields);
  }
}
