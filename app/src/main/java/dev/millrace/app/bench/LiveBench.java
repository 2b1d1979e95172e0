package dev.millrace.app.bench;

import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/// How long an event takes to the snapshot the window reads, beside a bare consumer's poll, and
/// whether a worker's memory stays flat.
///
/// Broker and load run in this JVM, each measure in one of its own, one after the other; both sides
/// read the same clock.
public final class LiveBench {

  private static final long SOAK_WARM_UP_SECONDS = 20;

  private LiveBench() {}

  /// @param home a new one, which is left behind with its topic and its tables
  /// @param rates events per second
  /// @param warmUp seconds before each measure that do not count
  /// @param seconds each measure takes
  public static List<LiveSample> run(
      Home home, List<Long> rates, long warmUp, long seconds, Progress progress) {
    List<LiveSample> samples = new ArrayList<>();
    BenchFleet fleet = new BenchFleet(home);
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, progress)) {
      String servers = services.endpoints().kafka();
      KafkaTopics.ensure(servers, fleet.feed());
      for (long rate : rates) {
        for (LiveMeasure measure : LiveMeasure.values()) {
          samples.add(measure(measure, servers, home, fleet, rate, warmUp, seconds, progress));
        }
      }
    }
    return samples;
  }

  /// One long run of the stream, told by the minute.
  public static LiveSample soak(Home home, long rate, long minutes, Progress progress) {
    BenchFleet fleet = new BenchFleet(home);
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, progress)) {
      String servers = services.endpoints().kafka();
      makeShortTopic(servers, fleet.feed());
      return measure(
          LiveMeasure.STREAM,
          servers,
          home,
          fleet,
          rate,
          SOAK_WARM_UP_SECONDS,
          minutes * 60,
          progress);
    }
  }

  private static LiveSample measure(
      LiveMeasure measure,
      String servers,
      Home home,
      BenchFleet fleet,
      long rate,
      long warmUp,
      long seconds,
      Progress progress) {
    List<String> args =
        List.of(
            measure.name(),
            servers,
            home.root().toString(),
            Long.toString(rate),
            Long.toString(warmUp),
            Long.toString(seconds));
    String title = "%s at %,d events/s".formatted(measure.title(), rate);
    LiveLoad load = new LiveLoad(servers, fleet.pipeline(), fleet.feed(), rate);
    try (load) {
      var _ = load.start();
      return BenchProcess.run(title, LiveChild.class, args, LiveSample.class, home, progress);
    }
  }

  /// A topic that lets go of what is older than a few minutes, so that a long run fills no disk.
  static void makeShortTopic(String servers, Feed feed) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    try (Admin admin = Admin.create(settings)) {
      NewTopic topic =
          new NewTopic(
                  feed.kafka().topic(), Optional.of(feed.kafka().partitions()), Optional.empty())
              .configs(
                  Map.of(
                      TopicConfig.RETENTION_MS_CONFIG,
                      "120000",
                      TopicConfig.SEGMENT_BYTES_CONFIG,
                      Integer.toString(64 << 20)));
      var _ = admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The bench's topic cannot be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /// Samples as rows; ratios are to the bare consumer at the same rate.
  public static List<Map<String, Object>> rows(List<LiveSample> samples) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (LiveSample sample : samples) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("rate", sample.rate());
      row.put("measure", sample.measure().title());
      row.put("events_per_s", Math.round(sample.events() / sample.seconds()));
      row.put("p50_ms", rounded(sample.p50()));
      row.put("p99_ms", rounded(sample.p99()));
      row.put("max_ms", rounded(sample.max()));
      samples.stream()
          .filter(s -> s.rate() == sample.rate() && s.measure() == LiveMeasure.CONSUME)
          .findFirst()
          .ifPresent(
              base -> {
                row.put("p50_ratio", rounded(sample.p50() / base.p50()));
                row.put("p99_ratio", rounded(sample.p99() / base.p99()));
              });
      row.put("cores", rounded(sample.cpuShare()));
      known(row, "rss_mib", sample.rssMegabytes());
      rows.add(row);
    }
    return rows;
  }

  /// Minutes of a long run as rows.
  public static List<Map<String, Object>> minutes(LiveSample soak) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (LiveSample.Minute minute : soak.minutes()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("minute", minute.number());
      row.put("events_per_s", minute.eventsPerSecond());
      row.put("p99_ms", rounded(minute.p99()));
      row.put("cores", rounded(minute.cpuShare()));
      known(row, "rss_mib", minute.rssMegabytes());
      known(row, "heap_after_gc_mib", minute.heapMegabytes());
      rows.add(row);
    }
    return rows;
  }

  /// Memory that cannot be read is left out: 0 would be a claim.
  private static void known(Map<String, Object> row, String name, double megabytes) {
    if (megabytes > 0) {
      row.put(name, Math.round(megabytes));
    }
  }

  /// Growth of resident memory in mebibytes a minute, by least squares over the later half of the
  /// minutes, in which the heap has found its size; empty with fewer than two that tell theirs.
  public static OptionalDouble slope(LiveSample soak) {
    List<LiveSample.Minute> later =
        soak.minutes().subList(soak.minutes().size() / 2, soak.minutes().size()).stream()
            .filter(minute -> minute.rssMegabytes() > 0)
            .toList();
    double meanMinute = later.stream().mapToDouble(LiveSample.Minute::number).average().orElse(0);
    double mean = later.stream().mapToDouble(LiveSample.Minute::rssMegabytes).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (LiveSample.Minute minute : later) {
      double x = minute.number() - meanMinute;
      products += x * (minute.rssMegabytes() - mean);
      squares += x * x;
    }
    return squares == 0 ? OptionalDouble.empty() : OptionalDouble.of(rounded(products / squares));
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
