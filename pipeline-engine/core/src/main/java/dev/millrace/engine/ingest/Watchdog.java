package dev.millrace.engine.ingest;

import dev.millrace.engine.model.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Sees that a stream does not go on though it says it runs, and says so in {@link Troubles}.
///
/// It looks at signs of life and at the topic from outside; it never touches tables or batches. All
/// it may do is ask for a fresh connection to the source, which is safe at any time: the tables say
/// where reading goes on. Confined to the thread that looks.
final class Watchdog {

  /// What is waited for before it counts as trouble.
  ///
  /// @param commit end of an attempt at a commit, at least; or ten times what one usually takes
  /// @param turn the stream's thread coming round
  /// @param absence as long without a poll, the group goes on without the worker
  /// @param silence events of a partition in which some stand
  /// @param answer of the broker
  /// @param reopen first time between two fresh connections; doubles up to 16 times as long
  record Patience(
      Duration commit,
      Duration turn,
      Duration absence,
      Duration silence,
      Duration answer,
      Duration reopen) {

    static final Patience STANDARD =
        new Patience(
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60));
  }

  private static final int TIMES_USUAL = 10;
  private static final int LONGEST_REOPEN = 16;
  private static final long NEVER = Long.MIN_VALUE;

  /// A partition in which events stand, and since when none of them came.
  private record Standing(long position, long since) {}

  private final String topic;
  private final Vitals vitals;
  private final Troubles troubles;
  private final Patience patience;
  private final Optional<TopicEnds> topicEnds;
  private final Map<Integer, Standing> standing = new HashMap<>();
  private long noAnswerSince = NEVER;
  private long reopenedAt = NEVER;
  private Duration reopenWait;

  /// @param topicEnds the topic from outside; empty where nobody can say
  Watchdog(
      String topic,
      Vitals vitals,
      Troubles troubles,
      Patience patience,
      Optional<TopicEnds> topicEnds) {
    this.topic = topic;
    this.vitals = vitals;
    this.troubles = troubles;
    this.patience = patience;
    this.topicEnds = topicEnds;
    reopenWait = patience.reopen();
  }

  /// Looks once.
  ///
  /// @param now nanoseconds of the clock of the vitals
  void look(long now) {
    lookAtCommit(now);
    lookAtTurns(now);
    lookAtSource(now);
  }

  private void lookAtCommit(long now) {
    OptionalLong since = vitals.commitSince();
    long usual = vitals.usualCommit();
    long limit = Math.max(patience.commit().toNanos(), TIMES_USUAL * usual);
    if (since.isPresent() && now - since.getAsLong() > limit) {
      troubles.begin(
          Trouble.Kind.COMMIT_STUCK,
          "A commit to the lake has not ended for %s; one usually takes %s"
              .formatted(
                  text(now - since.getAsLong()), usual == 0 ? "well under a minute" : text(usual)),
          "see to the disk or store of the lake; if it answers, start this worker again: what it"
              + " has not committed is read again");
    } else {
      troubles.end(Trouble.Kind.COMMIT_STUCK);
    }
  }

  private void lookAtTurns(long now) {
    long still = now - vitals.turnedAt();
    if (still > patience.turn().toNanos()) {
      troubles.begin(
          Trouble.Kind.READING_STUCK,
          "The stream's thread has stood still for " + text(still),
          "if it does not go on, start this worker again and report it with a thread dump; nothing"
              + " is lost");
      if (still > patience.absence().toNanos()) {
        troubles.begin(
            Trouble.Kind.MEMBERSHIP_LOST,
            "The consumer group went on without this worker, which has not polled for "
                + text(still),
            "it takes part again by itself once it goes on; the other workers read its partitions");
      }
    } else {
      troubles.end(Trouble.Kind.READING_STUCK);
    }
  }

  private void lookAtSource(long now) {
    if (topicEnds.isEmpty()) {
      return;
    }
    Optional<Map<Integer, Long>> ends = topicEnds.get().ends();
    if (ends.isEmpty()) {
      noAnswer(now);
      return;
    }
    noAnswerSince = NEVER;
    troubles.end(Trouble.Kind.SOURCE_AWAY);
    List<Integer> silent = silent(ends.get(), now);
    if (silent.isEmpty()) {
      troubles.end(Trouble.Kind.SOURCE_SILENT);
      if (reopenedAt != NEVER && now - reopenedAt > 2 * reopenWait.toNanos()) {
        reopenedAt = NEVER;
        reopenWait = patience.reopen();
      }
      return;
    }
    troubles.begin(
        Trouble.Kind.SOURCE_SILENT,
        "Partitions %s of topic %s hold unread events, and for %s none of them came, though the broker answers"
            .formatted(silent, topic, text(longestSilence(silent, now))),
        "the stream makes a fresh connection by itself; if it stays, see the broker's log and the"
            + " network between");
    if (reopenedAt == NEVER || now - reopenedAt >= reopenWait.toNanos()) {
      if (reopenedAt != NEVER) {
        Duration longest = patience.reopen().multipliedBy(LONGEST_REOPEN);
        Duration doubled = reopenWait.multipliedBy(2);
        reopenWait = doubled.compareTo(longest) < 0 ? doubled : longest;
      }
      reopenedAt = now;
      vitals.wantReopen();
    }
  }

  private void noAnswer(long now) {
    standing.clear();
    if (noAnswerSince == NEVER) {
      noAnswerSince = now;
    }
    if (now - noAnswerSince >= patience.answer().toNanos()) {
      troubles.begin(
          Trouble.Kind.SOURCE_AWAY,
          "Kafka has given no answer for "
              + text(now - noAnswerSince)
              + " when asked for topic "
              + topic,
          "start the services (millrace services), or see to the broker and the network; the stream"
              + " goes on by itself then");
    }
  }

  /// Partitions whose events have not come for too long.
  private List<Integer> silent(Map<Integer, Long> ends, long now) {
    Vitals.Reading reading = vitals.reading();
    // A thread that stands still, for example in a commit, asks for nothing: the source is not to
    // blame for what does not come then.
    long still = Math.min(patience.answer().toNanos(), patience.silence().toNanos());
    boolean heldBack = reading.paused() || now - vitals.turnedAt() > still;
    if (heldBack) {
      standing.clear();
      return List.of();
    }
    standing.keySet().retainAll(reading.positions().keySet());
    List<Integer> silent = new ArrayList<>();
    reading
        .positions()
        .forEach(
            (partition, position) -> {
              Standing before = standing.get(partition);
              if (ends.getOrDefault(partition, 0L) <= position) {
                standing.remove(partition);
              } else if (before == null || before.position() != position) {
                standing.put(partition, new Standing(position, now));
              } else if (now - before.since() > patience.silence().toNanos()) {
                silent.add(partition);
              }
            });
    return silent.stream().sorted().toList();
  }

  private long longestSilence(List<Integer> silent, long now) {
    return silent.stream()
        .map(standing::get)
        .mapToLong(each -> each == null ? 0 : now - each.since())
        .max()
        .orElse(0);
  }

  private static String text(long nanos) {
    Duration time = Duration.ofNanos(nanos);
    return time.toSeconds() >= 10
        ? "%,d s".formatted(time.toSeconds())
        : "%,d ms".formatted(time.toMillis());
  }
}
