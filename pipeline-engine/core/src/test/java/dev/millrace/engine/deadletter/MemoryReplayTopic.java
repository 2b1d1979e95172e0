package dev.millrace.engine.deadletter;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.ingest.EventSource.OffsetRange;
import dev.millrace.engine.ingest.ReplayTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A topic of two partitions in memory that outlives those who open it, and fences as Kafka does.
final class MemoryReplayTopic {

  /// @param replay null for a record that is no replay
  record Message(@Nullable Replayed replay, byte[] value) {}

  record Replayed(ReplayTopic.Replay replay) {}

  private final Breaks breaks;
  private final List<List<Message>> partitions = List.of(new ArrayList<>(), new ArrayList<>());
  private final Map<Integer, Long> beginnings = new HashMap<>(Map.of(0, 0L, 1, 0L));
  private int epoch;
  Runnable beforeSend = () -> {};
  boolean failsAfterFirst;

  MemoryReplayTopic(Breaks breaks) {
    this.breaks = breaks;
  }

  void fill(int partition, int records) {
    for (int i = 0; i < records; i++) {
      partitions.get(partition).add(new Message(null, new byte[0]));
    }
  }

  /// Retention removes everything.
  void forget() {
    beginnings.replaceAll((p, _) -> (long) partitions.get(p).size());
  }

  List<ReplayTopic.Replay> replays() {
    List<ReplayTopic.Replay> replays = new ArrayList<>();
    for (List<Message> partition : partitions) {
      for (Message message : partition) {
        Replayed replayed = message.replay();
        if (replayed != null) {
          replays.add(replayed.replay());
        }
      }
    }
    return replays;
  }

  ReplayTopic open() {
    breaks.step("open");
    return new Opened(++epoch);
  }

  private final class Opened implements ReplayTopic {

    private final int own;

    Opened(int own) {
      this.own = own;
    }

    @Override
    public Map<Integer, Long> ends() {
      breaks.step("ends");
      return Map.of(0, (long) partitions.get(0).size(), 1, (long) partitions.get(1).size());
    }

    @Override
    public List<Sent> send(List<Replay> replays) {
      beforeSend.run();
      List<Sent> sent = new ArrayList<>();
      for (Replay replay : replays) {
        breaks.step("before record");
        if (own != epoch) {
          throw new MillraceException(ErrorCode.SERVICE, "fenced", "wait for the other");
        }
        if (failsAfterFirst && !sent.isEmpty()) {
          throw new MillraceException(ErrorCode.SERVICE, "the broker is gone", "start it");
        }
        List<Message> partition = partitions.get(replay.partition());
        sent.add(
            new Sent(
                replay.id(),
                replay.topic(),
                replay.partition(),
                replay.offset(),
                replay.partition(),
                partition.size()));
        partition.add(new Message(new Replayed(replay), replay.value()));
      }
      breaks.step("all sent");
      return sent;
    }

    @Override
    public Search search(Map<Integer, Long> from) {
      breaks.step("search");
      Map<Integer, OffsetRange> ranges = new HashMap<>();
      List<Sent> sent = new ArrayList<>();
      for (int p = 0; p < partitions.size(); p++) {
        long beginning = beginnings.getOrDefault(p, 0L);
        List<Message> partition = partitions.get(p);
        ranges.put(p, new OffsetRange(beginning, partition.size()));
        for (int at = (int) Math.max(beginning, from.getOrDefault(p, 0L));
            at < partition.size();
            at++) {
          Replayed found = partition.get(at).replay();
          if (found != null) {
            Replay replay = found.replay();
            sent.add(
                new Sent(replay.id(), replay.topic(), replay.partition(), replay.offset(), p, at));
          }
        }
      }
      return new Search(sent, ranges);
    }

    @Override
    public void close() {}
  }
}
