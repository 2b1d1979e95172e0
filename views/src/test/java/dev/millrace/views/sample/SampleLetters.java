package dev.millrace.views.sample;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.deadletter.Letter;
import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.engine.deadletter.LetterGroup;
import dev.millrace.engine.deadletter.LetterId;
import dev.millrace.engine.deadletter.LetterState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Dead letters of the made-up building: always the same.
final class SampleLetters {

  private record Kind(String reason, String detail, String raw, String at) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "WRONG_TYPE",
              "value is a string, the column is a double",
              "{\"sensor_id\":\"TMP-%02d%02d-A\",\"sensor_type\":\"temperature\",\"location\":\"floor-2/zone-b\",\"value\":\"warm\",\"unit\":\"°C\",\"event_time\":\"2026-03-20T14:0%d:12Z\"}",
              "\"warm\""),
          new Kind(
              "MISSING_FIELD",
              "sensor_id is required and missing",
              "{\"sensor_type\":\"humidity\",\"location\":\"floor-%d/zone-%d\",\"value\":44.1,\"unit\":\"%%\",\"event_time\":\"2026-03-20T13:5%d:40Z\"}",
              "}"),
          new Kind(
              "NOT_JSON",
              "the text ends within an object",
              "{\"sensor_id\":\"PRS-%02d%02d-A\",\"sensor_type\":\"pressure\",\"value\":101%d",
              ""),
          new Kind(
              "BAD_TIME",
              "event_time is no time: 2026-13-41",
              "{\"sensor_id\":\"VIB-%02d%02d-A\",\"sensor_type\":\"vibration\",\"value\":1.%d2,\"event_time\":\"2026-13-41\"}",
              "\"2026-13-41\""));

  private final int count;

  SampleLetters(int count) {
    this.count = count;
  }

  Outcome.Letters find(LetterFilter filter, int limit, Instant now) {
    List<Letter> meant = all(now).stream().filter(l -> means(filter, l)).toList();
    List<LetterGroup> groups =
        meant.stream()
            .collect(Collectors.groupingBy(l -> List.of(l.reason(), l.state().name())))
            .values()
            .stream()
            .map(SampleLetters::group)
            .sorted(Comparator.comparingLong(LetterGroup::letters).reversed())
            .toList();
    return new Outcome.Letters(
        meant.size() + " dead letters", groups, meant.subList(0, Math.min(limit, meant.size())));
  }

  Answer.LetterTrend trend(Question.LetterTrend asked) {
    Map<String, long[]> seen = new TreeMap<>();
    long width =
        Math.max(
            1,
            asked.to().minusMillis(asked.from().toEpochMilli()).toEpochMilli() / asked.buckets());
    for (Letter letter : all(asked.to())) {
      long bucket = (letter.seenAt().toEpochMilli() - asked.from().toEpochMilli()) / width;
      if (bucket >= 0 && bucket < asked.buckets() && means(asked.filter(), letter)) {
        seen.computeIfAbsent(letter.reason(), _ -> new long[asked.buckets()])[(int) bucket]++;
      }
    }
    return new Answer.LetterTrend(asked.from(), asked.to(), seen);
  }

  private static LetterGroup group(List<Letter> letters) {
    Letter first = letters.getFirst();
    return new LetterGroup(
        first.feed(),
        first.reason(),
        first.state(),
        letters.size(),
        letters.getLast().seenAt(),
        first.seenAt());
  }

  private static boolean means(LetterFilter filter, Letter letter) {
    String text = (letter.detail() + letter.text().orElse("")).toLowerCase(Locale.ROOT);
    return (filter.reasons().isEmpty() || filter.reasons().contains(letter.reason()))
        && (filter.states().isEmpty() || filter.states().contains(letter.state()))
        && filter.text().map(t -> text.contains(t.toLowerCase(Locale.ROOT))).orElse(true)
        && (filter.partition().isEmpty()
            || filter.partition().getAsInt() == letter.id().partition())
        && (filter.fromOffset().isEmpty()
            || filter.fromOffset().getAsLong() <= letter.id().offset())
        && (filter.toOffset().isEmpty() || filter.toOffset().getAsLong() >= letter.id().offset())
        && filter.since().map(s -> !letter.seenAt().isBefore(s)).orElse(true)
        && filter.before().map(b -> letter.seenAt().isBefore(b)).orElse(true);
  }

  private List<Letter> all(Instant now) {
    Random random = new Random(3);
    List<Letter> letters = new ArrayList<>();
    Instant at = now.minusSeconds(40);
    for (int i = 0; i < count; i++) {
      int draw = random.nextInt(10);
      Kind kind = KINDS.get(draw < 5 ? 0 : draw < 8 ? 1 : draw < 9 ? 2 : 3);
      String raw = kind.raw().formatted(1 + i % 4, 1 + i % 6, i % 10);
      int place = kind.at().isEmpty() ? raw.length() : raw.lastIndexOf(kind.at());
      LetterState state =
          i % 9 == 7
              ? LetterState.REPLAYED
              : i % 13 == 11 ? LetterState.DISCARDED : LetterState.NEW;
      letters.add(
          new Letter(
              SamplePipeline.FEED,
              new LetterId("sensor-events", i % 3, 2_881_402L - i * 611L),
              kind.reason(),
              kind.detail(),
              raw.substring(0, place).getBytes(StandardCharsets.UTF_8).length,
              at,
              state,
              Optional.empty(),
              Optional.empty(),
              state == LetterState.DISCARDED
                  ? Optional.of("a test of the installer")
                  : Optional.empty(),
              state == LetterState.NEW ? Optional.empty() : Optional.of(at.plusSeconds(900)),
              raw.getBytes(StandardCharsets.UTF_8)));
      at = at.minusSeconds(count > 100 ? random.nextInt(38) : 60 + random.nextInt(3_600));
    }
    return letters;
  }
}
