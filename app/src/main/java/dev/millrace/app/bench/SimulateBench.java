package dev.millrace.app.bench;

import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.simulator.sink.EventSink;

/// How fast the simulator makes events when nobody takes them; in this JVM.
public final class SimulateBench {

  private SimulateBench() {}

  /// @param bytes of all events together
  /// @param cpuSeconds of the process meanwhile, its compiler threads included
  public record Result(long events, long bytes, double wallSeconds, double cpuSeconds) {}

  public static Result run(Home home, long events, Progress progress) {
    BenchFleet fleet = new BenchFleet(home);
    Counter counter = new Counter();
    long cpu = CpuTimes.ofProcess();
    long wall = System.nanoTime();
    long sent = fleet.send(events, counter, progress).sent();
    return new Result(
        sent, counter.bytes, (System.nanoTime() - wall) / 1e9, (CpuTimes.ofProcess() - cpu) / 1e9);
  }

  private static final class Counter implements EventSink {

    private long bytes;

    @Override
    public void send(byte[] key, byte[] value) {
      bytes += value.length;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
