package dev.millrace.engine.transform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A history of a pipeline: what came to Bronze and what was done between.
///
/// @param lookback rows Silver looks back
/// @param gold the Gold tables that are built too
record IncrementalCase(int lookback, List<String> gold, List<Step> steps) {

  private static final long MINUTE = 60_000_000L;
  private static final long DAY = 1440 * MINUTE;

  /// 2026-02-25T06:13:20Z.
  private static final long START = 1_772_000_000_000_000L;

  private static final List<String> GOLD =
      List.of(
          "gold.sensor_5min",
          "gold.location_hourly",
          "gold.daily_summary",
          "gold.sensor_daily",
          "gold.sensors");

  sealed interface Step {

    /// One commit to Bronze.
    record Append(List<Reading> readings) implements Step {}

    record Build() implements Step {}

    /// The table's small files become one, a date at a time, as an optimize would do it.
    record Compact(String table) implements Step {}

    /// All of a sensor's rows leave Bronze.
    ///
    /// @param vacuum whether the old files go from the disk at once
    record Erase(String sensor, boolean vacuum) implements Step {}
  }

  IncrementalCase {
    gold = List.copyOf(gold);
    steps = List.copyOf(steps);
  }

  IncrementalCase withSteps(List<Step> others) {
    return new IncrementalCase(lookback, gold, others);
  }

  int readings() {
    return steps.stream().mapToInt(s -> s instanceof Step.Append(var r) ? r.size() : 0).sum();
  }

  /// As a person reads it.
  @Override
  public String toString() {
    return "look back %d rows, gold %s%n".formatted(lookback, gold)
        + steps.stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  static IncrementalCase of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int lookback = random.nextInt(5) == 0 ? 60 : 1 + random.nextInt(6);
    List<String> gold = new ArrayList<>(GOLD);
    gold.removeIf(_ -> random.nextInt(10) < 6);
    if (gold.contains("gold.sensors") && !gold.contains("gold.sensor_daily")) {
      gold.addFirst("gold.sensor_daily");
    }
    return new IncrementalCase(lookback, gold, new Generator(random, lookback).steps());
  }

  /// Sensors of different pace whose events come late, doubled, in any order and with holes.
  private static final class Generator {
    private final SplittableRandom random;
    private final List<Sensor> sensors = new ArrayList<>();
    private final List<Reading> sent = new ArrayList<>();
    private final int size;
    private long offset;
    private long ingestion = START + 30 * DAY;

    Generator(SplittableRandom random, int lookback) {
      this.random = random;
      int count = 1 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        sensors.add(new Sensor("s" + i, random));
      }
      size = lookback > 6 ? 300 + random.nextInt(300) : 20 + random.nextInt(150);
    }

    List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      steps.add(new Step.Append(batch(size)));
      steps.add(new Step.Build());
      int runs = 1 + random.nextInt(random.nextInt(6) == 0 ? 12 : 5);
      for (int i = 0; i < runs; i++) {
        int batches = random.nextInt(5) == 0 ? 2 : 1;
        for (int b = 0; b < batches; b++) {
          steps.add(new Step.Append(batch(1 + random.nextInt(Math.max(2, size / 6)))));
        }
        switch (random.nextInt(14)) {
          case 0 -> steps.add(new Step.Compact("bronze.sensor_events"));
          case 1 -> steps.add(new Step.Compact("silver.readings"));
          case 2 -> steps.add(new Step.Erase(any(sensors).name, random.nextBoolean()));
          default -> {}
        }
        if (random.nextInt(6) > 0 || i == runs - 1) {
          steps.add(new Step.Build());
        }
      }
      if (random.nextInt(5) == 0 && sensors.size() > 1) {
        // A sensor that was never heard before.
        sensors.clear();
        sensors.add(new Sensor("new", random));
        steps.add(new Step.Append(batch(1 + random.nextInt(8))));
        steps.add(new Step.Build());
      }
      return steps;
    }

    private List<Reading> batch(int count) {
      List<Reading> batch = new ArrayList<>();
      ingestion += random.nextInt(3) == 0 ? 0 : MINUTE;
      for (int i = 0; i < count; i++) {
        Reading reading = reading();
        batch.add(reading);
        sent.add(reading);
      }
      if (random.nextBoolean()) {
        for (int i = batch.size() - 1; i > 0; i--) {
          Collections.swap(batch, i, random.nextInt(i + 1));
        }
      }
      return batch;
    }

    private Reading reading() {
      Sensor sensor = any(sensors);
      int luck = random.nextInt(100);
      if (luck < 6 && !sent.isEmpty()) {
        Reading again = any(sent);
        double value = random.nextBoolean() && again.value() != null ? again.value() : 20;
        return at(again.sensor(), again.kind(), value, again.eventMicros());
      }
      Long time = sensor.next(random);
      if (luck < 14) {
        time = sensor.past(random);
      } else if (luck == 14) {
        time =
            switch (random.nextInt(4)) {
              case 0 -> -1L - random.nextInt(1000);
              case 1 -> 0L;
              case 2 -> START + 3000 * DAY;
              default -> null;
            };
      }
      Double value = luck == 15 ? null : sensor.value(random);
      String kind = luck == 16 ? null : sensor.kind;
      String name = luck == 17 ? null : sensor.name;
      return at(name, kind, value, time);
    }

    private Reading at(
        @Nullable String sensor,
        @Nullable String kind,
        @Nullable Double value,
        @Nullable Long time) {
      long came = ingestion + (random.nextInt(4) == 0 ? -random.nextInt(5) : random.nextInt(5));
      String place = random.nextInt(9) == 0 ? null : "floor-" + random.nextInt(2) + "/zone-a";
      return new Reading(sensor, kind, place, value, time, came, random.nextInt(3), offset++);
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }
  }

  private static final class Sensor {
    private final String name;
    private final String kind;
    private final long pace;
    private final double level;
    private final boolean steady;
    private final long first;
    private long at;

    Sensor(String name, SplittableRandom random) {
      this.name = name;
      kind = random.nextBoolean() ? "temperature" : "humidity";
      pace = (1L << random.nextInt(11)) * MINUTE;
      level = random.nextInt(5) == 0 ? 101_325 : 20;
      steady = random.nextInt(6) == 0;
      first = START + random.nextInt(3) * DAY / 2;
      at = first;
    }

    long next(SplittableRandom random) {
      at += random.nextInt(8) == 0 ? 0 : 1 + random.nextLong(2 * pace);
      if (random.nextInt(12) == 0) {
        // Where windows and days begin.
        at = at - at % (5 * MINUTE) + 5 * MINUTE;
      }
      return at;
    }

    long past(SplittableRandom random) {
      long reach = random.nextInt(3) == 0 ? at - first + DAY : Math.min(20 * pace, at - first + 1);
      return at - random.nextLong(Math.max(1, reach));
    }

    double value(SplittableRandom random) {
      if (random.nextInt(40) == 0) {
        return level * 5;
      }
      return steady ? level : level + random.nextInt(1000) / 100.0;
    }
  }
}
