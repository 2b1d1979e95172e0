package dev.millrace.engine.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A feed's topic as a replay of dead letters sees it.
///
/// **Fencing.** Opening one ends every other that is open on the same feed, in whatever process:
/// the other's sends fail from then on, and what it sent before is found by {@link #search}. So
/// what a search does not find was not sent and never will be.
///
/// Confined to one thread. Failures are {@link dev.millrace.engine.error.MillraceException}s of
/// code `SERVICE`; after one, some of the records may have been sent, and only a topic that is
/// opened anew can tell.
public interface ReplayTopic extends AutoCloseable {

  /// Where each partition ends now.
  Map<Integer, Long> ends();

  /// Sends all of them; at the return they are on the broker for good.
  ///
  /// @return where each went, in order
  List<Sent> send(List<Replay> replays);

  /// Replays in the topic from these offsets to the present ends, by whomever sent. Whatever a
  /// stream would read is seen, whether its transaction was committed or not. Partitions that are
  /// not named are read from the beginning.
  Search search(Map<Integer, Long> from);

  @Override
  void close();

  /// A dead letter on its way back. The arrays are shared: read only.
  ///
  /// @param id of the replay; with the coordinates it names the letter in the topic
  /// @param partition where the letter was met first
  /// @param offset where the letter was met first
  /// @param key what chooses the partition; without one the letter returns to the partition it came
  ///   from
  record Replay(
      String id, String topic, int partition, long offset, Optional<byte[]> key, byte[] value) {}

  /// A replay that stands in the topic.
  ///
  /// @param topic original topic, as `partition` and `offset` are
  /// @param sentPartition where it stands now, with `sentOffset`
  record Sent(
      String id, String topic, int partition, long offset, int sentPartition, long sentOffset) {}

  /// What a search saw.
  ///
  /// @param ranges per partition the offsets the topic holds; what retention removed was not seen
  record Search(List<Sent> sent, Map<Integer, EventSource.OffsetRange> ranges) {

    public Search {
      sent = List.copyOf(sent);
      ranges = Map.copyOf(ranges);
    }

    /// Whether nothing from these offsets on can have been missed.
    public boolean whole(Map<Integer, Long> from) {
      return from.entrySet().stream()
          .allMatch(
              e -> {
                EventSource.OffsetRange range = ranges.get(e.getKey());
                return range != null
                    && range.beginning() <= e.getValue()
                    && e.getValue() <= range.end();
              });
    }
  }
}
