package dev.millrace.app.bench;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Roles;
import dev.millrace.engine.pipeline.ValueRange;
import dev.millrace.simulator.sink.KafkaSink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// Readings of 1,000 sensors at a steady rate, each stamped with the moment it is sent, on a thread
/// of its own until it is closed.
final class LiveLoad implements AutoCloseable {

  private static final int SENSORS = 1_000;
  private static final int PLACES = 20;
  private static final long TICK = 1_000_000L;

  private final String time;
  private final KafkaSink sink;
  private final long rate;
  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> ends = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("bench load").unstarted(this::run);
  private volatile boolean closed;
  private volatile long sent;

  LiveLoad(String servers, Pipeline pipeline, Feed feed, long rate) {
    this.rate = rate;
    time = prefix(feed);
    Roles roles = feed.roles();
    List<Map.Entry<String, ValueRange>> kinds =
        List.copyOf(new TreeMap<>(pipeline.ranges()).entrySet());
    for (int i = 0; i < SENSORS; i++) {
      var kind = kinds.get(i % kinds.size());
      double middle = (kind.getValue().low() + kind.getValue().high()) / 2;
      String name = kind.getKey() + "-" + i;
      keys.add(name.getBytes(StandardCharsets.UTF_8));
      ends.add(
          ",\"%s\":\"%s\",\"%s\":\"%s\",\"%s\":\"floor-%d/zone-%d\",\"%s\":\"u\",\"%s\":%.2f"
              .formatted(
                  roles.entity().orElseThrow(),
                  name,
                  roles.kind().orElseThrow(),
                  kind.getKey(),
                  roles.place().orElseThrow(),
                  i % PLACES / 5,
                  i % PLACES,
                  roles.unit().orElseThrow(),
                  roles.value().orElseThrow(),
                  middle)
              .getBytes(StandardCharsets.UTF_8));
    }
    sink = KafkaSink.open(servers, feed.kafka().topic());
  }

  /// What stands before the stamp, microseconds in 16 digits.
  static String prefix(Feed feed) {
    return "{\"" + feed.roles().time() + "\":";
  }

  LiveLoad start() {
    thread.start();
    return this;
  }

  long sent() {
    return sent;
  }

  private void run() {
    long start = System.nanoTime();
    long done = 0;
    while (!closed) {
      long due = (long) ((System.nanoTime() - start) / 1e9 * rate);
      byte[] stamp = (time + Micros.of(Instant.now())).getBytes(StandardCharsets.UTF_8);
      for (; done < due; done++) {
        int sensor = (int) (done % SENSORS);
        sink.send(keys.get(sensor), event(stamp, ends.get(sensor), (int) (done / SENSORS % 10)));
      }
      sent = done;
      LockSupport.parkNanos(TICK);
    }
  }

  /// Values move in their third decimal, so that sensors are neither still nor odd.
  private static byte[] event(byte[] stamp, byte[] end, int digit) {
    byte[] value = new byte[stamp.length + end.length + 2];
    System.arraycopy(stamp, 0, value, 0, stamp.length);
    System.arraycopy(end, 0, value, stamp.length, end.length);
    value[value.length - 2] = (byte) ('0' + digit);
    value[value.length - 1] = '}';
    return value;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    sink.close();
  }
}
