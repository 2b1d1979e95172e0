package dev.millrace.app.bench;

import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How fast the simulator makes events, for nobody, for a file and for Kafka, beside the same ways
/// without the simulator.
///
/// Each measure has a JVM of its own, one after the other; the broker is in this one.
public final class SimulateBench {

  private SimulateBench() {}

  /// @param bytes of all values together
  /// @param wallSeconds from the first event to the last acknowledged
  /// @param cpuSeconds of the process meanwhile, its compiler threads included
  public record Speed(
      SimulateMeasure measure, long events, long bytes, double wallSeconds, double cpuSeconds) {

    public double perCpuSecond() {
      return events / cpuSeconds;
    }

    public double perWallSecond() {
      return events / wallSeconds;
    }
  }

  /// @param home a new one, which is left behind with its topic and its files
  public static List<Speed> run(Home home, long events, Progress progress) {
    BenchFleet fleet = new BenchFleet(home);
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, progress)) {
      String servers = services.endpoints().kafka();
      KafkaTopics.ensure(servers, fleet.feed());
      List<Speed> speeds = new ArrayList<>();
      for (SimulateMeasure measure : SimulateMeasure.values()) {
        List<String> args =
            List.of(
                measure.name(),
                servers,
                home.root().toAbsolutePath().toString(),
                Long.toString(events));
        speeds.add(
            BenchProcess.run(
                measure.title(), SimulateChild.class, args, Speed.class, home, progress));
      }
      return speeds;
    }
  }

  /// A row each, with the ratio of events per CPU-second to the baseline's.
  public static List<Map<String, Object>> rows(List<Speed> speeds) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Speed speed : speeds) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("measure", speed.measure().title());
      row.put("events", speed.events());
      row.put("bytes_per_event", speed.bytes() / speed.events());
      row.put("wall_s", rounded(speed.wallSeconds()));
      row.put("cpu_s", rounded(speed.cpuSeconds()));
      row.put("events_per_wall_s", Math.round(speed.perWallSecond()));
      row.put("events_per_cpu_s", Math.round(speed.perCpuSecond()));
      Optional<Speed> baseline =
          speed
              .measure()
              .baseline()
              .flatMap(b -> speeds.stream().filter(s -> s.measure() == b).findFirst());
      baseline.ifPresent(
          b -> row.put("to_baseline", rounded(speed.perCpuSecond() / b.perCpuSecond())));
      rows.add(row);
    }
    return rows;
  }

  private static double rounded(double number) {
    return Math.round(number * 100) / 100.0;
  }
}
