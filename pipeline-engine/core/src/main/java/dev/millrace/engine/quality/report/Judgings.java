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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How often a table was judged in the time a report is of, and what was not met then.
///
/// @param times validations
/// @param failed those of them that did not meet every expectation
/// @param worst gravest consequence of what was not met in any of them; `RECORD` when all was
/// @param lowest the lowest score, 0 to 100
/// @param rows that the last one looked at
/// @param released rows that it left out, because a person had released them
/// @param missed what was not met before and does not fail at last, the gravest and most often
///   first
public record Judgings(
    int times,
    int failed,
    Consequence worst,
    double lowest,
    long rows,
    long released,
    List<Missed> missed) {

  public Judgings {
    missed = List.copyOf(missed);
  }

  /// An expectation that was not met at times, and does not fail at last.
  ///
  /// @param name that tells it from the others of its suite
  /// @param times validations that did not meet it
  /// @param last when that was for the last time
  /// @param met whether the last validation asked for it, and so found it met
  public record Missed(
      String name, ExpectationConfig config, int times, Instant last, boolean met) {}

  /// What one validation found of an expectation.
  ///
  /// @param of its suite and its name in it
  private record Verdict(Key of, ExpectationResult result) {}

  /// Which expectation of which suite.
  private record Key(String suite, String name) {}

  /// @param oldestFirst of one table, at least one
  static Judgings of(List<ValidationRecord> oldestFirst) {
    ReadResult.Document last = ReadResult.of(oldestFirst.getLast().json());
    Set<Key> failing = new HashSet<>();
    Set<Key> asked = new HashSet<>();
    for (Verdict verdict : verdicts(last)) {
      asked.add(verdict.of());
      if (!verdict.result().success()) {
        failing.add(verdict.of());
      }
    }
    Map<Key, Missed> missed = new LinkedHashMap<>();
    for (ValidationRecord record : oldestFirst) {
      for (Verdict verdict :
          record.success() ? List.<Verdict>of() : verdicts(ReadResult.of(record.json()))) {
        Key key = verdict.of();
        if (!verdict.result().success() && !failing.contains(key)) {
          Missed before = missed.get(key);
          missed.put(
              key,
              new Missed(
                  key.name(),
                  verdict.result().config(),
                  before == null ? 1 : before.times() + 1,
                  record.validatedAt(),
                  asked.contains(key)));
        }
      }
    }
    List<Missed> all = new ArrayList<>(missed.values());
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
        all);
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
