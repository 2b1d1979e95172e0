package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.ReadResult;
import dev.millrace.engine.quality.ValidationRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
/// @param missed what was not met before and is met by the last, the gravest and most often first
public record Judgings(
    int times, int failed, Consequence worst, double lowest, long rows, List<Missed> missed) {

  public Judgings {
    missed = List.copyOf(missed);
  }

  /// An expectation that was not met at times, and is at last.
  ///
  /// @param name that tells it from the others of its suite
  /// @param times validations that did not meet it
  /// @param last when that was for the last time
  public record Missed(String name, ExpectationConfig config, int times, Instant last) {}

  /// @param oldestFirst of one table, at least one
  static Judgings of(List<ValidationRecord> oldestFirst) {
    ReadResult.Document last = ReadResult.of(oldestFirst.getLast().json());
    Set<String> failing = failing(last).keySet();
    Map<String, Missed> missed = new LinkedHashMap<>();
    for (ValidationRecord record : oldestFirst) {
      if (!record.success()) {
        failing(ReadResult.of(record.json()))
            .forEach(
                (name, config) -> {
                  if (!failing.contains(name)) {
                    missed.merge(
                        name,
                        new Missed(name, config, 1, record.validatedAt()),
                        (before, now) ->
                            new Missed(
                                name, now.config(), before.times() + now.times(), now.last()));
                  }
                });
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
        last.meta().get("rows") instanceof Number rows ? rows.longValue() : 0,
        all);
  }

  private static Map<String, ExpectationConfig> failing(ReadResult.Document validation) {
    List<String> names =
        Names.of(validation.results().stream().map(ExpectationResult::config).toList());
    Map<String, ExpectationConfig> failing = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      ExpectationResult result = validation.results().get(i);
      if (!result.success()) {
        failing.put(names.get(i), result.config());
      }
    }
    return failing;
  }
}
