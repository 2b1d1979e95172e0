package dev.millrace.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.app.log.HomeLogs;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.simulator.sink.EventSink;
import dev.millrace.simulator.sink.FileSink;
import dev.millrace.simulator.sink.KafkaSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The process of one measure of the simulate bench: prints its speed as JSON on stdout.
public final class SimulateChild {

  /// Enough of them that they pack no better than the simulator's own.
  private static final int PREPARED = 100_000;

  private SimulateChild() {}

  /// @param args measure, Kafka servers, home, number of events
  public static void main(String[] args) throws IOException {
    SimulateMeasure measure = SimulateMeasure.valueOf(args[0]);
    Home home = new Home(Path.of(args[2]));
    long events = Long.parseLong(args[3]);
    System.setProperty(HomeLogs.FOLDER, home.logs().toString());
    System.out.println(new ObjectMapper().writeValueAsString(run(measure, args[1], home, events)));
    System.out.flush();
  }

  private static SimulateBench.Speed run(
      SimulateMeasure measure, String servers, Home home, long events) throws IOException {
    BenchFleet fleet = new BenchFleet(home);
    boolean prepared =
        measure == SimulateMeasure.FILE_BASELINE || measure == SimulateMeasure.KAFKA_BASELINE;
    Kept kept = new Kept();
    if (prepared) {
      fleet.send(Math.min(events, PREPARED), kept, Progress.NONE);
    }
    Counted sink = new Counted(sink(measure, servers, home, fleet));
    long cpu = CpuTimes.ofProcess();
    long wall = System.nanoTime();
    try (sink) {
      if (prepared) {
        for (long i = 0; i < events; i++) {
          int at = (int) (i % kept.values.size());
          sink.send(kept.keys.get(at), kept.values.get(at));
        }
        sink.flush();
      } else {
        fleet.send(events, sink, Progress.NONE);
      }
    }
    double wallSeconds = (System.nanoTime() - wall) / 1e9;
    double cpuSeconds = (CpuTimes.ofProcess() - cpu) / 1e9;
    Files.deleteIfExists(file(measure, home));
    return new SimulateBench.Speed(measure, sink.events, sink.bytes, wallSeconds, cpuSeconds);
  }

  private static Path file(SimulateMeasure measure, Home home) {
    return home.scratch().resolve(measure + ".ndjson");
  }

  private static EventSink sink(
      SimulateMeasure measure, String servers, Home home, BenchFleet fleet) {
    return switch (measure) {
      case ALONE -> new Nowhere();
      case FILE_BASELINE, FILE -> FileSink.open(file(measure, home));
      case KAFKA_BASELINE, KAFKA -> KafkaSink.open(servers, fleet.feed().kafka().topic());
    };
  }

  private static class Nowhere implements EventSink {

    @Override
    public void send(byte[] key, byte[] value) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static final class Kept extends Nowhere {

    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();

    @Override
    public void send(byte[] key, byte[] value) {
      keys.add(key);
      values.add(value);
    }
  }

  private static final class Counted implements EventSink {

    private final EventSink to;
    private long events;
    private long bytes;

    Counted(EventSink to) {
      this.to = to;
    }

    @Override
    public void send(byte[] key, byte[] value) {
      events++;
      bytes += value.length;
      to.send(key, value);
    }

    @Override
    public void flush() {
      to.flush();
    }

    @Override
    public void close() {
      to.close();
    }
  }
}
