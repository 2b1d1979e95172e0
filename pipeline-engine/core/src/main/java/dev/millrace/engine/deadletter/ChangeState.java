package dev.millrace.engine.deadletter;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.DeadLetter;
import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves letters from one state to another in one Delta commit, which decides: of two that move the
/// same letter, one finds it in another state and leaves it alone.
///
/// The files that hold the letters are written anew and exchanged; the table's markers and what a
/// stream adds meanwhile stay. A letter is changed only while it is in the state it is moved from,
/// and, where a replay's id is given, only while that replay holds it.
final class ChangeState {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeState.class);
  private static final int MOST_RACES = 100;
  private static final Schema WANTED =
      Schema.of(
          Feed.KAFKA_TOPIC,
          Feed.KAFKA_PARTITION,
          Feed.KAFKA_OFFSET,
          Column.optional("held_by", ColumnType.STRING),
          Column.optional("new_note", ColumnType.STRING));
  private static final String SAME_LETTER =
      "l.kafka_topic = w.kafka_topic AND l.kafka_partition = w.kafka_partition"
          + " AND l.kafka_offset = w.kafka_offset";

  private final LetterTable letters;

  ChangeState(LetterTable letters) {
    this.letters = letters;
  }

  /// A letter to be moved.
  ///
  /// @param heldBy id of the replay that must hold it; empty when none need
  /// @param note what the letter says from then on; empty for nothing
  record Target(LetterId id, Optional<String> heldBy, Optional<String> note) {}

  /// The move.
  ///
  /// @param operation verb for the table's history
  /// @param replayId id of the replay the letters get; empty when none holds them from then on
  /// @param replayFrom where the topic ended before that replay
  record Move(
      String operation,
      LetterState from,
      LetterState to,
      Optional<String> replayId,
      Optional<String> replayFrom,
      Instant at) {}

  /// Carries out the move on those targets that are in its first state.
  ///
  /// @return the letters that were moved
  Set<LetterId> move(Collection<Target> targets, Move move) {
    if (targets.isEmpty()) {
      return Set.of();
    }
    for (int race = 0; race < MOST_RACES; race++) {
      LakeSnapshot base = letters.table().snapshot();
      Optional<Rewrite> rewrite = rewrite(candidates(base, targets), targets, move);
      if (rewrite.isEmpty()) {
        return Set.of();
      }
      if (landed(base, rewrite.get(), move.operation())) {
        return rewrite.get().moved();
      }
    }
    throw new MillraceException(
        ErrorCode.LAKE,
        "Another writer of " + letters.table().name() + " won " + MOST_RACES + " commits in a row",
        "let fewer workers and jobs write to the table at once");
  }

  /// Files written anew.
  private record Rewrite(List<LakeFile> old, List<LakeFile> anew, Set<LetterId> moved) {}

  private boolean landed(LakeSnapshot first, Rewrite rewrite, String operation) {
    LakeCommit commit =
        new LakeCommit(operation, rewrite.anew(), rewrite.old(), Map.of(), Map.of());
    LakeSnapshot base = first;
    while (holds(base, rewrite.old())) {
      switch (letters.table().commit(base, commit)) {
        case CommitOutcome.Committed _ -> {
          return true;
        }
        case CommitOutcome.Conflict _ -> base = letters.table().snapshot();
      }
    }
    // Someone else exchanged one of the files, so what was written tells of a state that is past.
    rewrite.anew().forEach(file -> removeQuietly(file.path()));
    return false;
  }

  private static boolean holds(LakeSnapshot snapshot, List<LakeFile> files) {
    Set<Path> live = snapshot.files().stream().map(LakeFile::path).collect(Collectors.toSet());
    return files.stream().allMatch(file -> live.contains(file.path()));
  }

  /// Files that may hold one of the targets, told by their statistics.
  private static List<LakeFile> candidates(LakeSnapshot base, Collection<Target> targets) {
    long[] offsets = targets.stream().mapToLong(t -> t.id().offset()).sorted().toArray();
    return base.files().stream()
        .filter(
            file -> {
              var bounds = file.statistics().get(Feed.KAFKA_OFFSET.name());
              if (bounds == null
                  || !(bounds.min().orElse(null) instanceof Long min)
                  || !(bounds.max().orElse(null) instanceof Long max)) {
                return true;
              }
              int at = Arrays.binarySearch(offsets, min);
              int next = at < 0 ? -at - 1 : at;
              return next < offsets.length && offsets[next] <= max;
            })
        .toList();
  }

  private Optional<Rewrite> rewrite(
      List<LakeFile> candidates, Collection<Target> targets, Move move) {
    String meant =
        "l.state = %s AND (w.held_by IS NULL OR w.held_by = l.replay_id)"
            .formatted(literal(move.from().text()));
    Map<String, Long> touched = new LinkedHashMap<>();
    Set<LetterId> moved = new HashSet<>();
    try (SqlSession session = letters.session(candidates)) {
      session.values("wanted", WANTED, targets.stream().map(ChangeState::row).toList());
      session.forEachRow(
          "SELECT l._source_file, l.kafka_topic, l.kafka_partition, l.kafka_offset FROM "
              + LetterTable.VIEW
              + " l JOIN wanted w ON "
              + SAME_LETTER
              + " WHERE "
              + meant,
          row -> {
            touched.merge((String) row.get(0), 1L, Long::sum);
            moved.add(new LetterId((String) row.get(1), (Integer) row.get(2), (Long) row.get(3)));
          });
      if (moved.isEmpty()) {
        return Optional.empty();
      }
      List<LakeFile> old =
          candidates.stream()
              .filter(file -> touched.containsKey(file.path().getFileName().toString()))
              .toList();
      session.view("touched", DeadLetter.SCHEMA, old);
      List<LakeFile> anew =
          session.write(
              exchanged(move, meant),
              DeadLetter.SCHEMA,
              Optional.empty(),
              letters.table()::dataFolder);
      requireSameRows(old, anew);
      return Optional.of(new Rewrite(old, anew, moved));
    }
  }

  private static String exchanged(Move move, String meant) {
    List<String> columns = new ArrayList<>();
    for (Column column : DeadLetter.SCHEMA.columns()) {
      Optional<String> value =
          switch (column.name()) {
            case "state" -> Optional.of(literal(move.to().text()));
            case "replay_id" -> Optional.of(literal(move.replayId().orElse(null)));
            case "replay_from" -> Optional.of(literal(move.replayFrom().orElse(null)));
            case "note" -> Optional.of("w.new_note");
            case "changed_at" -> Optional.of("TIMESTAMPTZ " + literal(move.at().toString()));
            default -> Optional.empty();
          };
      String own = "l.\"" + column.name() + '"';
      columns.add(
          value
                  .map(
                      v ->
                          "CASE WHEN w.kafka_offset IS NOT NULL THEN "
                              + v
                              + " ELSE "
                              + own
                              + " END")
                  .orElse(own)
              + " AS \""
              + column.name()
              + '"');
    }
    return "SELECT "
        + String.join(", ", columns)
        + " FROM touched l LEFT JOIN wanted w ON "
        + SAME_LETTER
        + " AND "
        + meant;
  }

  /// No letter may be lost or doubled by the exchange, whatever the engine did.
  private void requireSameRows(List<LakeFile> old, List<LakeFile> anew) {
    long before = old.stream().mapToLong(LakeFile::rows).sum();
    long after = anew.stream().mapToLong(LakeFile::rows).sum();
    if (before != after) {
      anew.forEach(file -> removeQuietly(file.path()));
      throw new MillraceException(
          ErrorCode.INTERNAL,
          "%s: %d letters were to be exchanged and %d were written"
              .formatted(letters.table().name(), before, after),
          "nothing was changed; report it with the log");
    }
  }

  /// A target as a row of {@link #WANTED}.
  @SuppressWarnings("NullAway") // The port's rows hold null for a SQL null.
  private static List<Object> row(Target target) {
    return Arrays.asList(
        target.id().topic(),
        target.id().partition(),
        target.id().offset(),
        target.heldBy().orElse(null),
        target.note().orElse(null));
  }

  private static String literal(@Nullable String text) {
    return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
  }

  private static void removeQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} stays as an orphan until a vacuum", file, e);
    }
  }
}
