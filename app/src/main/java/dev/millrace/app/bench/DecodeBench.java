package dev.millrace.app.bench;

import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.lake.DataFiles;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.simulator.sink.EventSink;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Decodes the same events over and over, one after the other out of one large array; perhaps
/// writes each full batch. One thread.
final class DecodeBench {

  private static final int DISTINCT = 200_000;

  private final Feed feed;
  private final Optional<Path> folder;
  private final Kept values = new Kept();

  /// @param folder where batches are written; empty throws them away
  DecodeBench(BenchFleet fleet, Optional<Path> folder) {
    feed = fleet.feed();
    this.folder = folder;
    fleet.send(DISTINCT, values, Progress.NONE);
  }

  Sample run(long events) {
    PartTimes times = PartTimes.fromNow();
    long wall = System.nanoTime();
    DataFiles files = TimedParts.files(new ParquetFiles(), times);
    EventDecoder decoder = new EventDecoder(feed);
    EventBatch batch = new EventBatch(feed);
    long start = CpuTimes.ofThisThread();
    for (long done = 0; done < events; done++) {
      int i = (int) (done % values.count);
      int from = values.starts[i];
      Verdict verdict = decoder.decode(values.bytes, from, values.starts[i + 1] - from, batch);
      if (!(verdict instanceof Verdict.Event)) {
        throw new IllegalStateException("the bench made an event that is none: " + verdict);
      }
      batch.accept(0, 0, done);
      if (batch.rows() == feed.batchRows()) {
        write(files, batch);
      }
    }
    write(files, batch);
    times.add(TimedParts.DECODE, CpuTimes.ofThisThread() - start - times.of(TimedParts.WRITE));
    return times.sample(
        folder.isPresent() ? Measure.WRITE : Measure.DECODE,
        events,
        (System.nanoTime() - wall) / 1e9,
        TimedParts.DECODE,
        TimedParts.WRITE);
  }

  private void write(DataFiles files, EventBatch batch) {
    if (folder.isPresent() && batch.rows() > 0) {
      RowSelection all = RowSelection.run(0, batch.rows());
      files.write(folder.get(), batch.columns(), all, Optional.empty());
    }
    batch.clear();
  }

  /// Values one after the other, as a fetch from the broker holds them.
  private static final class Kept implements EventSink {

    private byte[] bytes = new byte[1 << 20];
    private final int[] starts = new int[DISTINCT + 1];
    private int count;

    @Override
    public void send(byte[] key, byte[] value) {
      int start = starts[count];
      if (start + value.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length + value.length);
      }
      System.arraycopy(value, 0, bytes, start, value.length);
      starts[++count] = start + value.length;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
