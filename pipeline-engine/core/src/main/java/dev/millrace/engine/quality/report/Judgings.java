package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.Names;
import dev.millrace.engine.quality.ReadResult;
import dev.millrace.engine.quality.ValidationRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How often a table was judged in the time a report is of, and what was not met then.
///
/// @param times validations
/// @param failed those of them that did not meet every expectation
/// @param worst gravest consequence of what was not met in any of them; `RECORD` when all was
/// @param lowest the lowest score, 0 to 100
/// @param rows that the last one looked at
/// @param released rows that it left out, because a person had released them
/// @param missed what was not met before the last one, the gravest and most often first
/// @param asked by name in the last one's suite, how many asked for it
public record Judgings(
    int times,
    int failed,
    Consequence worst,
    double lowest,
    long rows,
    long released,
    List<Missed> missed,
    Map<String, Integer> asked) {

  public Judgings {
    missed = List.copyOf(missed);
    asked = Map.copyOf(asked);
  }

  /// How an expectation that was not met before stands in the last validation.
  public enum AtLast {
    MET,
    NOT_MET,
    NOT_ASKED
  }

  /// An expectation that a validation before the last did not find met.
  ///
  /// @param name that tells it from the others of its suite
  /// @param times validations before the last that did not meet it
  /// @param asked validations that asked for it, the last included
  /// @param last when one before the last did not meet it for the last time
  public record Missed(
      String name, ExpectationConfig config, int times, int asked, Instant last, AtLast atLast) {}

  /// What was not met before and is not told among what fails at last.
  public List<Missed> missedOnlyBefore() {
    return missed.stream().filter(one -> one.atLast() != AtLast.NOT_MET).toList();
  }

  /// What one validation found of an expectation.
  ///
  /// @param of its suite and its name in it
  private record Verdict(Key of, ExpectationResult result) {}

  /// How often an expectation was not met before, and when for the last time.
  private record Course(ExpectationConfig config, int times, Instant last) {}

  /// Which expectation of which suite.
  private record Key(String suite, String name) {}

  /// @param oldestFirst of one table, at least one
  static Judgings of(List<ValidationRecord> oldestFirst) {
    ReadResult.Document last = ReadResult.of(oldestFirst.getLast().json());
    Map<Key, AtLast> atLast = new HashMap<>();
    for (Verdict verdict : verdicts(last)) {
      atLast.put(verdict.of(), verdict.result().success() ? AtLast.MET : AtLast.NOT_MET);
    }
    Map<Key, Integer> asked = new HashMap<>();
    Map<Key, Course> courses = new LinkedHashMap<>();
    for (int i = 0; i < oldestFirst.size(); i++) {
      ValidationRecord record = oldestFirst.get(i);
      boolean before = i < oldestFirst.size() - 1;
      for (Verdict verdict : verdicts(ReadResult.of(record.json()))) {
        asked.merge(verdict.of(), 1, Integer::sum);
        if (before && !verdict.result().success()) {
          courses.merge(
              verdict.of(),
              new Course(verdict.result().config(), 1, record.validatedAt()),
              (seen, now) -> new Course(now.config(), seen.times() + 1, now.last()));
        }
      }
    }
    List<Missed> all = new ArrayList<>();
    courses.forEach(
        (key, course) ->
            all.add(
                new Missed(
                    key.name(),
                    course.config(),
                    course.times(),
                    asked.getOrDefault(key, 0),
                    course.last(),
                    atLast.getOrDefault(key, AtLast.NOT_ASKED))));
    all.sort(
        Comparator.comparing((Missed m) -> m.config().consequence())
            .thenComparingInt(Missed::times)
            .reversed());
    return new Judgings(
        oldestFirst.size(),
        (int) oldestFirst.stream().filter(record -> !record.success()).count(),
        oldestFirst.stream()
            .map(ValidationRecord::worst)
            .max(Enum::compareTo)
            .orElse(Consequence.RECORD),
        oldestFirst.stream().mapToDouble(ValidationRecord::percent).min().orElse(100),
        number(last, "rows"),
        number(last, "released_rows"),
        all,
        atLast.keySet().stream()
            .collect(Collectors.toMap(Key::name, key -> asked.getOrDefault(key, 0))));
  }

  private static List<Verdict> verdicts(ReadResult.Document validation) {
    List<ExpectationResult> results = validation.results();
    List<String> names = Names.of(results.stream().map(ExpectationResult::config).toList());
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      verdicts.add(new Verdict(new Key(validation.suite(), names.get(i)), results.get(i)));
    }
    return verdicts;
  }

  private static long number(ReadResult.Document validation, String field) {
    return validation.meta().get(field) instanceof Number number ? number.longValue() : 0;
  }
}
