package dev.millrace.views.quality;

import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.QualityScore;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptFilter;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The pipeline's tables with suite, score and history, and the line that sums them up. FX thread
/// only.
final class ScoreBoard {

  /// Validations of a table that its history shows.
  private static final int HISTORY = 200;

  private final Inquiries inquiries;
  private final Consumer<String> fault;
  private final ObservableList<TableScore> tables = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final Map<TableName, TableHistory> histories = new HashMap<>();
  private Map<TableName, Instant> judged = Map.of();
  private Map<TableName, Long> quarantines = Map.of();
  private Map<TableName, SuiteSource> suites = Map.of();
  private List<TableScore> next = List.of();
  private String quarantineWords = "";

  /// @param fault hears why something could not be told
  ScoreBoard(Inquiries inquiries, Consumer<String> fault) {
    this.inquiries = inquiries;
    this.fault = fault;
  }

  /// What a status has that the one before had not.
  ///
  /// @param judged whether a table was judged
  /// @param quarantine whether rows were taken into quarantine, or something was decided of them
  record News(boolean judged, boolean quarantine) {}

  /// Takes a status in; {@link #list()} then shows it.
  News take(PipelineStatus status) {
    suites = status.definition().suites();
    Map<TableName, Instant> nextJudged = new TreeMap<>();
    Map<TableName, Long> nextQuarantines = new TreeMap<>();
    Map<TableName, QualityScore> scores = new TreeMap<>();
    Set<TableName> names = new TreeSet<>(suites.keySet());
    for (TableStatus table : status.tables()) {
      switch (table.table().layer()) {
        case QUARANTINE -> nextQuarantines.put(table.table(), table.version());
        case DEAD_LETTERS -> {
          // Judged by nobody: they are what could not be read.
        }
        case BRONZE, SILVER, GOLD -> {
          names.add(table.table());
          table
              .quality()
              .ifPresent(
                  score -> {
                    scores.put(table.table(), score);
                    nextJudged.put(table.table(), score.validatedAt());
                  });
        }
      }
    }
    News news = new News(!nextJudged.equals(judged), !nextQuarantines.equals(quarantines));
    judged = nextJudged;
    quarantines = nextQuarantines;
    next = rows(names, scores);
    tell(next);
    return news;
  }

  /// Shows what was taken in.
  ///
  /// @return whether it differs from what was shown
  boolean list() {
    return !next.equals(tables) && tables.setAll(next);
  }

  private List<TableScore> rows(Set<TableName> names, Map<TableName, QualityScore> scores) {
    List<TableScore> rows = new ArrayList<>();
    for (TableName name : names) {
      Optional<QualityScore> score = Optional.ofNullable(scores.get(name));
      rows.add(
          new TableScore(
              name,
              suite(name).map(SuiteSource::file),
              score,
              history(name).stream()
                  .flatMap(h -> h.points().stream())
                  .map(TableHistory.Point::percent)
                  .toList(),
              tone(name, score)));
    }
    rows.sort(Comparator.comparing((TableScore t) -> t.suite().isEmpty() && t.score().isEmpty()));
    return rows;
  }

  private Tone tone(TableName name, Optional<QualityScore> score) {
    if (score.isEmpty()) {
      return Tone.MUTED;
    }
    if (score.get().passed() == score.get().total()) {
      return Tone.GOOD;
    }
    return history(name)
            .flatMap(TableHistory::last)
            .filter(p -> p.blocking() || p.holdsLoad())
            .isPresent()
        ? Tone.BAD
        : Tone.WARNING;
  }

  private void tell(List<TableScore> all) {
    long withSuite = all.stream().filter(t -> t.suite().isPresent()).count();
    int passed = all.stream().flatMap(t -> t.score().stream()).mapToInt(QualityScore::passed).sum();
    int total = all.stream().flatMap(t -> t.score().stream()).mapToInt(QualityScore::total).sum();
    subtitle.set(
        "%s · %s"
                .formatted(
                    Figures.counted(withSuite, "suite"),
                    total == 0 ? "none judged yet" : "%,d of %,d met".formatted(passed, total))
            + quarantineWords);
  }

  /// Asks for the histories of all tables.
  ///
  /// @param then runs once they are there
  void lookAtHistories(Runnable then) {
    inquiries.ask(
        "histories",
        new QualityOrder.History(Optional.empty(), HISTORY),
        answer -> {
          if (answer instanceof QualityAnswer.Histories found) {
            histories.clear();
            found.tables().forEach(one -> histories.put(one.table(), one));
            then.run();
          }
        },
        fault);
  }

  /// Counts what is open in quarantine, of all tables.
  void lookAtQuarantine() {
    inquiries.ask(
        "quarantine",
        new QualityOrder.FindKept(KeptFilter.ALL.in(KeptState.OPEN), 0),
        answer -> {
          if (answer instanceof QualityAnswer.Kept found) {
            long rows = found.counts().stream().mapToLong(KeptCount::rows).sum();
            long holding =
                found.counts().stream()
                    .filter(c -> c.consequence().compareTo(Consequence.STOP_LOAD) >= 0)
                    .mapToLong(KeptCount::rows)
                    .sum();
            quarantineWords =
                (rows == 0
                        ? ""
                        : " · "
                            + Figures.compact(rows)
                            + (rows == 1 ? " row" : " rows")
                            + " open in quarantine")
                    + (holding == 0
                        ? ""
                        : (holding == rows ? ", all" : ", " + Figures.compact(holding))
                            + (holding == 1 ? " holds" : " hold")
                            + " the load");
          }
        },
        fault);
  }

  Optional<SuiteSource> suite(TableName table) {
    return Optional.ofNullable(suites.get(table));
  }

  Optional<TableHistory> history(TableName table) {
    return Optional.ofNullable(histories.get(table));
  }

  boolean wasJudged(TableName table) {
    return judged.containsKey(table);
  }

  /// When a table was judged last; empty when none ever was.
  Optional<Instant> lastJudged() {
    return judged.values().stream().max(Comparator.naturalOrder());
  }

  ObservableList<TableScore> tables() {
    return tables;
  }

  ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }
}
