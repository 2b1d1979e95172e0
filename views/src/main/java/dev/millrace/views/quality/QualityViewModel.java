package dev.millrace.views.quality;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.QualityScore;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.quarantine.HeldCount;
import dev.millrace.engine.quality.quarantine.HeldFilter;
import dev.millrace.engine.quality.quarantine.HeldState;
import dev.millrace.engine.quality.report.QualityReport;
import dev.millrace.engine.quality.report.ReportFormat;
import dev.millrace.engine.quality.report.ReportSubject;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.nio.file.Path;
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
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the quality room tells and does. FX thread only.
public final class QualityViewModel implements RoomModel {

  /// Validations of a table that its history shows.
  private static final int HISTORY = 200;

  private static final String TAB = "quality.tab";
  private static final String SCOPE = "quality.results";

  private final Inquiries inquiries;
  private final Clock clock;
  private final HeldModel held;
  private final SuiteModel suite;
  private final ProfileModel profile;
  private final ObservableList<TableScore> tables = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<TableScore>> chosen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Judgement>> judgement =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<TableHistory>> history =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<WorkStatus>> work =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ObservableList<ResultRow> results = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable ResultScope> scope = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable QualityTab> tab = new SimpleObjectProperty<>();
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);
  private final Map<TableName, List<Double>> courses = new HashMap<>();
  private final Map<TableName, TableHistory> histories = new HashMap<>();
  private Map<TableName, Instant> judged = Map.of();
  private Map<TableName, Long> quarantines = Map.of();
  private Map<TableName, SuiteSource> suites = Map.of();
  private Optional<Judgement> keptJudgement = Optional.empty();
  private Instant now = Instant.EPOCH;
  private String heldWords = "";
  private boolean choosing;

  public QualityViewModel(CommandDesk desk, Clock clock, Preferences preferences) {
    this.inquiries = new Inquiries(desk);
    this.clock = clock;
    this.held = new HeldModel(inquiries);
    this.suite = new SuiteModel(inquiries);
    this.profile = new ProfileModel(inquiries, suite);
    tab.set(preferences.value(TAB).flatMap(QualityTab::named).orElse(QualityTab.RESULTS));
    scope.set(
        preferences.value(SCOPE).filter("FAILED"::equals).isPresent()
            ? ResultScope.FAILED
            : ResultScope.ALL);
    tab.addListener((_, _, next) -> preferences.keep(TAB, String.valueOf(next)));
    scope.addListener(
        (_, _, next) -> {
          preferences.keep(SCOPE, String.valueOf(next));
          list();
        });
    suite.whenTried(
        tried -> {
          judgement.set(Optional.of(tried));
          list();
          tab.set(QualityTab.RESULTS);
        });
  }

  @Override
  public void show(Moment moment) {
    now = moment.now();
    if (moment.status().isEmpty()) {
      return;
    }
    loading.set(false);
    PipelineStatus status = moment.status().get();
    inquiries.pipeline(moment.pipeline());
    suites = status.definition().suites();
    work.set(moment.engine().work().stream().filter(w -> isOurs(w, moment.pipeline())).findFirst());
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
    empty.set(status.tables().stream().allMatch(t -> t.rows() == 0));
    boolean anew = !nextJudged.equals(judged);
    boolean moved = !nextQuarantines.equals(quarantines);
    judged = nextJudged;
    quarantines = nextQuarantines;
    Optional<TableName> before = chosen.get().map(TableScore::table);
    rows(names, scores);
    if (anew) {
      lookAtHistories();
      if (chosen.get().map(TableScore::table).equals(before)) {
        lookAtChosen();
      }
    } else if (moved) {
      lookAtQuarantine();
      held.look();
    }
  }

  /// Whether work judges tables or changes what is held of them.
  private static boolean isOurs(WorkStatus work, String pipeline) {
    return switch (work.command()) {
      case Command.Quality c -> c.pipeline().equals(pipeline) && c.order().takesTurn();
      case Command.Check c -> c.pipeline().equals(pipeline);
      default -> false;
    };
  }

  private void rows(Set<TableName> names, Map<TableName, QualityScore> scores) {
    List<TableScore> next = new ArrayList<>();
    for (TableName name : names) {
      Optional<QualityScore> score = Optional.ofNullable(scores.get(name));
      next.add(
          new TableScore(
              name,
              Optional.ofNullable(suites.get(name)).map(SuiteSource::file),
              score,
              courses.getOrDefault(name, List.of()),
              tone(name, score)));
    }
    next.sort(Comparator.comparing((TableScore t) -> t.suite().isEmpty() && t.score().isEmpty()));
    tell(next);
    if (next.equals(tables)) {
      return;
    }
    choosing = true;
    tables.setAll(next);
    choosing = false;
    Optional<TableName> before = chosen.get().map(TableScore::table);
    Optional<TableScore> again =
        next.stream().filter(t -> before.equals(Optional.of(t.table()))).findFirst();
    if (again.isPresent()) {
      chosen.set(again);
      suite.show(again.get().table(), source(again.get().table()));
    } else {
      next.stream()
          .min(Comparator.comparing((TableScore t) -> -t.tone().ordinal()))
          .ifPresent(this::choose);
    }
  }

  private Tone tone(TableName name, Optional<QualityScore> score) {
    if (score.isEmpty()) {
      return Tone.MUTED;
    }
    if (score.get().passed() == score.get().total()) {
      return Tone.GOOD;
    }
    return Optional.ofNullable(histories.get(name))
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
        "%s with a suite · %s"
                .formatted(
                    Figures.counted(withSuite, "table"),
                    total == 0
                        ? "none judged yet"
                        : "%,d of %,d expectations met".formatted(passed, total))
            + heldWords);
  }

  private Optional<SuiteSource> source(TableName table) {
    return Optional.ofNullable(suites.get(table));
  }

  /// Shows a table.
  public void choose(TableScore table) {
    if (choosing || chosen.get().map(TableScore::table).filter(table.table()::equals).isPresent()) {
      return;
    }
    chosen.set(Optional.of(table));
    keptJudgement = Optional.empty();
    judgement.set(Optional.empty());
    history.set(Optional.ofNullable(histories.get(table.table())));
    fault.set("");
    list();
    held.show(table.table());
    suite.show(table.table(), source(table.table()));
    profile.show(table.table());
    lookAtChosen();
  }

  private void lookAtHistories() {
    inquiries.ask(
        "histories",
        new QualityOrder.History(Optional.empty(), HISTORY),
        answer -> {
          if (answer instanceof QualityAnswer.Histories found) {
            histories.clear();
            courses.clear();
            for (TableHistory one : found.tables()) {
              histories.put(one.table(), one);
              courses.put(
                  one.table(), one.points().stream().map(TableHistory.Point::percent).toList());
            }
            chosen.get().ifPresent(c -> history.set(Optional.ofNullable(histories.get(c.table()))));
          }
        },
        fault::set);
    lookAtQuarantine();
  }

  /// Counts what is held of all tables.
  private void lookAtQuarantine() {
    inquiries.ask(
        "held",
        new QualityOrder.FindHeld(HeldFilter.ALL.in(HeldState.HELD), 0),
        answer -> {
          if (answer instanceof QualityAnswer.Held found) {
            long rows = found.counts().stream().mapToLong(HeldCount::rows).sum();
            long holding =
                found.counts().stream()
                    .filter(c -> c.consequence().compareTo(Consequence.STOP_LOAD) >= 0)
                    .mapToLong(HeldCount::rows)
                    .sum();
            heldWords =
                (rows == 0 ? "" : " · " + Figures.counted(rows, "row") + " in quarantine")
                    + (holding == 0 ? "" : ", " + Figures.count(holding) + " hold the load");
          }
        },
        fault::set);
  }

  private void lookAtChosen() {
    Optional<TableScore> now = chosen.get();
    if (now.isEmpty()) {
      return;
    }
    held.look();
    if (!judged.containsKey(now.get().table())) {
      inquiries.forget("report");
      return;
    }
    report(
        new ReportSubject.OfTable(now.get().table()),
        report -> {
          keptJudgement = report.tables().stream().findFirst().map(Judgement::of);
          judgement.set(keptJudgement);
          fault.set("");
          list();
        },
        fault::set,
        "report");
  }

  private void list() {
    ResultScope shown = scope.get();
    results.setAll(
        judgement.get().stream()
            .flatMap(j -> j.results().stream())
            .filter(r -> shown == null || shown.means(r))
            .map(ResultRow::of)
            .sorted(ResultRow.GRAVEST_FIRST)
            .toList());
  }

  /// Shows the last validation of the history again, after a trial.
  public void endTrial() {
    judgement.set(keptJudgement);
    list();
  }

  /// Judges the chosen table.
  ///
  /// @param onlyNew the rows that came since it was judged last
  public void run(boolean onlyNew) {
    chosen
        .get()
        .ifPresent(
            table -> {
              Slice slice =
                  onlyNew
                      ? keptJudgement.map(j -> Slice.newSince(j.version())).orElse(Slice.WHOLE)
                      : Slice.WHOLE;
              inquiries
                  .desk()
                  .submit(
                      new Command.Quality(
                          inquiries.pipeline(),
                          new QualityOrder.Judge(table.table(), slice, Optional.empty())));
            });
  }

  /// Whether there is a validation that new rows could be counted from.
  public boolean wasJudged() {
    return keptJudgement.isPresent();
  }

  public boolean cancellable() {
    return work.get().filter(w -> inquiries.desk().cancellable(w.id())).isPresent();
  }

  public void cancel() {
    work.get().ifPresent(w -> inquiries.desk().cancel(w.id()));
  }

  /// Gathers what a report would hold.
  void preview(ReportSubject subject, Consumer<QualityReport> told, Consumer<String> refused) {
    report(subject, told, refused, "preview-report");
  }

  private void report(
      ReportSubject subject, Consumer<QualityReport> told, Consumer<String> refused, String name) {
    inquiries.ask(
        name,
        new QualityOrder.MakeReport(subject),
        answer -> {
          if (answer instanceof QualityAnswer.Reported reported) {
            told.accept(reported.report());
          }
        },
        refused);
  }

  /// Writes a report; the toast that tells of it opens the file.
  public void export(ReportSubject subject, ReportFormat format, Path to) {
    inquiries.ask(
        "export",
        new QualityOrder.ExportReport(subject, format, to),
        answer -> {
          if (answer instanceof QualityAnswer.Written written) {
            inquiries
                .desk()
                .say(
                    new Toast(
                            Tone.GOOD,
                            "Report of " + subject.title(),
                            Figures.bytes(written.bytes()) + " in " + written.to(),
                            "")
                        .leading(
                            "Open it",
                            () ->
                                inquiries
                                    .desk()
                                    .aside("Open the report", () -> OpenFile.of(written.to()))));
          }
        },
        why ->
            inquiries
                .desk()
                .say(new Toast(Tone.BAD, "Report of " + subject.title() + ": failed", why, "")));
  }

  /// Subjects a report can be about now: the chosen table, the day and the run it was judged in.
  List<ReportSubject> subjects() {
    List<ReportSubject> subjects = new ArrayList<>();
    chosen
        .get()
        .filter(c -> judged.containsKey(c.table()))
        .ifPresent(c -> subjects.add(new ReportSubject.OfTable(c.table())));
    keptJudgement
        .flatMap(Judgement::run)
        .ifPresent(run -> subjects.add(new ReportSubject.OfRun(run)));
    judged.values().stream()
        .max(Comparator.naturalOrder())
        .ifPresent(
            at ->
                subjects.add(
                    new ReportSubject.OfDay(at.atZone(java.time.ZoneOffset.UTC).toLocalDate())));
    return subjects;
  }

  /// Shows the rows in quarantine that failed an expectation.
  void openHeld(String reason) {
    held.state().set(HeldState.HELD);
    held.chooseReason(reason);
    tab.set(QualityTab.QUARANTINE);
  }

  void openRun(long run) {
    inquiries.desk().open("runs", String.valueOf(run));
  }

  /// @param target a table, with a tab behind a slash when another than before is meant:
  ///   `silver.readings/quarantine`
  @Override
  public void aim(String target) {
    int slash = target.indexOf('/');
    String name = slash < 0 ? target : target.substring(0, slash);
    tables.stream()
        .filter(t -> t.table().toString().equals(name))
        .findFirst()
        .ifPresent(this::choose);
    if (slash >= 0) {
      QualityTab.named(target.substring(slash + 1)).ifPresent(tab::set);
    }
  }

  Clock clock() {
    return clock;
  }

  Instant now() {
    return now;
  }

  HeldModel held() {
    return held;
  }

  SuiteModel suite() {
    return suite;
  }

  ProfileModel profile() {
    return profile;
  }

  ObservableList<TableScore> tables() {
    return tables;
  }

  ReadOnlyObjectProperty<Optional<TableScore>> chosen() {
    return chosen.getReadOnlyProperty();
  }

  /// The validation on show: the last that was kept, or a trial.
  ReadOnlyObjectProperty<Optional<Judgement>> judgement() {
    return judgement.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Optional<TableHistory>> history() {
    return history.getReadOnlyProperty();
  }

  /// Judging under way, of any table of the pipeline.
  ReadOnlyObjectProperty<Optional<WorkStatus>> work() {
    return work.getReadOnlyProperty();
  }

  ObservableList<ResultRow> results() {
    return results;
  }

  ObjectProperty<@Nullable ResultScope> scope() {
    return scope;
  }

  ObjectProperty<@Nullable QualityTab> tab() {
    return tab;
  }

  /// Why results cannot be told; empty when they can.
  ObservableValue<String> fault() {
    return fault.getReadOnlyProperty();
  }

  /// Whether no table has a row yet.
  ReadOnlyBooleanProperty empty() {
    return empty.getReadOnlyProperty();
  }

  /// Whether the engine told nothing yet.
  ReadOnlyBooleanProperty loading() {
    return loading.getReadOnlyProperty();
  }

  @Override
  public ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }
}
