package dev.millrace.views.sample;

import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.JudgedAnomalies;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import dev.millrace.engine.live.LiveSnapshot.Condition;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.live.LiveSnapshot.Series;
import dev.millrace.engine.live.LiveSnapshot.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A building whose readings follow the day, with a hot corner and some broken sensors.
///
/// @param perPlace sensors of each kind in each zone
public record SampleBuilding(int floors, int zones, int perPlace, int anomalies) {

  record Kind(String name, String unit, String prefix, double base, double day, double noise) {}

  static final List<Kind> KINDS =
      List.of(
          new Kind("humidity", "%", "HUM", 44, -6, 0.5),
          new Kind("pressure", "hPa", "PRS", 1013, 1.5, 0.12),
          new Kind("temperature", "°C", "TMP", 21.5, 2.4, 0.12),
          new Kind("vibration", "mm/s", "VIB", 1.9, 0.6, 0.06));

  public LiveSnapshot at(Instant now, double eventsPerSecond) {
    long minute = now.getEpochSecond() / 60;
    List<Latest> latest = new ArrayList<>();
    List<Series> series = new ArrayList<>();
    Random random = new Random(11);
    for (Kind kind : KINDS) {
      for (int floor = 1; floor <= floors; floor++) {
        for (int zone = 1; zone <= zones; zone++) {
          series.add(series(kind, floor, zone, minute));
          for (int i = 0; i < perPlace; i++) {
            latest.add(latest(kind, floor, zone, i, now, random));
          }
        }
      }
    }
    series.sort(Comparator.comparing(Series::kind).thenComparing(Series::place));
    latest.sort(Comparator.comparing(Latest::entity));
    double[] rate = new double[120];
    Random waves = new Random(5);
    for (int i = 0; i < rate.length; i++) {
      long second = now.getEpochSecond() - rate.length + i;
      rate[i] = eventsPerSecond * (1 + 0.05 * Math.sin(second / 9.0) + 0.03 * waves.nextGaussian());
    }
    List<Anomaly> anomalies = anomalies(now);
    return new LiveSnapshot(
        Optional.of(now),
        latest,
        series,
        anomalies,
        counts(anomalies, now),
        rate,
        eventsPerSecond > 0 ? 180 : 0,
        conditions(latest, now),
        List.of(),
        List.of(),
        8_644_247);
  }

  private static List<Condition> conditions(List<Latest> latest, Instant now) {
    List<Condition> conditions = new ArrayList<>();
    for (Latest one : latest) {
      boolean silent = Duration.between(one.time(), now).toMinutes() >= 5;
      int found = one.anomalous() ? 3 + Math.floorMod(one.entity().hashCode(), 5) : 0;
      Window five =
          silent
              ? Window.EMPTY
              : new Window(60, found, one.value(), one.value() - 0.5, one.value() + 0.5);
      double fresh = silent ? 0 : 1 - Math.floorMod(one.entity().hashCode(), 7) * 0.03;
      conditions.add(
          new Condition(
              one.entity(),
              five,
              five,
              one.value(),
              fresh,
              fresh * (silent ? 0 : five.soundShare())));
    }
    return conditions;
  }

  /// An entity's reading at a time, with its own noise.
  double reading(String entity, Instant at) {
    Kind kind = KINDS.stream().filter(k -> entity.startsWith(k.prefix())).findFirst().orElseThrow();
    int floor = Integer.parseInt(entity.substring(4, 6));
    int zone = Integer.parseInt(entity.substring(6, 8));
    double exact = at.getEpochSecond() / 60.0;
    double whole = Math.floor(exact);
    double before = value(kind, floor, zone, (long) whole);
    double after = value(kind, floor, zone, (long) whole + 1);
    Random random = new Random(entity.hashCode() * 7_919L + at.getEpochSecond());
    random.nextGaussian();
    return before + (after - before) * (exact - whole) + random.nextGaussian() * kind.noise();
  }

  static List<AnomalyCount> counts(List<Anomaly> anomalies, Instant now) {
    record Of(String kind, String reason, Gravity gravity) {}
    Map<Of, long[]> perSlot = new LinkedHashMap<>();
    Instant begin = AnomalyCount.begin(now);
    for (Anomaly anomaly : anomalies) {
      long slot = Duration.between(begin, anomaly.time()).dividedBy(JudgedAnomalies.SLOT);
      if (slot >= 0 && slot < AnomalyCount.SLOTS) {
        perSlot
            .computeIfAbsent(
                new Of(anomaly.kind(), anomaly.reason(), Gravity.of(anomaly)),
                _ -> new long[AnomalyCount.SLOTS])[(int) slot]++;
      }
    }
    return perSlot.entrySet().stream()
        .map(
            e ->
                new AnomalyCount(
                    e.getKey().kind(), e.getKey().reason(), e.getKey().gravity(), e.getValue()))
        .toList();
  }

  private Latest latest(Kind kind, int floor, int zone, int number, Instant now, Random random) {
    boolean silent = random.nextInt(60) == 0;
    boolean hot = kind.name().equals("temperature") && hot(floor, zone) > 7;
    double value =
        value(kind, floor, zone, now.getEpochSecond() / 60) + random.nextGaussian() * kind.noise();
    return new Latest(
        "%s-%02d%02d-%c".formatted(kind.prefix(), floor, zone, 'A' + number),
        kind.name(),
        place(floor, zone),
        kind.unit(),
        value,
        now.minusSeconds(silent ? 900 : random.nextInt(8)),
        hot || (!silent && random.nextInt(70) == 0));
  }

  private Series series(Kind kind, int floor, int zone, long end) {
    int length = 1440;
    long[] minutes = new long[length];
    double[] mean = new double[length];
    double[] low = new double[length];
    double[] high = new double[length];
    Random random = new Random(kind.name().hashCode() * 31L + floor * 97L + zone);
    for (int i = 0; i < length; i++) {
      minutes[i] = end - length + 1 + i;
      mean[i] = value(kind, floor, zone, minutes[i]) + random.nextGaussian() * kind.noise();
      low[i] = mean[i] - 2 * kind.noise();
      high[i] = mean[i] + 2 * kind.noise();
    }
    return new Series(kind.name(), place(floor, zone), kind.unit(), minutes, mean, low, high);
  }

  private double value(Kind kind, int floor, int zone, long minute) {
    double day = Math.sin((minute % 1440 - 500) / 1440.0 * 2 * Math.PI);
    double where = 0.5 * Math.sin(zone * 1.7) + 0.35 * (floor - floors / 2.0) / Math.max(1, floors);
    double value = kind.base() + kind.day() * (day + where);
    if (kind.name().equals("temperature")) {
      value += hot(floor, zone) * heat(minute);
    }
    return value;
  }

  /// The hot corner warms up during the last hours before the sample's start.
  private static double heat(long minute) {
    double hours = (minute - SampleEngine.START.getEpochSecond() / 60) / 60.0;
    return 1 / (1 + Math.exp(-(hours + 3.2) * 2.2));
  }

  private double hot(int floor, int zone) {
    double up = floor - floors * 0.7;
    double along = zone - zones * 0.72;
    return 9.5 * Math.exp(-(up * up + along * along) / 1.6);
  }

  List<Anomaly> anomalies(Instant now) {
    List<Anomaly> list = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < anomalies; i++) {
      Kind kind = KINDS.get(random.nextInt(4));
      boolean corner = random.nextInt(3) == 0;
      int floor = corner ? Math.max(1, (int) Math.round(floors * 0.7)) : 1 + random.nextInt(floors);
      int zone = corner ? Math.max(1, (int) Math.round(zones * 0.72)) : 1 + random.nextInt(zones);
      boolean cluster = random.nextInt(4) == 0;
      long ago =
          cluster ? 3 * 3600 + (long) (random.nextGaussian() * 1500) : random.nextInt(86_000);
      boolean range = random.nextInt(12) == 0;
      double score = 3 + Math.abs(random.nextGaussian()) * 1.6 + (cluster ? 1.5 : 0);
      list.add(
          new Anomaly(
              now.minusSeconds(Math.clamp(ago, 5, 86_300)),
              "%s-%02d%02d-A".formatted(kind.prefix(), floor, zone),
              kind.name(),
              place(floor, zone),
              kind.unit(),
              kind.base() + kind.noise() * 20 * score,
              range ? (random.nextBoolean() ? "RANGE" : "RANGE+ZSCORE") : "ZSCORE",
              range && random.nextBoolean() ? Double.NaN : score));
    }
    list.sort(Comparator.comparing(Anomaly::time).reversed());
    return list;
  }

  static String place(int floor, int zone) {
    return "floor-" + floor + "/zone-" + zone;
  }
}
