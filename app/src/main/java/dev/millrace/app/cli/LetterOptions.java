package dev.millrace.app.cli;

import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.engine.deadletter.LetterState;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which dead letters are meant.
final class LetterOptions {

  private static final Pattern OFFSETS = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

  @Option(names = "--feed", paramLabel = "FEED", description = "Only of this feed.")
  private List<String> feeds = List.of();

  @Option(
      names = "--reason",
      paramLabel = "R",
      description = "Only with this reason, for example NOT_JSON.")
  private List<Reason> reasons = List.of();

  @Option(
      names = "--state",
      paramLabel = "S",
      description = "Only in this state: new, replaying, replayed or discarded.")
  private List<LetterState> states = List.of();

  @Option(
      names = "--since",
      paramLabel = "T",
      description = "Only seen at T or later: 2026-03-01, or 2026-03-01T12:00:00Z.")
  private @Nullable String since;

  @Option(names = "--before", paramLabel = "T", description = "Only seen before T.")
  private @Nullable String before;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Only with this in the value or in what is wrong with it.")
  private @Nullable String text;

  @Option(names = "--partition", paramLabel = "N", description = "Only of this Kafka partition.")
  private @Nullable Integer partition;

  @Option(
      names = "--offset",
      paramLabel = "N[-M]",
      description = "Only with this Kafka offset, or from N to M.")
  private @Nullable String offsets;

  LetterFilter filter() {
    OptionalLong from = OptionalLong.empty();
    OptionalLong to = OptionalLong.empty();
    if (offsets != null) {
      Matcher matcher = OFFSETS.matcher(offsets);
      if (!matcher.matches()) {
        throw wrong("--offset", offsets, "write one offset, or two with a dash: 100-200");
      }
      from = OptionalLong.of(Long.parseLong(matcher.group(1)));
      String end = matcher.group(2);
      to = end == null ? from : OptionalLong.of(Long.parseLong(end));
    }
    Set<LetterState> wanted = EnumSet.noneOf(LetterState.class);
    wanted.addAll(states);
    return new LetterFilter(
        new HashSet<>(feeds),
        reasons.stream().map(Reason::name).collect(Collectors.toSet()),
        wanted,
        time("--since", since),
        time("--before", before),
        Optional.ofNullable(text),
        partition == null ? OptionalInt.empty() : OptionalInt.of(partition),
        from,
        to);
  }

  /// Whether anything narrows the letters down.
  boolean given() {
    return !filter().equals(LetterFilter.ALL);
  }

  /// A state a command cannot start from is a mistake, not an empty result.
  void onlyState(LetterState only) {
    if (!states.isEmpty() && !states.equals(List.of(only))) {
      throw wrong(
          "--state",
          states.stream().map(LetterState::text).collect(Collectors.joining(", ")),
          "this works on letters that are " + only.text());
    }
  }

  private static Optional<Instant> time(String option, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      throw wrong(option, text, "write a date (2026-03-01), or a time (2026-03-01T12:00:00Z)");
    }
  }

  private static MillraceException wrong(String option, String value, String remedy) {
    return new MillraceException(ErrorCode.USAGE, "'" + value + "' does not fit " + option, remedy);
  }
}
