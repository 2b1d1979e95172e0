package dev.millrace.app.bench;

import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.ingest.EventSource;
import dev.millrace.engine.lake.DataFiles;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.RowSelection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The parts of a stream worker, each telling its thread's CPU to a ledger: two readings of the
/// clock per poll and file, none per event.
final class TimedParts {

  static final String CONSUME = "consume";
  static final String DECODE = "decode";
  static final String LIVE = "live state";
  static final String WRITE = "write Parquet";

  private TimedParts() {}

  static DataFiles files(DataFiles files, PartTimes times) {
    return (Path folder, ColumnBatch batch, RowSelection rows, Optional<LocalDate> day) -> {
      long before = CpuTimes.ofThisThread();
      LakeFile file = files.write(folder, batch, rows, day);
      times.add(WRITE, CpuTimes.ofThisThread() - before);
      return file;
    };
  }

  static EventListener listener(EventListener listener, PartTimes times) {
    return new EventListener() {
      @Override
      public void arrived(ColumnBatch batch, int from, int to, long arrival) {
        long before = CpuTimes.ofThisThread();
        listener.arrived(batch, from, to, arrival);
        times.add(LIVE, CpuTimes.ofThisThread() - before);
      }

      @Override
      public void quiet() {
        long before = CpuTimes.ofThisThread();
        listener.quiet();
        times.add(LIVE, CpuTimes.ofThisThread() - before);
      }
    };
  }

  /// Consuming is what passes before a poll's first record is handed over, decoding what passes
  /// after.
  static final class Source implements EventSource {

    private final EventSource source;
    private final PartTimes times;

    Source(EventSource source, PartTimes times) {
      this.source = source;
      this.times = times;
    }

    @Override
    public int poll(Duration timeout, RecordSink sink) {
      long before = CpuTimes.ofThisThread();
      FirstRecord first = new FirstRecord(sink);
      int polled = source.poll(timeout, first);
      long after = CpuTimes.ofThisThread();
      long handed = first.met ? first.at : after;
      times.add(CONSUME, handed - before);
      times.add(DECODE, after - handed);
      return polled;
    }

    private static final class FirstRecord implements RecordSink {

      private final RecordSink sink;
      private boolean met;
      private long at;

      FirstRecord(RecordSink sink) {
        this.sink = sink;
      }

      @Override
      public void written(int partition, long millis) {
        sink.written(partition, millis);
      }

      @Override
      public void accept(int partition, long offset, byte[] value, int start, int length) {
        if (!met) {
          met = true;
          at = CpuTimes.ofThisThread();
        }
        sink.accept(partition, offset, value, start, length);
      }
    }

    @Override
    public void open(Listener listener) {
      source.open(listener);
    }

    @Override
    public int pollLimit() {
      return source.pollLimit();
    }

    @Override
    public void seek(int partition, long offset) {
      source.seek(partition, offset);
    }

    @Override
    public void seekToBeginning(int partition) {
      source.seekToBeginning(partition);
    }

    @Override
    public OptionalLong position(int partition) {
      return source.position(partition);
    }

    @Override
    public OptionalLong knownEnd(int partition) {
      return source.knownEnd(partition);
    }

    @Override
    public Map<Integer, OffsetRange> offsets() {
      return source.offsets();
    }

    @Override
    public void pause() {
      source.pause();
    }

    @Override
    public void resume() {
      source.resume();
    }

    @Override
    public void acknowledge(Map<Integer, Long> nextOffsets) {
      source.acknowledge(nextOffsets);
    }

    @Override
    public void wakeup() {
      source.wakeup();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
