package dev.millrace.app.metrics;

import dev.millrace.engine.metric.MeterName;
import dev.millrace.engine.metric.Meters;
import dev.millrace.simulator.LiveSimulator;
import dev.millrace.simulator.sink.EventSink;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/// What a simulator in this process does, as meters.
public final class SimulatorMeters {

  private SimulatorMeters() {}

  /// Of a fleet that runs in real time.
  public static void of(LiveSimulator fleet, String pipeline, MeterRegistry registry) {
    Meters meters = new Meters(registry);
    meters.counted(MeterName.SIMULATOR_EVENTS, fleet, f -> f.counts().sent(), pipeline);
    meters.counted(MeterName.SIMULATOR_ANOMALIES, fleet, f -> f.counts().anomalies(), pipeline);
    meters.gauge(MeterName.SIMULATOR_TARGET, fleet, f -> f.status().targetRate(), pipeline);
    meters.gauge(MeterName.SIMULATOR_RATE, fleet, f -> f.status().actualRate(), pipeline);
    meters.gauge(MeterName.SIMULATOR_ANOMALY_SHARE, fleet, f -> f.status().anomalyRate(), pipeline);
  }

  /// A sink that counts what goes through it.
  public static EventSink counting(EventSink sink, String pipeline, MeterRegistry registry) {
    LongAdder sent = new LongAdder();
    new Meters(registry)
        .counted(MeterName.SIMULATOR_EVENTS, sent, LongAdder::doubleValue, pipeline);
    return new EventSink() {
      @Override
      public void send(byte[] key, byte[] value) {
        sink.send(key, value);
        sent.increment();
      }

      @Override
      public void flush() {
        sink.flush();
      }

      @Override
      public void close() {
        sink.close();
      }
    };
  }
}
