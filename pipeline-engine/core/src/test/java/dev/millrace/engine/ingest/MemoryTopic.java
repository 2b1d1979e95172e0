package dev.millrace.engine.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A topic in memory. Any thread may call.
final class MemoryTopic {

  private final List<List<byte[]>> partitions = new ArrayList<>();
  private final long[] beginnings;
  private long written = -1;

  MemoryTopic(int count) {
    for (int i = 0; i < count; i++) {
      partitions.add(new ArrayList<>());
    }
    beginnings = new long[count];
  }

  int count() {
    return partitions.size();
  }

  synchronized void add(int partition, String value) {
    partitions.get(partition).add(value.getBytes(StandardCharsets.UTF_8));
    notifyAll();
  }

  /// All records were written at this time, in milliseconds since 1970.
  synchronized void written(long millis) {
    written = millis;
  }

  synchronized long written() {
    return written;
  }

  /// What stood below the offset is gone.
  synchronized void deleteBefore(int partition, long offset) {
    beginnings[partition] = offset;
  }

  synchronized long beginning(int partition) {
    return beginnings[partition];
  }

  synchronized long end(int partition) {
    return partitions.get(partition).size();
  }

  synchronized byte[] value(int partition, long offset) {
    return partitions.get(partition).get((int) offset);
  }

  synchronized long total() {
    return partitions.stream().mapToLong(List::size).sum();
  }
}
