package dev.millrace.views.quality;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.engine.quality.report.ReportSubject;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.text.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

  private static final String TAB = "quality.tab";
  private static final String SCOPE = "quality.results";

  private final Inquiries inquiries;
  private final Clock clock;
  private final ScoreBoard board;
  private final ReportModel reports;
  private final KeptModel quarantine;
  private final SuiteModel suite;
  private final ProfileModel profile;
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
  private final ReadOnlyBooleanWrapper cancellable = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);
  private Optional<Judgement> keptJudgement = Optional.empty();
  private Instant now = Instant.EPOCH;
  private boolean choosing;

  public QualityViewModel(CommandDesk desk, Clock clock, Preferences preferences) {
    this.inquiries = new Inquiries(desk);
    this.clock = clock;
    this.board = new ScoreBoard(inquiries, fault::set);
    this.reports = new ReportModel(inquiries);
    this.quarantine = new KeptModel(inquiries);
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
    work.set(moment.engine().work().stream().filter(w -> isOurs(w, moment.pipeline())).findFirst());
    cancellable.set(work.get().filter(w -> inquiries.desk().cancellable(w.id())).isPresent());
    empty.set(status.tables().stream().allMatch(t -> t.rows() == 0));
    Optional<TableName> before = chosenTable();
    ScoreBoard.News news = board.take(status);
    list(before);
    if (news.judged()) {
      board.lookAtHistories(() -> history.set(chosenTable().flatMap(board::history)));
      board.lookAtQuarantine();
      if (chosenTable().equals(before)) {
        lookAtChosen();
      }
    } else if (news.quarantine()) {
      board.lookAtQuarantine();
      quarantine.look();
    }
  }

  private Optional<TableName> chosenTable() {
    return chosen.get().map(TableScore::table);
  }

  /// Whether work judges tables or changes what is in their quarantine.
  private static boolean isOurs(WorkStatus work, String pipeline) {
    return switch (work.command()) {
      case Command.Quality c -> c.pipeline().equals(pipeline) && c.order().takesTurn();
      case Command.Check c -> c.pipeline().equals(pipeline);
      default -> false;
    };
  }

  /// Shows the tables, the chosen one still chosen.
  private void list(Optional<TableName> before) {
    choosing = true;
    boolean changed = board.list();
    choosing = false;
    Optional<TableScore> again =
        tables().stream().filter(t -> before.equals(Optional.of(t.table()))).findFirst();
    if (again.isPresent()) {
      chosen.set(again);
      suite.show(again.get().table(), board.suite(again.get().table()));
    } else if (changed) {
      tables().stream().max(Comparator.comparing(TableScore::tone)).ifPresent(this::choose);
    }
  }

  /// Shows a table.
  public void choose(TableScore table) {
    if (choosing || chosenTable().filter(table.table()::equals).isPresent()) {
      return;
    }
    chosen.set(Optional.of(table));
    keptJudgement = Optional.empty();
    judgement.set(Optional.empty());
    history.set(board.history(table.table()));
    fault.set("");
    list();
    quarantine.show(table.table());
    suite.show(table.table(), board.suite(table.table()));
    profile.show(table.table());
    lookAtChosen();
  }

  private void lookAtChosen() {
    Optional<TableScore> now = chosen.get();
    if (now.isEmpty()) {
      return;
    }
    quarantine.look();
    if (!board.wasJudged(now.get().table())) {
      inquiries.forget("report");
      return;
    }
    reports.gather(
        "report",
        new ReportSubject.OfTable(now.get().table()),
        report -> {
          keptJudgement = report.tables().stream().findFirst().map(Judgement::of);
          judgement.set(keptJudgement);
          fault.set("");
          list();
        },
        fault::set);
  }

  /// Whether the chosen table was judged, and its results are being read.
  boolean reading() {
    return judgement.get().isEmpty()
        && chosen.get().flatMap(TableScore::score).isPresent()
        && fault.get().isEmpty();
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

  /// The work that judging would have to wait for.
  public ReadOnlyObjectProperty<Optional<Turn>> turn() {
    return inquiries.desk().turn();
  }

  /// Whether {@link #cancel()} reaches the work; work may be told before it is within reach.
  public ReadOnlyBooleanProperty cancellable() {
    return cancellable.getReadOnlyProperty();
  }

  public void cancel() {
    work.get().ifPresent(w -> inquiries.desk().cancel(w.id()));
  }

  /// Subjects a report can be about now: the chosen table, the day and the run it was judged in.
  List<ReportSubject> subjects() {
    List<ReportSubject> subjects = new ArrayList<>();
    chosen
        .get()
        .filter(c -> board.wasJudged(c.table()))
        .ifPresent(c -> subjects.add(new ReportSubject.OfTable(c.table())));
    keptJudgement
        .flatMap(Judgement::run)
        .ifPresent(run -> subjects.add(new ReportSubject.OfRun(run)));
    board
        .lastJudged()
        .ifPresent(
            at -> subjects.add(new ReportSubject.OfDay(at.atZone(ZoneOffset.UTC).toLocalDate())));
    return subjects;
  }

  /// Shows the rows in quarantine that failed an expectation.
  void openQuarantine(String reason) {
    quarantine.state().set(KeptState.OPEN);
    quarantine.chooseReason(reason);
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
    tables().stream()
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

  ReportModel reports() {
    return reports;
  }

  KeptModel quarantine() {
    return quarantine;
  }

  SuiteModel suite() {
    return suite;
  }

  ProfileModel profile() {
    return profile;
  }

  ObservableList<TableScore> tables() {
    return board.tables();
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
    return board.subtitle();
  }
}
