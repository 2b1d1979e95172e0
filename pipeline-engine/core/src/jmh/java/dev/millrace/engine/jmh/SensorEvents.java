package dev.millrace.engine.jmh;

import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipelines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

/// Events as the building's sensors send them, about 200 bytes each, always the same.
final class SensorEvents {

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final String[] KINDS = {"temperature", "humidity", "pressure", "vibration"};
  private static final String[] UNITS = {"celsius", "percent", "hPa", "mm/s"};

  private SensorEvents() {}

  static Feed feed() {
    Home home = new Home(Path.of(System.getProperty("java.io.tmpdir"), "millrace-jmh"));
    return new Pipelines(home).find("building-sensors").feeds().getFirst();
  }

  static byte[][] values(int count) {
    Random random = new Random(1);
    byte[][] values = new byte[count][];
    for (int i = 0; i < count; i++) {
      int sensor = random.nextInt(50);
      int kind = sensor % KINDS.length;
      values[i] =
          """
          {"sensor_id":"%s-%03d","sensor_type":"%s","location":"building-a/floor-%d/zone-%d",\
          "value":%.2f,"unit":"%s","event_time":"%s"}"""
              .formatted(
                  KINDS[kind],
                  sensor,
                  KINDS[kind],
                  sensor % 4,
                  sensor % 6,
                  20 + 5 * random.nextGaussian(),
                  UNITS[kind],
                  FROM.plusMillis(10L * i + 100_000_000L))
              .getBytes(StandardCharsets.UTF_8);
    }
    return values;
  }

  static void decode(EventDecoder decoder, byte[][] values, EventBatch batch) {
    for (int i = 0; i < values.length; i++) {
      Verdict verdict = decoder.decode(values[i], 0, values[i].length, batch);
      if (!(verdict instanceof Verdict.Event)) {
        throw new IllegalStateException("no event: " + verdict);
      }
      batch.accept(0, i % 3, i);
    }
  }
}
