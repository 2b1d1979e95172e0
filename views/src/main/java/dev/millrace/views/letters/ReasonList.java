package dev.millrace.views.letters;

import dev.millrace.engine.deadletter.LetterGroup;
import dev.millrace.views.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Reasons of the letters on show, each with its count and its course. FX thread only.
final class ReasonList {

  private final int buckets;
  private final ObservableList<ReasonRow> rows = FXCollections.observableArrayList();

  /// Where each reason was first shown, the most frequent first: none moves away under a click.
  private final Map<String, Integer> places = new HashMap<>();

  /// @param buckets stretches of a course
  ReasonList(int buckets) {
    this.buckets = buckets;
  }

  /// @param trend how many were seen when, by reason
  /// @return how many reasons there are
  int show(List<LetterGroup> groups, Map<String, long[]> trend, Instant now) {
    Map<String, List<LetterGroup>> byReason = new LinkedHashMap<>();
    for (LetterGroup group : groups) {
      byReason.computeIfAbsent(group.reason(), _ -> new ArrayList<>()).add(group);
    }
    List<ReasonRow> next = new ArrayList<>();
    byReason.forEach(
        (name, of) -> next.add(row(name, of, trend.getOrDefault(name, new long[0]), now)));
    next.sort(Comparator.comparingLong(ReasonRow::letters).reversed());
    next.forEach(row -> places.putIfAbsent(row.reason(), places.size()));
    next.sort(Comparator.comparingInt(row -> places.getOrDefault(row.reason(), places.size())));
    if (next.size() > 1) {
      long[] all = new long[buckets];
      trend.values().forEach(one -> add(all, one));
      next.addFirst(row("", groups, all, now));
    }
    take(next);
    return byReason.size();
  }

  /// Changes in place what changed, so that the list keeps its place while ages go on.
  private void take(List<ReasonRow> next) {
    if (next.size() != rows.size()) {
      rows.setAll(next);
      return;
    }
    for (int i = 0; i < next.size(); i++) {
      if (!next.get(i).equals(rows.get(i))) {
        rows.set(i, next.get(i));
      }
    }
  }

  private static void add(long[] sum, long[] one) {
    for (int i = 0; i < Math.min(sum.length, one.length); i++) {
      sum[i] += one[i];
    }
  }

  private ReasonRow row(String name, List<LetterGroup> of, long[] seen, Instant now) {
    double[] course = new double[buckets];
    for (int i = 0; i < Math.min(buckets, seen.length); i++) {
      course[i] = seen[i];
    }
    Instant last = of.stream().map(LetterGroup::last).max(Comparator.naturalOrder()).orElse(now);
    return new ReasonRow(
        name,
        ReasonWords.of(name),
        of.stream().mapToLong(LetterGroup::letters).sum(),
        course,
        Figures.age(Duration.between(last, now)) + " ago");
  }

  ObservableList<ReasonRow> rows() {
    return rows;
  }
}
