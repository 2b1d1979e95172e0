package dev.millrace.engine.jmh;

import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// JSON into columns, per event.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {

  private static final int EVENTS = 50_000;

  private final byte[][] values = SensorEvents.values(EVENTS);
  private final EventDecoder decoder = new EventDecoder(SensorEvents.feed());
  private final EventBatch batch = new EventBatch(SensorEvents.feed());

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int decode() {
    batch.clear();
    SensorEvents.decode(decoder, values, batch);
    return batch.rows();
  }
}
