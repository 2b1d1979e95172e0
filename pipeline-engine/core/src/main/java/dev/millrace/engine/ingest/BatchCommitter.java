package dev.millrace.engine.ingest;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.event.DeadLetter;
import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.DataFiles;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.model.TopicPartition;
import dev.millrace.engine.pipeline.Feed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings micro-batches into Bronze and the dead letters, each event exactly once.
///
/// Two tables cannot commit as one, so the order does it: **dead letters first, then Bronze.** When
/// Bronze's marker stands at offset n, everything below n is dealt with, dead letters included; so
/// a worker starts at Bronze's marker and the dead letters' need not move where there are none. A
/// crash between the two leaves the dead letters' marker ahead: what is read again is decoded
/// again, and a bad value below that marker is left out, for it is there.
///
/// **Fencing.** A commit names the snapshot it builds on, and is made only where that snapshot has
/// the markers this worker relies on for the batch's partitions: those it was given to read from,
/// or has moved itself since. That is asked before every attempt, for whatever takes a newer
/// snapshot (another commit that landed first, a start of other partitions) takes in what others
/// did meanwhile. Markers unchanged: the newer snapshot is about something else. Already at this
/// batch's end: an earlier attempt landed without our hearing of it. Else the partition has another
/// owner, and the batch is dropped whole.
///
/// Confined to one thread at a time. After a failure {@link #commit} is called again with the same
/// batch and goes on where it stood: files written are not written again.
final class BatchCommitter {

  private static final Logger LOG = LoggerFactory.getLogger(BatchCommitter.class);
  private static final int MOST_RACES = 100;

  private final Feed feed;
  private final DataFiles files;
  private final CommitListener listener;
  private final TableMark bronze;
  private final TableMark deadLetters;
  private @Nullable Landing landing;

  /// @param listener what it throws is logged and hinders nothing
  BatchCommitter(Feed feed, Lake lake, DataFiles files, CommitListener listener) {
    this.feed = feed;
    this.listener = listener;
    this.files = files;
    bronze =
        new TableMark(
            lake.openWidened(
                feed.bronze(), feed.bronzeSchema(), Optional.of(Feed.EVENT_DATE.name())));
    deadLetters =
        new TableMark(lake.openWidened(feed.deadLetters(), DeadLetter.SCHEMA, Optional.empty()));
  }

  /// Where a partition goes on.
  ///
  /// @param bronze offset to read from; empty when Bronze knows nothing of the partition
  /// @param deadLetters bad values below this offset are in their table; 0 when none is
  record Start(OptionalLong bronze, long deadLetters) {}

  /// Takes fresh snapshots and builds on what they say of these partitions.
  Map<Integer, Start> startOf(Collection<Integer> partitions) {
    bronze.refresh();
    deadLetters.refresh();
    Map<Integer, Start> starts = new HashMap<>();
    for (int partition : partitions) {
      OptionalLong dead = deadLetters.adopt(partition);
      starts.put(partition, new Start(bronze.adopt(partition), dead.orElse(0)));
    }
    return starts;
  }

  /// Bronze's marker of a partition as of now, whoever owns it.
  OptionalLong newestMarker(int partition) {
    return bronze.table.snapshot().nextOffset(topicPartition(partition));
  }

  /// @return `Landed` or `Fenced`
  /// @throws MillraceException when a file or a commit failed; nothing is lost, call again
  CommitResult commit(MicroBatch batch) {
    Landing current = landing;
    if (current == null || current.batch != batch) {
      current = new Landing(batch);
      landing = current;
    }
    boolean landed = current.mayBegin() && current.deadLettersLanded() && current.bronzeLanded();
    landing = null;
    if (landed) {
      tellListener();
    }
    return landed ? new CommitResult.Landed() : new CommitResult.Fenced(current.fencedBy);
  }

  private void tellListener() {
    try {
      listener.committed(bronze.table, bronze.base);
    } catch (RuntimeException e) {
      LOG.warn("Nobody took note of a commit to {}", bronze.table.name(), e);
    }
  }

  /// Forgets what was begun for a batch that is given up.
  void abandon() {
    landing = null;
  }

  private TopicPartition topicPartition(int partition) {
    return new TopicPartition(feed.kafka().topic(), partition);
  }

  /// One batch on its way, with what of it is done.
  private final class Landing {

    private final MicroBatch batch;
    private final List<LakeFile> bronzeFiles = new ArrayList<>();
    private final List<RowsOfDay> days;
    private @Nullable LakeFile deadLetterFile;
    private boolean deadLettersDone;
    private String fencedBy = "";

    Landing(MicroBatch batch) {
      this.batch = batch;
      days = RowsOfDay.of(batch.events());
    }

    /// Whether nothing known here stands against it; asked before anything is written.
    boolean mayBegin() {
      if (bronzeFiles.isEmpty() && deadLetterFile == null) {
        bronze.movedByAnother(batch.nextOffsets()).ifPresent(fence -> fencedBy = fence);
      }
      return fencedBy.isEmpty();
    }

    boolean deadLettersLanded() {
      if (deadLettersDone || batch.deadLetters().isEmpty()) {
        return true;
      }
      Map<Integer, Long> next = new HashMap<>();
      for (DeadLetter letter : batch.deadLetters()) {
        next.put(letter.partition(), offsetAfterBatch(letter.partition()));
      }
      LakeFile file = deadLetterFile;
      if (file == null) {
        ColumnBatch rows = new ColumnBatch(DeadLetter.SCHEMA);
        batch.deadLetters().forEach(letter -> letter.appendTo(rows));
        RowSelection all = RowSelection.run(0, rows.rows());
        LakeTable table = deadLetters.table;
        file = files.write(table.dataFolder(Optional.empty()), rows, all, Optional.empty());
        deadLetterFile = file;
      }
      deadLettersDone = land(deadLetters, List.of(file), next);
      return deadLettersDone;
    }

    boolean bronzeLanded() {
      while (bronzeFiles.size() < days.size()) {
        RowsOfDay day = days.get(bronzeFiles.size());
        bronzeFiles.add(
            files.write(
                bronze.table.dataFolder(Optional.of(day.date())),
                batch.events().columns(),
                day.rows(),
                Optional.of(day.date())));
      }
      return land(bronze, bronzeFiles, batch.nextOffsets());
    }

    private long offsetAfterBatch(int partition) {
      Long next = batch.nextOffsets().get(partition);
      if (next == null) {
        throw new IllegalStateException("no offset of partition " + partition + " in its batch");
      }
      return next;
    }

    private boolean land(TableMark mark, List<LakeFile> added, Map<Integer, Long> next) {
      LakeCommit commit =
          new LakeCommit("STREAMING UPDATE", added, List.of(), named(next), Map.of());
      for (int race = 0; race < MOST_RACES; race++) {
        if (mark.standsAt(next)) {
          mark.moved(mark.base, next);
          return true;
        }
        Optional<String> fence = mark.movedByAnother(next);
        if (fence.isPresent()) {
          fencedBy = fence.get();
          return false;
        }
        switch (mark.table.commit(mark.base, commit)) {
          case CommitOutcome.Committed committed -> {
            mark.moved(committed.snapshot(), next);
            return true;
          }
          case CommitOutcome.Conflict _ -> mark.refresh();
        }
      }
      throw new MillraceException(
          ErrorCode.LAKE,
          "Another writer of " + mark.table.name() + " won " + MOST_RACES + " commits in a row",
          "let fewer workers and jobs write to the table at once");
    }

    private Map<TopicPartition, Long> named(Map<Integer, Long> next) {
      Map<TopicPartition, Long> named = new HashMap<>();
      next.forEach((partition, offset) -> named.put(topicPartition(partition), offset));
      return named;
    }
  }

  /// A table, the snapshot the next commit builds on, and the markers this worker relies on.
  private final class TableMark {

    private final LakeTable table;
    private final Map<Integer, OptionalLong> relied = new HashMap<>();
    private LakeSnapshot base;

    TableMark(LakeTable table) {
      this.table = table;
      base = table.snapshot();
    }

    void refresh() {
      base = table.snapshot();
    }

    OptionalLong adopt(int partition) {
      OptionalLong marker = base.nextOffset(topicPartition(partition));
      relied.put(partition, marker);
      return marker;
    }

    void moved(LakeSnapshot snapshot, Map<Integer, Long> next) {
      base = snapshot;
      next.forEach((partition, offset) -> relied.put(partition, OptionalLong.of(offset)));
    }

    boolean standsAt(Map<Integer, Long> next) {
      return next.entrySet().stream()
          .allMatch(
              e ->
                  base.nextOffset(topicPartition(e.getKey()))
                      .equals(OptionalLong.of(e.getValue())));
    }

    Optional<String> movedByAnother(Map<Integer, Long> next) {
      for (int partition : next.keySet()) {
        OptionalLong now = base.nextOffset(topicPartition(partition));
        OptionalLong before = relied.getOrDefault(partition, OptionalLong.empty());
        if (!now.equals(before)) {
          return Optional.of(
              "%s of partition %d went from %s to %s by another worker"
                  .formatted(table.name(), partition, text(before), text(now)));
        }
      }
      return Optional.empty();
    }

    private static String text(OptionalLong offset) {
      return offset.isPresent() ? "offset " + offset.getAsLong() : "no offset";
    }
  }
}
