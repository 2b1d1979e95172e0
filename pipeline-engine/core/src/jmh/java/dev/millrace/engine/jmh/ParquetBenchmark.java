package dev.millrace.engine.jmh;

import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A batch into a Parquet file, per event; the disk's part is in it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParquetBenchmark {

  private static final int EVENTS = 200_000;

  private final ParquetFiles files = new ParquetFiles();
  private final EventBatch batch = new EventBatch(SensorEvents.feed());
  private Path folder = Path.of("");

  @Setup
  public void fill() throws IOException {
    folder = Files.createTempDirectory("millrace-jmh");
    EventDecoder decoder = new EventDecoder(SensorEvents.feed());
    SensorEvents.decode(decoder, SensorEvents.values(EVENTS), batch);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long write() throws IOException {
    RowSelection all = RowSelection.run(0, batch.rows());
    LakeFile file = files.write(folder, batch.columns(), all, Optional.empty());
    Files.delete(file.path());
    return file.bytes();
  }

  @TearDown
  public void remove() throws IOException {
    Files.delete(folder);
  }
}
