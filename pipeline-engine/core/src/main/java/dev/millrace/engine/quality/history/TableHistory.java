package dev.millrace.engine.quality.history;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.ValidationRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// How a table did over its validations.
///
/// @param points oldest first
/// @param worst expectations that were not met at least once, the most often first
/// @param changes to the last validation from the one before it by the same suite and of the same
///   kind of rows; empty when there is none before
public record TableHistory(
    TableName table, List<Point> points, List<Worst> worst, Optional<Changes> changes) {

  /// What differs in the scopes of validations of what was new each time.
  private static final Pattern SINCE = Pattern.compile("(?<=since version )\\d+");

  public TableHistory {
    points = List.copyOf(points);
    worst = List.copyOf(worst);
  }

  /// One validation.
  ///
  /// @param percent share of expectations met, 0 to 100
  public record Point(
      Instant at,
      String suite,
      long version,
      String scope,
      Optional<Long> run,
      double percent,
      int passed,
      int total,
      boolean holdsLoad,
      boolean blocking) {}

  /// An expectation and how often it was not met.
  ///
  /// @param judged validations that had it
  /// @param lastFailed when it was last not met
  /// @param failsNow whether it was not met the last time
  public record Worst(
      String expectation, int failures, int judged, Instant lastFailed, boolean failsNow) {}

  /// What is different now.
  ///
  /// @param points of a hundred by which the score rose, negative when it fell
  /// @param newlyFailing met before, and not now
  /// @param metAgain not met before, and now
  /// @param stillFailing neither before nor now
  /// @param added in the suite now only
  /// @param dropped in the suite before only
  public record Changes(
      Instant since,
      double points,
      List<String> newlyFailing,
      List<String> metAgain,
      List<String> stillFailing,
      List<String> added,
      List<String> dropped) {
    public Changes {
      newlyFailing = List.copyOf(newlyFailing);
      metAgain = List.copyOf(metAgain);
      stillFailing = List.copyOf(stillFailing);
      added = List.copyOf(added);
      dropped = List.copyOf(dropped);
    }
  }

  /// The last validation.
  public Optional<Point> last() {
    return points.isEmpty() ? Optional.empty() : Optional.of(points.getLast());
  }

  /// The validations that the last one can be compared with, and it: by the same suite and of the
  /// same kind of rows, all or new ones.
  public List<Point> comparable() {
    return last()
        .map(
            last ->
                points.stream()
                    .filter(p -> p.suite().equals(last.suite()))
                    .filter(p -> alike(p.scope(), last.scope()))
                    .toList())
        .orElse(List.of());
  }

  private static boolean alike(String scope, String other) {
    return SINCE.matcher(scope).replaceAll("").equals(SINCE.matcher(other).replaceAll(""));
  }

  /// @param newestFirst validations of the table, as a store gives them
  public static TableHistory of(TableName table, List<ValidationRecord> newestFirst) {
    List<ValidationRecord> records = newestFirst.reversed();
    List<Verdicts> verdicts = records.stream().map(Verdicts::of).toList();
    List<Point> points = records.stream().map(TableHistory::point).toList();
    return new TableHistory(table, points, worst(verdicts), changes(records, verdicts));
  }

  private static Point point(ValidationRecord record) {
    return new Point(
        record.validatedAt(),
        record.suite(),
        record.version(),
        record.scope(),
        record.run(),
        record.percent(),
        record.passed(),
        record.total(),
        record.holdsLoad(),
        record.blocking());
  }

  private static List<Worst> worst(List<Verdicts> all) {
    Map<String, Worst> worst = new LinkedHashMap<>();
    Map<String, Integer> judged = new LinkedHashMap<>();
    for (Verdicts verdicts : all) {
      verdicts
          .met()
          .forEach(
              (title, met) -> {
                judged.merge(title, 1, Integer::sum);
                Worst before = worst.get(title);
                if (!met) {
                  int failures = before == null ? 1 : before.failures() + 1;
                  worst.put(title, new Worst(title, failures, 0, verdicts.at(), true));
                } else if (before != null) {
                  worst.put(
                      title, new Worst(title, before.failures(), 0, before.lastFailed(), false));
                }
              });
    }
    return worst.values().stream()
        .map(
            w ->
                new Worst(
                    w.expectation(),
                    w.failures(),
                    judged.getOrDefault(w.expectation(), w.failures()),
                    w.lastFailed(),
                    w.failsNow()))
        .sorted(
            java.util.Comparator.comparingInt(Worst::failures)
                .reversed()
                .thenComparing(Worst::expectation))
        .toList();
  }

  private static Optional<Changes> changes(
      List<ValidationRecord> records, List<Verdicts> verdicts) {
    if (records.isEmpty()) {
      return Optional.empty();
    }
    ValidationRecord last = records.getLast();
    for (int i = records.size() - 2; i >= 0; i--) {
      ValidationRecord before = records.get(i);
      if (before.suite().equals(last.suite()) && alike(before.scope(), last.scope())) {
        return Optional.of(
            changes(
                before.validatedAt(),
                last.percent() - before.percent(),
                verdicts.get(i).met(),
                verdicts.getLast().met()));
      }
    }
    return Optional.empty();
  }

  private static Changes changes(
      Instant since, double points, Map<String, Boolean> before, Map<String, Boolean> now) {
    Set<String> both = new LinkedHashSet<>(now.keySet());
    both.retainAll(before.keySet());
    return new Changes(
        since,
        points,
        both.stream().filter(t -> is(before, t) && !is(now, t)).toList(),
        both.stream().filter(t -> !is(before, t) && is(now, t)).toList(),
        both.stream().filter(t -> !is(before, t) && !is(now, t)).toList(),
        now.keySet().stream().filter(t -> !before.containsKey(t)).toList(),
        before.keySet().stream().filter(t -> !now.containsKey(t)).toList());
  }

  private static boolean is(Map<String, Boolean> met, String title) {
    return met.getOrDefault(title, true);
  }
}
