package dev.millrace.engine.ingest;

import dev.millrace.engine.event.DeadLetter;
import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.event.Micros;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.pipeline.Feed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Decodes what a poll brings into the open batch and keeps account per partition.
///
/// Two batches take turns: one is filled while the other is committed. Confined to the stream's
/// thread, but for the batch that is handed out.
final class Intake implements EventSource.RecordSink {

  /// Two batches, their texts' dictionaries and a page of a file fit a heap of 16 times as much.
  private static final long MOST_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() >> 4, 8L << 20, 64L << 20);

  /// Dead letters are held in arrays of their own.
  private static final long MOST_DEAD_LETTER_BYTES = 16L << 20;

  private static final long UNKNOWN = Long.MAX_VALUE;

  /// Event time that is further ahead of the arrival, in microseconds, says nothing of how far
  /// event time has come.
  private static final long AHEAD = Duration.ofMinutes(5).toNanos() / 1_000;

  private final Feed feed;
  private final EventListener listener;
  private final InstantSource clock;
  private final EventDecoder decoder;
  private final Watermark watermark;
  private final RateMeter rate;
  private final Kinds kinds;
  private final int roomForPoll;
  private final TreeMap<Integer, PartitionIntake> partitions = new TreeMap<>();
  private @Nullable PartitionIntake[] byNumber = {};
  private MicroBatch open;
  private @Nullable MicroBatch spare;
  private Instant now;
  private long arrival;
  private boolean stamped;
  private long written = UNKNOWN;

  Intake(Feed feed, EventListener listener, int pollLimit, InstantSource clock) {
    this.feed = feed;
    this.listener = listener;
    this.clock = clock;
    now = clock.instant();
    decoder = new EventDecoder(feed);
    watermark = new Watermark(feed.watermark());
    rate = new RateMeter(now.toEpochMilli());
    roomForPoll = Math.max(1, feed.batchRows() - pollLimit + 1);
    kinds = new Kinds(feed, now.toEpochMilli());
    open = new MicroBatch(feed, kinds);
    spare = new MicroBatch(feed, kinds);
  }

  /// What is known of one assigned partition.
  static final class PartitionIntake {
    private long next;
    private long nextAtLastPoll = -1;
    private long deadLettersFrom;
    private OptionalLong committed = OptionalLong.empty();
  }

  Set<Integer> assigned() {
    return partitions.keySet();
  }

  MicroBatch open() {
    return open;
  }

  Watermark watermark() {
    return watermark;
  }

  long unknownFields() {
    return decoder.unknownFields();
  }

  /// The fields of no column met most and how often.
  Map<String, Long> unknownFieldNames() {
    return decoder.unknownFieldNames();
  }

  Kinds kinds() {
    return kinds;
  }

  double eventsPerSecond(Instant at) {
    return rate.perSecond(at.toEpochMilli());
  }

  /// The partition is read from here on; what the open batch held of it is gone already.
  void assign(int partition, BatchCommitter.Start start, Instant at) {
    PartitionIntake intake = new PartitionIntake();
    intake.next = start.bronze().orElse(0);
    intake.deadLettersFrom = start.deadLetters();
    intake.committed = start.bronze();
    if (partitions.put(partition, intake) == null) {
      watermark.assign(partition, at.toEpochMilli());
    }
    index();
  }

  void unassign(int partition) {
    if (partitions.remove(partition) != null) {
      watermark.unassign(partition);
      index();
    }
  }

  /// Whether another poll could bring more than the batch may hold.
  boolean full() {
    return open.size() >= roomForPoll
        || open.bytes() >= MOST_BYTES
        || open.deadLetterBytes() >= MOST_DEAD_LETTER_BYTES;
  }

  /// Whether the batch has been open for as long as the feed's trigger says. A clock that was set
  /// back behind its opening counts as well, else the batch would wait for as long again.
  boolean triggered(Instant at) {
    return !open.isEmpty()
        && (at.isBefore(open.openedAt()) || !at.isBefore(open.openedAt().plus(feed.trigger())));
  }

  /// What comes next is another poll's.
  void beginPoll() {
    stamped = false;
    written = UNKNOWN;
  }

  /// A poll's records arrive when the first of them does; the wait for it came before.
  private void stamp() {
    now = clock.instant();
    arrival = Micros.of(now);
    stamped = true;
  }

  @Override
  public void accept(int partition, long offset, byte[] value, int start, int length) {
    PartitionIntake intake = partition < byNumber.length ? byNumber[partition] : null;
    if (intake == null || offset < intake.next) {
      return;
    }
    if (!stamped) {
      stamp();
    }
    intake.next = offset + 1;
    if (intake.committed.isEmpty()) {
      intake.committed = OptionalLong.of(offset);
    }
    EventBatch events = open.events();
    switch (decoder.decode(value, start, length, events)) {
      case Verdict.Event _ -> {
        long time = events.openTime();
        long behind = watermark.behind(partition, time);
        if (behind > 0) {
          open.addLate(behind);
        }
        // One event of a clock that is wrong must not make all others late.
        if (time - arrival <= AHEAD) {
          watermark.saw(partition, time);
        } else {
          open.addAhead();
        }
        events.accept(arrival, partition, offset);
      }
      case Verdict.Refused refused -> {
        if (offset >= intake.deadLettersFrom) {
          open.add(letter(refused, partition, offset, value, start, length));
        }
      }
    }
    open.read(partition, offset + 1, length, now, written);
  }

  @Override
  public void written(int partition, long millis) {
    written = millis < 0 ? UNKNOWN : millis;
  }

  private DeadLetter letter(
      Verdict.Refused refused, int partition, long offset, byte[] value, int start, int length) {
    return new DeadLetter(
        Arrays.copyOfRange(value, start, start + length),
        feed.kafka().topic(),
        partition,
        offset,
        refused.reason(),
        refused.detail(),
        refused.position(),
        now);
  }

  /// The poll is over: tells the listener of its events and keeps the accounts.
  void endPoll(int polled, IntFunction<OptionalLong> knownEnd) {
    if (!stamped) {
      stamp();
    }
    long millis = now.toEpochMilli();
    rate.add(polled, millis);
    open.tell(listener, arrival);
    for (var entry : partitions.entrySet()) {
      int partition = entry.getKey();
      PartitionIntake intake = entry.getValue();
      if (intake.next != intake.nextAtLastPoll) {
        intake.nextAtLastPoll = intake.next;
        watermark.heard(partition, millis);
      } else if (knownEnd.apply(partition).orElse(Long.MAX_VALUE) <= intake.next) {
        watermark.atEnd(partition, millis);
      }
    }
  }

  /// Hands the open batch out and opens the spare one. Markers go past records that are never
  /// handed over, such as the ends of transactions.
  MicroBatch take(IntFunction<OptionalLong> position) {
    MicroBatch taken = open;
    MicroBatch next = spare;
    if (next == null) {
      throw new IllegalStateException("the batch before is still being committed");
    }
    taken
        .nextOffsets()
        .replaceAll((p, offset) -> Math.max(offset, position.apply(p).orElse(offset)));
    open = next;
    spare = null;
    return taken;
  }

  /// Takes back a batch that was handed out.
  void giveBack(MicroBatch batch) {
    batch.clear();
    spare = batch;
  }

  /// The tables hold these offsets now.
  void committed(Map<Integer, Long> nextOffsets) {
    nextOffsets.forEach(
        (partition, offset) -> {
          PartitionIntake intake = partitions.get(partition);
          if (intake != null) {
            intake.committed = OptionalLong.of(offset);
          }
        });
  }

  /// Offset up to which the tables hold the partition, before any event is read empty.
  OptionalLong committed(int partition) {
    PartitionIntake intake = partitions.get(partition);
    return intake == null ? OptionalLong.empty() : intake.committed;
  }

  void discardOpen() {
    open.clear();
  }

  private void index() {
    byNumber = new PartitionIntake[partitions.isEmpty() ? 0 : partitions.lastKey() + 1];
    partitions.forEach((partition, intake) -> byNumber[partition] = intake);
  }
}
