package dev.millrace.engine.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reader of a topic in memory; the test says which partitions it reads.
final class MemorySource implements EventSource {

  private final MemoryTopic topic;
  private final int pollLimit;
  private final BlockingQueue<Runnable> orders = new LinkedBlockingQueue<>();
  private final Map<Integer, Long> positions = new TreeMap<>();
  private final Map<Integer, Long> acknowledged = new HashMap<>();
  private @Nullable Listener listener;
  private volatile boolean paused;
  private volatile boolean dumb;
  private int turn;

  MemorySource(MemoryTopic topic, int pollLimit) {
    this.topic = topic;
    this.pollLimit = pollLimit;
  }

  /// Reads all partitions from its first poll on.
  static MemorySource ofAll(MemoryTopic topic) {
    MemorySource source = new MemorySource(topic, 7);
    Set<Integer> all = new TreeSet<>();
    for (int p = 0; p < topic.count(); p++) {
      all.add(p);
    }
    source.assign(all);
    return source;
  }

  /// At its next poll these partitions are added. Any thread may call.
  void assign(Set<Integer> partitions) {
    orders.add(
        () -> {
          partitions.forEach(p -> positions.put(p, -1L));
          listening().assigned(partitions);
        });
  }

  void revoke(Set<Integer> partitions) {
    orders.add(
        () -> {
          listening().revoked(partitions);
          positions.keySet().removeAll(partitions);
        });
  }

  void lose(Set<Integer> partitions) {
    orders.add(
        () -> {
          positions.keySet().removeAll(partitions);
          listening().lost(partitions);
        });
  }

  /// From now on it brings nothing, though it says that all is well. Any thread may call.
  void goDumb() {
    dumb = true;
  }

  private Listener listening() {
    Listener current = listener;
    if (current == null) {
      throw new IllegalStateException("not opened");
    }
    return current;
  }

  @Override
  public void open(Listener wanted) {
    listener = wanted;
  }

  @Override
  public int poll(Duration timeout, RecordSink sink) {
    Runnable order = orders.poll();
    if (order == null && (paused || dumb || nothingToRead())) {
      order = waitForOrder(timeout);
    }
    if (order != null) {
      order.run();
      return 0;
    }
    return paused || dumb ? 0 : read(sink);
  }

  private @Nullable Runnable waitForOrder(Duration timeout) {
    try {
      return orders.poll(Math.min(2, timeout.toMillis()), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean nothingToRead() {
    return positions.entrySet().stream().allMatch(e -> e.getValue() >= topic.end(e.getKey()));
  }

  private int read(RecordSink sink) {
    int left = pollLimit;
    Integer[] partitions = positions.keySet().toArray(Integer[]::new);
    turn++;
    for (int i = 0; i < partitions.length && left > 0; i++) {
      int partition = partitions[(i + turn) % partitions.length];
      long at = positions.getOrDefault(partition, 0L);
      long beginning = topic.beginning(partition);
      if (at < beginning) {
        positions.put(partition, beginning);
        listening().skipped(partition, at, beginning);
        return 0;
      }
      sink.written(partition, topic.written());
      for (; at < topic.end(partition) && left > 0; at++, left--) {
        byte[] value = topic.value(partition, at);
        positions.put(partition, at + 1);
        sink.accept(partition, at, value, 0, value.length);
      }
    }
    return pollLimit - left;
  }

  @Override
  public int pollLimit() {
    return pollLimit;
  }

  @Override
  public void seek(int partition, long offset) {
    if (positions.replace(partition, offset) == null) {
      throw new IllegalStateException("partition " + partition + " is not assigned");
    }
  }

  @Override
  public void seekToBeginning(int partition) {
    seek(partition, topic.beginning(partition));
  }

  @Override
  public OptionalLong position(int partition) {
    Long at = positions.get(partition);
    return at == null || at < 0 ? OptionalLong.empty() : OptionalLong.of(at);
  }

  @Override
  public OptionalLong knownEnd(int partition) {
    return OptionalLong.of(topic.end(partition));
  }

  @Override
  public Map<Integer, OffsetRange> offsets() {
    Map<Integer, OffsetRange> ranges = new HashMap<>();
    for (int p = 0; p < topic.count(); p++) {
      ranges.put(p, new OffsetRange(topic.beginning(p), topic.end(p)));
    }
    return ranges;
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  @Override
  public void acknowledge(Map<Integer, Long> nextOffsets) {
    acknowledged.putAll(nextOffsets);
  }

  @Override
  public void wakeup() {
    orders.add(() -> {});
  }

  @Override
  public void close() {}
}
