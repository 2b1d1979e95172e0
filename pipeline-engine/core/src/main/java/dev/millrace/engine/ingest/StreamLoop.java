package dev.millrace.engine.ingest;

import dev.millrace.engine.model.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The turns of a stream: poll, decode, tell, hand over to the commit.
///
/// Confined to the stream's thread. At most one batch is being committed while the next is filled;
/// when that is full as well the source pauses, so that memory stays bounded. On every change of
/// partitions both are settled first, or dropped and read again.
final class StreamLoop implements EventSource.Listener, CatchUps.Ledger, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamLoop.class);
  private static final Duration LONGEST_POLL = Duration.ofMillis(100);
  private static final Duration PAUSED_POLL = Duration.ofMillis(5);
  private static final Duration BETWEEN_PICTURES = Duration.ofMillis(100);
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private record Flight(MicroBatch batch, Instant since, CompletableFuture<CommitResult> result) {}

  private final StreamSetting setting;
  private EventSource source;
  private final BatchCommitter committer;
  private final CommitLane lane;
  private final Intake intake;
  private final Tally tally;
  private final StreamPicture picture;
  private final CatchUps catchUps;
  private final Vitals vitals;
  private final Consumer<StreamProgress> pictures;
  private @Nullable Flight flight;
  private boolean paused;
  private long lastPicture = System.nanoTime();

  /// @param source closed with the loop
  StreamLoop(
      StreamSetting setting,
      EventSource source,
      BatchCommitter committer,
      CommitLane lane,
      CatchUps catchUps,
      Vitals vitals,
      Consumer<StreamProgress> pictures) {
    this.setting = setting;
    this.source = source;
    this.committer = committer;
    this.lane = lane;
    this.catchUps = catchUps;
    this.vitals = vitals;
    this.pictures = pictures;
    intake = new Intake(setting.feed(), setting.listener(), source.pollLimit(), setting.clock());
    tally = new Tally(setting);
    picture = new StreamPicture(setting, intake, tally);
  }

  /// One turn.
  void turn() {
    reap();
    if (flight == null && intake.full()) {
      handOver();
    }
    pauseWhileFull();
    tellVitals();
    intake.beginPoll();
    int polled = source.poll(paused ? PAUSED_POLL : LONGEST_POLL, intake);
    intake.endPoll(polled, source::knownEnd);
    if (polled == 0) {
      setting.listener().quiet();
    }
    boolean wanted = catchUps.turn(source, this);
    if (flight == null && !intake.open().isEmpty()) {
      if (wanted || intake.full() || intake.triggered(setting.clock().instant())) {
        handOver();
      }
    }
    if (System.nanoTime() - lastPicture >= BETWEEN_PICTURES.toNanos()) {
      picture(StreamState.RUNNING);
    }
  }

  private void tellVitals() {
    Map<Integer, Long> positions = new HashMap<>();
    for (int partition : intake.assigned()) {
      positions.put(partition, read(partition));
    }
    vitals.turned(new Vitals.Reading(positions, paused));
  }

  EventSource source() {
    return source;
  }

  /// Closes the source.
  @Override
  public void close() {
    source.close();
  }

  /// Goes over to a fresh source, which deals the partitions out anew; the old one is closed.
  void reopen(EventSource fresh) {
    settle(PATIENCE);
    intake.discardOpen();
    Set.copyOf(intake.assigned()).forEach(intake::unassign);
    EventSource old = source;
    source = fresh;
    paused = false;
    old.close();
    fresh.open(this);
  }

  /// Commits what is open, within reason.
  ///
  /// @return whether all that was read is in the tables now; otherwise it is dropped
  boolean settle(Duration patience) {
    setting.listener().quiet();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Flight current = flight;
      if (current != null) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        Optional<CommitResult> result = CommitLane.await(current.result(), left);
        if (result.isEmpty()) {
          lane.abandon();
        }
        if (!conclude(current, result.orElseGet(current.result()::join))) {
          intake.discardOpen();
          return false;
        }
      } else if (intake.open().isEmpty()) {
        return true;
      } else {
        handOver();
      }
    }
  }

  void picture(StreamState state) {
    lastPicture = System.nanoTime();
    List<StreamProgress.PartitionProgress> partitions = new ArrayList<>();
    long unread = 0;
    for (int partition : intake.assigned()) {
      long settled = settled(partition);
      long position = read(partition);
      long end = Math.max(position, source.knownEnd(partition).orElse(position));
      partitions.add(
          new StreamProgress.PartitionProgress(partition, settled, Math.max(settled, end)));
      unread += end - position;
    }
    Flight current = flight;
    pictures.accept(
        picture.of(state, current == null ? null : current.batch(), partitions, unread));
  }

  private void pauseWhileFull() {
    boolean full = intake.full();
    if (full && !paused) {
      source.pause();
    } else if (!full && paused) {
      source.resume();
    }
    paused = full;
  }

  private void handOver() {
    MicroBatch batch = intake.take(source::position);
    flight = new Flight(batch, setting.clock().instant(), lane.submit(batch));
  }

  private void reap() {
    Flight current = flight;
    if (current != null
        && current.result().isDone()
        && !conclude(current, current.result().join())) {
      intake.discardOpen();
      position(Set.copyOf(intake.assigned()));
    }
  }

  /// @return whether the batch landed
  private boolean conclude(Flight ended, CommitResult result) {
    flight = null;
    MicroBatch batch = ended.batch();
    boolean landed =
        switch (result) {
          case CommitResult.Landed _ -> {
            tally.landed(batch, ended.since(), intake.kinds());
            intake.committed(batch.nextOffsets());
            source.acknowledge(Map.copyOf(batch.nextOffsets()));
            yield true;
          }
          case CommitResult.Fenced fenced -> {
            LOG.warn("{}: {}; its rows are left to that worker", setting.name(), fenced.detail());
            yield false;
          }
          case CommitResult.Abandoned _ -> {
            LOG.warn("{}: a batch could not be committed now and is read again", setting.name());
            yield false;
          }
          case CommitResult.Failed failed -> throw failed.cause();
        };
    intake.giveBack(batch);
    return landed;
  }

  /// Reads these partitions from where the tables stand.
  private void position(Collection<Integer> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    Instant now = setting.clock().instant();
    committer
        .startOf(partitions)
        .forEach(
            (partition, start) -> {
              intake.assign(partition, start, now);
              if (start.bronze().isPresent()) {
                source.seek(partition, start.bronze().getAsLong());
              } else {
                source.seekToBeginning(partition);
              }
            });
  }

  @Override
  public void assigned(Set<Integer> partitions) {
    joined();
    boolean settled = settle(PATIENCE);
    Set<Integer> read = new TreeSet<>(partitions);
    if (!settled) {
      read.addAll(intake.assigned());
    }
    position(read);
    paused = false;
    source.resume();
    LOG.info("{}: reads partitions {}", setting.name(), intake.assigned());
  }

  @Override
  public void joined() {
    setting.troubles().end(Trouble.Kind.MEMBERSHIP_LOST);
  }

  @Override
  public void revoked(Set<Integer> partitions) {
    boolean settled = settle(PATIENCE);
    partitions.forEach(intake::unassign);
    if (!settled) {
      position(Set.copyOf(intake.assigned()));
    }
  }

  @Override
  public void lost(Set<Integer> partitions) {
    setting
        .troubles()
        .begin(
            Trouble.Kind.MEMBERSHIP_LOST,
            "The consumer group went on without this worker; its partitions %s are another's"
                .formatted(new TreeSet<>(partitions)),
            "it takes part again by itself; if this comes back, see whether the machine or the lake's"
                + " disk holds the worker up");
    intake.discardOpen();
    settle(PATIENCE);
    partitions.forEach(intake::unassign);
    position(Set.copyOf(intake.assigned()));
  }

  @Override
  public void skipped(int partition, long from, long to) {
    tally.lost(to - from);
    LOG.error(
        "{}: records {} to {} of partition {} were deleted before they were read; {} are lost."
            + " To do: lengthen the topic's retention or run more workers",
        setting.name(),
        from,
        to - 1,
        partition,
        to - from);
  }

  @Override
  public boolean assigned(int partition) {
    return intake.assigned().contains(partition);
  }

  @Override
  public long settled(int partition) {
    Flight current = flight;
    boolean pending =
        intake.open().nextOffsets().containsKey(partition)
            || (current != null && current.batch().nextOffsets().containsKey(partition));
    long committed = intake.committed(partition).orElse(0);
    return pending ? committed : Math.max(committed, read(partition));
  }

  @Override
  public long read(int partition) {
    return source.position(partition).orElse(intake.committed(partition).orElse(0));
  }

  @Override
  public void beforeAnswer() {
    picture(StreamState.RUNNING);
  }

  @Override
  public OptionalLong marker(int partition) {
    return committer.newestMarker(partition);
  }
}
