package dev.millrace.app.bench;

import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.simulator.sink.EventSink;
import dev.millrace.simulator.sink.KafkaSink;
import java.util.ArrayList;
import java.util.List;

/// How fast events get from Kafka into Bronze, beside a bare consumer and the decoder alone.
///
/// All measures read the same topic of the same broker, one after the other, each in a JVM of its
/// own, so that neither the broker's CPU nor another measure's warmth counts.
public final class IngestBench {

  private IngestBench() {}

  /// @param home a new one, which is left behind with its topic and its tables
  /// @param eventBytes length of an event
  public static List<Sample> run(Home home, long events, int eventBytes, Progress progress) {
    BenchFleet fleet = new BenchFleet(home, eventBytes);
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, progress)) {
      String servers = services.endpoints().kafka();
      KafkaTopics.ensure(servers, fleet.feed());
      progress.report("sending events", 0, events);
      try (EventSink sink = KafkaSink.open(servers, fleet.feed().kafka().topic())) {
        fleet.send(events, sink, progress);
      }
      List<Sample> samples = new ArrayList<>();
      for (Measure measure : Measure.values()) {
        samples.add(BenchProcess.run(measure, servers, home, events, eventBytes, progress));
      }
      return samples;
    }
  }
}
