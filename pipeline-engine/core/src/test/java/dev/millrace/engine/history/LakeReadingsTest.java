package dev.millrace.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.Micros;
import dev.millrace.engine.history.AnomalyQuery.Grouping;
import dev.millrace.engine.history.ReadingHistory.AnomalyCounts;
import dev.millrace.engine.history.ReadingHistory.AnomalyPage;
import dev.millrace.engine.history.ReadingHistory.AnomalyPeak;
import dev.millrace.engine.history.ReadingHistory.Extent;
import dev.millrace.engine.history.ReadingTrace.Coordinates;
import dev.millrace.engine.history.ReadingTrace.Field;
import dev.millrace.engine.history.ReadingTrace.Here;
import dev.millrace.engine.history.ReadingTrace.Missing;
import dev.millrace.engine.history.ReadingTrace.ScoreWindow;
import dev.millrace.engine.history.ReadingTrace.Stored;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import dev.millrace.engine.live.LiveSnapshot.Condition;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.live.LiveSnapshot.Series;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.TransformFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two hours of three sensors on Delta tables, of which Silver has taken in all but the last twenty
/// minutes.
class LakeReadingsTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant BUILT = START.plusSeconds(6_000);
  private static final Instant END = START.plusSeconds(7_200);

  @TempDir Path folder;

  private TransformFixture lake;
  private ReadingHistory readings;
  private final Map<Long, byte[]> topic = new LinkedHashMap<>();
  private final List<Anomaly> unjudged = new ArrayList<>();
  private boolean warehouseDown;

  @BeforeEach
  void fill() {
    lake =
        new TransformFixture(
            folder, new DeltaLake(folder.resolve("lake"), "test", InstantSource.system()));
    append(0, 3_000);
    append(3_000, 6_000);
    lake.build("silver.readings");
    lake.build("gold.sensor_5min");
    lake.build("gold.location_hourly");
    append(6_000, 7_201);
    readings =
        LakeReadings.of(
                lake.pipeline,
                lake.pipeline.feeds().getFirst(),
                lake.lake,
                lake.engine,
                (name, partition, offset) -> Optional.ofNullable(topic.get(offset)),
                (table, key) -> {
                  if (warehouseDown) {
                    throw new MillraceException(
                        ErrorCode.SERVICE, "PostgreSQL gives no answer", "start it");
                  }
                  return table.target().equals("fact_sensor_5min")
                      ? Optional.of(new LinkedHashMap<>(key))
                      : Optional.empty();
                },
                after -> unjudged.stream().filter(a -> a.time().isAfter(after)).toList())
            .orElseThrow();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  /// One reading a second of each sensor; every 500th of `t1` jumps far, one of `h1` is out of
  /// range.
  private void append(int from, int to) {
    try (SqlSession session = lake.engine.session()) {
      lake.append(
          session,
          """
          SELECT s.name AS sensor_id, s.kind AS sensor_type, s.place AS location,
            CASE WHEN s.name = 't1' AND i %% 500 = 499 THEN 60e0
                 WHEN s.name = 'h1' AND i = 3000 THEN 140e0
                 ELSE s.base + sin(i / 300e0) + (i %% 7) * 0.01e0 END AS value,
            s.unit AS unit, timestamp_micros(%1$d + i * 1000000) AS event_time,
            timestamp_micros(%1$d + i * 1000000) AS ingestion_time,
            'sensor-events' AS kafka_topic, s.number AS kafka_partition, CAST(i AS bigint) AS kafka_offset,
            CAST(timestamp_micros(%1$d + i * 1000000) AS date) AS event_date
          FROM range(%2$d, %3$d) AS r(i), (VALUES
            ('t1', 'temperature', 'floor-1/zone-1', '°C', 21e0, 0),
            ('t2', 'temperature', 'floor-2/zone-1', '°C', 24e0, 1),
            ('h1', 'humidity', 'floor-1/zone-1', '%%', 45e0, 2)) AS s(name, kind, place, unit, base, number)
          """
              .formatted(Micros.of(START), from, to));
    }
  }

  @Test
  void theExtentIsThatOfBronzeAndSilver() {
    Extent extent = readings.extent().orElseThrow();
    assertThat(extent.first()).isEqualTo(START);
    assertThat(extent.last()).isBetween(END, END.plusMillis(1));
  }

  @Test
  void aCourseHasEveryReadingWhenThereIsRoom() {
    List<Course> courses =
        readings.courses(
            new CourseQuery(
                List.of("t1", "nobody"), BUILT.minusSeconds(99), BUILT.plusSeconds(100), 1_000));

    assertThat(courses).extracting(Course::entity).containsExactly("t1", "nobody");
    Course course = courses.getFirst();
    assertThat(course.times()).hasSize(200).isSorted();
    assertThat(course.readings()).isEqualTo(200);
    assertThat(course.unit()).isEqualTo("°C");
    assertThat(course.anomalies()).extracting(Anomaly::time).containsExactly(BUILT.minusSeconds(1));
    assertThat(courses.getLast().times()).isEmpty();
  }

  @Test
  void whatSilverHasNotJudgedIsMarkedAsTheLiveStateSawIt() {
    unjudged.add(anomaly("t1", BUILT.minusSeconds(1)));
    unjudged.add(anomaly("t1", BUILT.plusSeconds(499)));
    unjudged.add(anomaly("t2", BUILT.plusSeconds(600)));
    unjudged.add(anomaly("t1", END.plusSeconds(1)));
    Course course =
        readings
            .courses(new CourseQuery(List.of("t1"), BUILT.minusSeconds(99), END, 10_000))
            .getFirst();
    assertThat(course.anomalies())
        .as("neither twice, nor of another, nor beyond the last point")
        .extracting(Anomaly::time)
        .containsExactly(BUILT.minusSeconds(1), BUILT.plusSeconds(499));
    assertThat(course.anomalous()).isEqualTo(2);

    for (int second = 1; second < 1_200; second++) {
      unjudged.add(anomaly("t1", BUILT.plusSeconds(second)));
    }
    Course many = readings.courses(new CourseQuery(List.of("t1"), BUILT, END, 10_000)).getFirst();
    assertThat(many.anomalous()).isEqualTo(1_200);
    assertThat(many.anomalies()).hasSize(600).extracting(Anomaly::time).isSorted();
  }

  private static Anomaly anomaly(String entity, Instant time) {
    return new Anomaly(time, entity, "temperature", "floor-1/zone-1", "°C", 60, "ZSCORE", 12);
  }

  @Test
  void aCourseInFewPointsKeepsItsLowestAndHighest() {
    Course course = readings.courses(new CourseQuery(List.of("t1"), START, END, 100)).getFirst();

    assertThat(course.readings()).isEqualTo(7_201);
    assertThat(course.times().length).isBetween(50, 104);
    assertThat(course.times()).isSorted();
    assertThat(Arrays.stream(course.values()).max().orElseThrow()).isEqualTo(60.0);
    assertThat(Arrays.stream(course.values()).min().orElseThrow())
        .isEqualTo(lowest(), within(1e-9));
  }

  private double lowest() {
    return Double.parseDouble(
        String.valueOf(
            lake.rows("SELECT min(value) AS v FROM bronze_sensor_events WHERE sensor_id = 't1'")
                .getFirst()
                .get("v")));
  }

  @Test
  void aTimeTellsEachSensorsLatestReadingAndCondition() {
    Instant time = START.plusSeconds(3_000);
    LiveSnapshot then = readings.at(time);

    assertThat(then.newest()).contains(time);
    assertThat(then.latest()).extracting(Latest::entity).containsExactly("h1", "t1", "t2");
    Latest humidity = then.latest().getFirst();
    assertThat(humidity.value()).isEqualTo(140);
    assertThat(humidity.anomalous()).isTrue();
    assertThat(humidity.time()).isEqualTo(time);
    Condition condition = then.conditions().getFirst();
    assertThat(condition.fiveMinutes().count()).isEqualTo(300);
    assertThat(condition.fiveMinutes().anomalies()).isEqualTo(1);
    assertThat(condition.freshness()).isEqualTo(1);
    assertThat(condition.health()).isEqualTo(299.0 / 300, within(1e-9));
    assertThat(then.anomalies().getFirst().entity()).isEqualTo("h1");
    assertThat(readings.at(START.minusSeconds(10)).latest()).isEmpty();
    assertThat(readings.at(END.plusSeconds(90)).conditions().getFirst().freshness())
        .isEqualTo(0.5, within(1e-9));
  }

  @Test
  void anomaliesAreFilteredAndCounted() {
    AnomalyPage all = readings.anomalies(AnomalyQuery.all(START, END, 5));
    assertThat(all.total()).isEqualTo(13);
    assertThat(all.anomalies()).hasSize(5);
    assertThat(all.anomalies().getFirst().time()).isEqualTo(START.plusSeconds(5_999));

    assertThat(found(Set.of("humidity"), Set.of(), Set.of(), Set.of())).isEqualTo(1);
    assertThat(found(Set.of(), Set.of("floor-1"), Set.of(), Set.of())).isEqualTo(13);
    assertThat(found(Set.of(), Set.of("floor-2"), Set.of(), Set.of())).isZero();
    assertThat(found(Set.of(), Set.of(), Set.of("ZSCORE"), Set.of())).isEqualTo(12);
    assertThat(found(Set.of(), Set.of(), Set.of(), Set.of(Gravity.CRITICAL))).isEqualTo(1);
    assertThat(found(Set.of(), Set.of(), Set.of(), Set.of(Gravity.WARNING, Gravity.NOTICE)))
        .isEqualTo(12);
    assertThat(found(Set.of("o'clock"), Set.of(), Set.of(), Set.of())).isZero();

    AnomalyCounts counts = readings.counts(START, END, 4);
    assertThat(counts.critical()).containsExactly(0, 1, 0, 0);
    assertThat(counts.other()).containsExactly(3, 4, 3, 2);
    assertThat(counts.total()).isEqualTo(13);
  }

  @Test
  void aCourseWithVeryManyAnomaliesTellsTheGravestOfEachStretch() {
    try (SqlSession session = lake.engine.session()) {
      lake.append(
          session,
          """
          SELECT 'h9' AS sensor_id, 'humidity' AS sensor_type, 'floor-9/zone-1' AS location,
            CASE WHEN i %% 2 = 0 THEN 140e0 ELSE 45e0 END AS value, '%%' AS unit,
            timestamp_micros(%1$d + i * 1000000) AS event_time,
            timestamp_micros(%1$d + i * 1000000) AS ingestion_time, 'sensor-events' AS kafka_topic,
            3 AS kafka_partition, CAST(i AS bigint) AS kafka_offset,
            CAST(timestamp_micros(%1$d + i * 1000000) AS date) AS event_date
          FROM range(0, 7200) AS r(i)
          """
              .formatted(Micros.of(START)));
    }
    lake.build("silver.readings");
    Course course = readings.courses(new CourseQuery(List.of("h9"), START, END, 1_000)).getFirst();
    assertThat(course.anomalous()).isEqualTo(3_600);
    assertThat(course.anomalies()).hasSize(600);
    assertThat(course.anomalies()).extracting(Anomaly::time).isSorted();
    assertThat(course.anomalies())
        .allSatisfy(a -> assertThat(Gravity.of(a)).isEqualTo(Gravity.CRITICAL));
    long middle = START.plusSeconds(3_600).getEpochSecond();
    assertThat(course.anomalies().stream().filter(a -> a.time().getEpochSecond() < middle).count())
        .isEqualTo(300);
  }

  @Test
  void moreThanAskedForAreToldByTheirPeaks() {
    AnomalyPage some = readings.anomalies(AnomalyQuery.all(START, END, 5));
    assertThat(some.peaks().stream().mapToLong(AnomalyPeak::count).sum()).isEqualTo(13);
    assertThat(some.peaks()).extracting(AnomalyPeak::group).contains("humidity", "temperature");
    assertThat(some.peaks())
        .allSatisfy(
            peak -> {
              assertThat(peak.gravest().time()).isBetween(peak.from(), peak.to());
              assertThat(peak.gravest().kind()).isEqualTo(peak.group());
            });
    assertThat(readings.anomalies(AnomalyQuery.all(START, END, 13)).peaks()).isEmpty();

    AnomalyPage byLevel =
        readings.anomalies(
            new AnomalyQuery(
                START,
                START.plus(Duration.ofDays(30)),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Grouping.LEVEL,
                1));
    assertThat(byLevel.peaks()).hasSize(1);
    AnomalyPeak all = byLevel.peaks().getFirst();
    assertThat(all.group()).isEqualTo("floor-1");
    assertThat(all.count()).isEqualTo(13);
    Map<Gravity, Long> one =
        readings.anomalies(AnomalyQuery.all(START, END, 13)).anomalies().stream()
            .collect(Collectors.groupingBy(Gravity::of, Collectors.counting()));
    assertThat(all.counts()).containsAllEntriesOf(one);
    assertThat(Gravity.of(all.gravest())).isEqualTo(Gravity.CRITICAL);
  }

  @Test
  void whatNoTableHasJudgedIsAddedOnTheSameGrid() {
    AnomalyQuery query = AnomalyQuery.all(START, END, 5);
    AnomalyPage judged = readings.anomalies(query);
    Instant until = judged.until().orElseThrow();
    assertThat(until).isBetween(BUILT.minusSeconds(1), BUILT);
    for (int i = 0; i < 12; i++) {
      Instant time = BUILT.plusSeconds(i / 4 * 90L + i % 4);
      unjudged.add(
          new Anomaly(
              time, "t" + i, "temperature", "floor-1/zone-1", "°C", 30 + i, "ZSCORE", 5 + i));
    }
    unjudged.add(unjudged(until, "RANGE"));
    unjudged.add(unjudged(END.plusSeconds(1), "RANGE"));
    AnomalyPage fresh = readings.unjudged(query, judged.until());
    assertThat(fresh.total()).as("neither what Silver has nor what is later").isEqualTo(12);
    assertThat(fresh.anomalies())
        .extracting(Anomaly::entity)
        .containsExactly("t11", "t10", "t9", "t8", "t7");
    PeakGrid grid = PeakGrid.of(START, END);
    assertThat(Stream.concat(judged.peaks().stream(), fresh.peaks().stream()))
        .allSatisfy(
            peak -> {
              assertThat(peak.from()).isEqualTo(grid.begin(peak.gravest().time()));
              assertThat(Duration.between(peak.from(), peak.to())).isEqualTo(grid.length());
            });
    assertThat(fresh.peaks())
        .extracting(peak -> peak.gravest().entity() + " " + new TreeMap<>(peak.counts()))
        .containsExactly("t3 {NOTICE=3, WARNING=1}", "t7 {WARNING=4}", "t11 {WARNING=4}");

    unjudged.add(unjudged(END, "RANGE"));
    AnomalyQuery critical =
        new AnomalyQuery(
            START,
            END,
            Set.of("temperature"),
            Set.of("floor-2"),
            Set.of("RANGE"),
            Set.of(Gravity.CRITICAL),
            Grouping.LEVEL,
            5);
    assertThat(readings.unjudged(critical, judged.until()).anomalies())
        .extracting(Anomaly::time)
        .containsExactly(END);
  }

  private static Anomaly unjudged(Instant time, String reason) {
    return new Anomaly(time, "t2", "temperature", "floor-2/zone-1", "°C", 200, reason, Double.NaN);
  }

  @Test
  void theHoursBeforeAMomentAreToldByTheMinute() {
    Instant moment = START.plusSeconds(6_600);
    Retrospect told =
        readings.retrospect(new RetrospectQuery("temperature", moment, Duration.ofMinutes(60), 5));

    assertThat(told.series())
        .extracting(Series::place)
        .containsExactly("floor-1/zone-1", "floor-2/zone-1");
    Series first = told.series().getFirst();
    long last = moment.getEpochSecond() / 60;
    // Silver up to 6,000 s, Bronze behind it.
    assertThat(first.minutes()).isEqualTo(LongStream.rangeClosed(last - 60, last).toArray());
    assertThat(first.unit()).isEqualTo("°C");
    assertThat(first.high()[99 - 50]).isEqualTo(60.0);
    assertThat(told.series().getLast().mean()[0]).isBetween(22.9, 25.1);
    assertThat(told.anomalies()).hasSize(5);
    assertThat(told.anomalies().getFirst().time()).isEqualTo(START.plusSeconds(5_999));
    assertThat(told.counts())
        .extracting(c -> c.kind() + " " + c.reason() + " " + c.gravity() + " " + c.total())
        .containsExactlyInAnyOrder(
            "humidity " + reasonOfHumidity() + " CRITICAL 1", "temperature ZSCORE WARNING 12");
    AnomalyCount warm =
        told.counts().stream()
            .filter(c -> c.kind().equals("temperature"))
            .findFirst()
            .orElseThrow();
    // Hours end at 11:55, with the five minutes of the moment.
    assertThat(warm.perHour()[22]).isEqualTo(6);
    assertThat(warm.perHour()[23]).isEqualTo(6);
    assertThat(
            readings
                .retrospect(
                    new RetrospectQuery("none", START.minusSeconds(9), Duration.ofHours(24), 5))
                .series())
        .isEmpty();
  }

  private String reasonOfHumidity() {
    return readings
        .anomalies(
            new AnomalyQuery(
                START, END, Set.of("humidity"), Set.of(), Set.of(), Set.of(), Grouping.KIND, 1))
        .anomalies()
        .getFirst()
        .reason();
  }

  private long found(
      Set<String> kinds, Set<String> places, Set<String> reasons, Set<Gravity> gravities) {
    return readings
        .anomalies(
            new AnomalyQuery(START, END, kinds, places, reasons, gravities, Grouping.KIND, 100))
        .total();
  }

  @Test
  void aReadingIsFollowedFromItsBytesToTheWarehouse() {
    topic.put(2_999L, "{\"sensor_id\":\"t1\"}".getBytes(StandardCharsets.UTF_8));
    Instant time = START.plusSeconds(2_999);
    ReadingTrace trace = readings.follow("t1", time).orElseThrow();

    assertThat(trace.event().coordinates()).contains(new Coordinates("sensor-events", 0, 2_999));
    assertThat(trace.event().value()).isEqualTo(new Here<>("{\"sensor_id\":\"t1\"}"));
    Stored bronze = here(trace.bronze());
    Stored silver = here(trace.silver());
    assertThat(bronze.table()).isEqualTo(TransformFixture.BRONZE);
    assertThat(bronze.since().orElseThrow().version()).isEqualTo(1);
    assertThat(Path.of(bronze.path())).isRegularFile();
    assertThat(value(silver, "source_file")).isEqualTo(bronze.file());
    assertThat(value(silver, "anomaly_reason")).isEqualTo("ZSCORE");

    ScoreWindow window = trace.window().orElseThrow();
    assertThat(window.at()).isEqualTo(60);
    assertThat(window.times()).hasSize(76).isSorted();
    assertThat(window.times()[60]).isEqualTo(Micros.of(time));
    assertThat((window.values()[60] - window.mean()) / window.deviation())
        .isEqualTo(Double.parseDouble(value(silver, "z_score")), within(1e-6));

    assertThat(trace.gold())
        .extracting(Stored::table)
        .containsExactly(table("gold.sensor_5min"), table("gold.location_hourly"));
    assertThat(value(trace.gold().getFirst(), "window_start")).isEqualTo("2026-03-01T10:45:00Z");
    assertThat(trace.warehouse()).hasSize(2);
    assertThat(trace.warehouse().getFirst().row()).isInstanceOf(Here.class);
    assertThat(trace.warehouse().getLast().row()).isInstanceOf(Missing.class);
  }

  @Test
  void whatAReadingHasNotComeToIsTold() {
    ReadingTrace fresh = readings.follow("t2", BUILT.plusSeconds(30)).orElseThrow();
    assertThat(fresh.bronze()).isInstanceOf(Here.class);
    assertThat(fresh.silver())
        .isInstanceOfSatisfying(
            Missing.class, m -> assertThat(m.why()).contains("has not taken it in"));
    assertThat(fresh.event().value())
        .isInstanceOfSatisfying(Missing.class, m -> assertThat(m.why()).contains("retention"));
    assertThat(fresh.window()).isEmpty();

    warehouseDown = true;
    assertThat(readings.follow("t2", START.plusSeconds(30)).orElseThrow().warehouse())
        .allSatisfy(
            loaded ->
                assertThat(loaded.row())
                    .isInstanceOfSatisfying(
                        Missing.class, m -> assertThat(m.why()).contains("no answer")));
    assertThat(readings.follow("t2", START.plusMillis(1))).isEmpty();
    assertThat(readings.follow("nobody", START)).isEmpty();
  }

  private static Stored here(ReadingTrace.Step<Stored> step) {
    if (step instanceof Here<Stored>(Stored stored)) {
      return stored;
    }
    throw new AssertionError(step.toString());
  }

  private static String value(Stored row, String column) {
    return row.fields().stream()
        .filter(f -> f.column().equals(column))
        .map(Field::value)
        .findFirst()
        .orElseThrow();
  }

  private static TableName table(String name) {
    return TableName.parse(name).orElseThrow();
  }
}
