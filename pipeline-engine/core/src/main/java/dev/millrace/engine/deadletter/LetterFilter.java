package dev.millrace.engine.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// Which dead letters are meant: those that meet every condition.
///
/// @param feeds names; empty for all
/// @param reasons names of {@link dev.millrace.engine.event.Reason}; empty for all
/// @param states empty for all
/// @param since seen at this time or later
/// @param before seen earlier than this
/// @param text part of the raw bytes (as UTF-8) or of the detail, upper or lower case
/// @param partition Kafka partition it came from
/// @param fromOffset smallest Kafka offset, included
/// @param toOffset largest Kafka offset, included
public record LetterFilter(
    Set<String> feeds,
    Set<String> reasons,
    Set<LetterState> states,
    Optional<Instant> since,
    Optional<Instant> before,
    Optional<String> text,
    OptionalInt partition,
    OptionalLong fromOffset,
    OptionalLong toOffset) {

  /// Every dead letter.
  public static final LetterFilter ALL =
      new LetterFilter(
          Set.of(),
          Set.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  public LetterFilter {
    feeds = Set.copyOf(feeds);
    reasons = Set.copyOf(reasons);
    states = Set.copyOf(states);
  }

  /// Exactly one letter of a feed.
  public static LetterFilter of(String feed, int partition, long offset) {
    return new LetterFilter(
        Set.of(feed),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(partition),
        OptionalLong.of(offset),
        OptionalLong.of(offset));
  }

  /// All of one reason.
  public static LetterFilter reason(String reason) {
    return new LetterFilter(
        Set.of(),
        Set.of(reason),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /// The same conditions in this state only.
  public LetterFilter in(LetterState state) {
    return new LetterFilter(
        feeds, reasons, Set.of(state), since, before, text, partition, fromOffset, toOffset);
  }

  /// The same conditions, of letters seen earlier than this.
  public LetterFilter seenBefore(Instant at) {
    return new LetterFilter(
        feeds, reasons, states, since, Optional.of(at), text, partition, fromOffset, toOffset);
  }

  boolean meansFeed(String feed) {
    return feeds.isEmpty() || feeds.contains(feed);
  }

  /// The conditions on columns, as SQL; those on the text are {@link #meansText}'s.
  String where() {
    List<String> conditions = new ArrayList<>();
    if (!reasons.isEmpty()) {
      conditions.add("reason IN " + texts(reasons));
    }
    if (!states.isEmpty()) {
      conditions.add(
          "state IN " + texts(states.stream().map(LetterState::text).collect(Collectors.toSet())));
    }
    since.ifPresent(at -> conditions.add("seen_at >= TIMESTAMPTZ '" + at + "'"));
    before.ifPresent(at -> conditions.add("seen_at < TIMESTAMPTZ '" + at + "'"));
    partition.ifPresent(number -> conditions.add("kafka_partition = " + number));
    fromOffset.ifPresent(offset -> conditions.add("kafka_offset >= " + offset));
    toOffset.ifPresent(offset -> conditions.add("kafka_offset <= " + offset));
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  boolean meansText(Letter letter) {
    if (text.isEmpty()) {
      return true;
    }
    String wanted = text.get().toLowerCase(Locale.ROOT);
    return letter.detail().toLowerCase(Locale.ROOT).contains(wanted)
        || new String(letter.raw(), StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT)
            .contains(wanted);
  }

  private static String texts(Set<String> values) {
    return values.stream()
        .sorted()
        .map(value -> "'" + value.replace("'", "''") + "'")
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
