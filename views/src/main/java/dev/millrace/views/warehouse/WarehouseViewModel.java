package dev.millrace.views.warehouse;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.LoadStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.warehouse.Reconciliation;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.Asked;
import dev.millrace.views.desk.Awaited;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.lake.SqlViewModel;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.warehouse.LoadRow.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the warehouse room tells and does; SQL is [SqlViewModel]'s. FX thread only.
public final class WarehouseViewModel implements RoomModel {

  /// Entries of the ledger shown at most.
  static final int LEDGER = 10_000;

  /// Whether the home's own database can be started again from here.
  public enum Restart {
    /// It answers, or is run elsewhere.
    NONE,
    OFFERED,
    UNDER_WAY
  }

  private static final String TAB = "warehouse.tab";

  private final CommandDesk desk;
  private final Clock clock;
  private final SqlViewModel sql;
  private final ObservableList<LoadRow> tables = FXCollections.observableArrayList();
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Optional<String>> chosen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ObjectProperty<@Nullable WarehouseTab> tab = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<Looked<Answer.WarehouseServer>> server =
      new ReadOnlyObjectWrapper<>(new Looked.NotYet<>());
  private final ReadOnlyObjectWrapper<Looked<Outcome.LoadPlanned>> preview =
      new ReadOnlyObjectWrapper<>(new Looked.NotYet<>());
  private final ReadOnlyObjectWrapper<Looked<Reconciliation>> comparison =
      new ReadOnlyObjectWrapper<>(new Looked.NotYet<>());
  private final ReadOnlyObjectWrapper<Looked<Answer.Ledger>> ledger =
      new ReadOnlyObjectWrapper<>(new Looked.NotYet<>());
  private final ReadOnlyObjectWrapper<Optional<WorkStatus>> work =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper cancellable = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);
  private List<LoadRow> all = List.of();
  private List<LoadStatus> loads = List.of();
  private List<OptionalLong> versions = List.of();
  private Optional<Asked> previewing = Optional.empty();
  private Optional<Asked> comparing = Optional.empty();
  private Optional<Asked> reading = Optional.empty();
  private final ReadOnlyBooleanWrapper unbuilt = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper lost = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Restart> restart = new ReadOnlyObjectWrapper<>(Restart.NONE);
  private String pipeline = "";
  private final ReadOnlyObjectWrapper<Instant> now = new ReadOnlyObjectWrapper<>(Instant.EPOCH);

  public WarehouseViewModel(CommandDesk desk, Clock clock, Preferences preferences) {
    this.desk = desk;
    this.clock = clock;
    this.sql = new SqlViewModel(desk, clock, preferences, new WarehouseSql());
    tab.set(
        preferences
            .value(TAB)
            .flatMap(name -> WarehouseTab.named(name.toLowerCase(Locale.ROOT)))
            .orElse(WarehouseTab.PREVIEW));
    tab.addListener(
        (_, _, next) -> {
          preferences.keep(TAB, String.valueOf(next));
          lookWhenNeeded();
        });
    filter.addListener((_, _, _) -> list());
    desk.last().addListener((_, _, ended) -> ended.ifPresent(this::hear));
  }

  @Override
  public void show(Moment moment) {
    now.set(moment.now().truncatedTo(ChronoUnit.SECONDS));
    if (moment.status().isEmpty()) {
      return;
    }
    PipelineStatus status = moment.status().get();
    loading.set(false);
    if (!pipeline.equals(moment.pipeline())) {
      pipeline = moment.pipeline();
    }
    sql.show(moment);
    empty.set(status.definition().warehouse().isEmpty());
    work.set(moment.engine().work().stream().filter(this::isOurs).findFirst());
    cancellable.set(work.get().filter(w -> desk.cancellable(w.id())).isPresent());
    all = rows(status);
    unbuilt.set(all.stream().allMatch(row -> row.lakeVersion().isEmpty()));
    list();
    tell(Awaited.loads(moment));
    if (empty.get()) {
      return;
    }
    notice(status);
    if (server.get() instanceof Looked.NotYet) {
      test();
    }
    watch(moment);
  }

  /// The home's own database is watched all the time, so that a server that went away is not told
  /// to answer.
  private void watch(Moment moment) {
    Optional<ServiceStatus> down =
        moment.engine().services().stream()
            .filter(s -> s.name().equals(ServiceStatus.DATABASE) && !s.up())
            .findFirst();
    boolean starts =
        moment.engine().work().stream()
            .anyMatch(w -> w.command() instanceof Command.RestartDatabase);
    restart.set(
        down.filter(ServiceStatus::restartable).isEmpty()
            ? Restart.NONE
            : starts ? Restart.UNDER_WAY : Restart.OFFERED);
    if (down.isPresent()) {
      lost.set(true);
      if (server.get().found().filter(Answer.WarehouseServer::inHome).isPresent()) {
        server.set(
            new Looked.Refused<>(
                "The home's own PostgreSQL: " + down.get().detail(),
                restart.get() == Restart.NONE
                    ? "it comes back when Millrace is started again"
                    : "start it again; what was committed to it is safe"));
      }
    } else if (lost.get()) {
      lost.set(false);
      lookAnew(preview);
      lookAnew(ledger);
      if (!(server.get() instanceof Looked.Found)) {
        test();
      }
    }
  }

  /// What could not be looked at while the server was away.
  private static <T> void lookAnew(ReadOnlyObjectWrapper<Looked<T>> property) {
    if (property.get() instanceof Looked.Refused) {
      property.set(new Looked.NotYet<>());
    }
  }

  /// Starts the home's own database again.
  public void restart() {
    if (restart.get() == Restart.OFFERED) {
      desk.submit(new Command.RestartDatabase(pipeline));
    }
  }

  /// Loads and versions that moved make what was looked at old.
  private void notice(PipelineStatus status) {
    List<OptionalLong> nextVersions = all.stream().map(LoadRow::lakeVersion).toList();
    boolean loaded = !status.loads().equals(loads);
    boolean moved = loaded || !nextVersions.equals(versions);
    loads = status.loads();
    versions = nextVersions;
    if (!moved) {
      return;
    }
    age(preview);
    age(comparison);
    boolean near = server.get().found().filter(Answer.WarehouseServer::inHome).isPresent();
    if (near && preview.get() instanceof Looked.Refused) {
      // What stood in the way may have been a table that stands now.
      preview();
    }
    if (loaded && ledger.get() instanceof Looked.Found) {
      readLedger();
    }
  }

  private static <T> void age(ReadOnlyObjectWrapper<Looked<T>> property) {
    if (property.get() instanceof Looked.Found<T> found && !found.moved()) {
      property.set(new Looked.Found<>(found.what(), found.at(), true));
    }
  }

  private boolean isOurs(WorkStatus status) {
    if (!status.command().pipeline().equals(pipeline)) {
      return false;
    }
    return switch (status.command()) {
      case Command.Load _, Command.MendWarehouse _, Command.PreviewLoad _, Command.Reconcile _ ->
          true;
      default -> false;
    };
  }

  private static List<LoadRow> rows(PipelineStatus status) {
    List<LoadRow> rows = new ArrayList<>();
    for (WarehouseTable table : status.definition().warehouse()) {
      Optional<TableStatus> lake =
          status.tables().stream().filter(t -> t.table().equals(table.from())).findFirst();
      Optional<LoadStatus> load =
          status.loads().stream().filter(l -> l.target().equals(table.target())).findFirst();
      rows.add(
          new LoadRow(
              table.target(),
              table.from(),
              switch (table) {
                case WarehouseTable.ReplacePartitions replace ->
                    "replaces by " + replace.partition();
                case WarehouseTable.Merge merge -> "merges by " + String.join(", ", merge.key());
              },
              load.map(LoadStatus::rows).orElse(0L),
              lake.map(TableStatus::rows).orElse(0L),
              load.flatMap(LoadStatus::loadedAt),
              load.map(LoadStatus::sourceVersion).orElse(OptionalLong.empty()),
              lake.map(t -> OptionalLong.of(t.version())).orElse(OptionalLong.empty())));
    }
    return rows;
  }

  private void list() {
    String words = filter.get().toLowerCase(Locale.ROOT).strip();
    List<LoadRow> next =
        all.stream()
            .filter(r -> r.target().contains(words) || r.from().toString().contains(words))
            .toList();
    if (!next.equals(tables)) {
      tables.setAll(next);
    }
  }

  private void tell(Optional<Awaited> under) {
    long behind = all.stream().filter(r -> r.standing() != Standing.CURRENT).count();
    Optional<Instant> last =
        all.stream().flatMap(r -> r.loadedAt().stream()).max(Instant::compareTo);
    subtitle.set(
        all.isEmpty()
            ? "this pipeline loads nothing"
            : Figures.counted(all.size(), "table")
                + " · "
                + last.map(at -> "last load " + age(at) + " ago")
                    .orElse(under.map(Awaited::brief).orElse("nothing loaded yet"))
                + " · "
                + (behind == 0 ? "all up to date" : Figures.count(behind) + " not up to date"));
  }

  String age(Instant at) {
    return Figures.age(Duration.between(at, now.get()));
  }

  /// Asks who answers as the warehouse.
  public void test() {
    server.set(new Looked.Looking<>());
    var _ =
        desk.ask(
            new Command.Ask(pipeline, new Question.WarehouseServer()),
            outcome -> {
              server.set(
                  of(
                      outcome,
                      o ->
                          o instanceof Outcome.Answered a
                                  && a.answer() instanceof Answer.WarehouseServer found
                              ? Optional.of(found)
                              : Optional.empty()));
              lookWhenNeeded();
            });
  }

  /// Looks by itself where that costs nothing: into the home's own database, and into ledgers.
  private void lookWhenNeeded() {
    if (empty.get() || loading.get()) {
      return;
    }
    if (tab.get() == WarehouseTab.LEDGER && ledger.get() instanceof Looked.NotYet) {
      readLedger();
    }
    boolean near = server.get().found().filter(Answer.WarehouseServer::inHome).isPresent();
    if (near && tab.get() == WarehouseTab.PREVIEW && preview.get() instanceof Looked.NotYet) {
      preview();
    }
  }

  /// Looks what a load would do.
  public void preview() {
    previewing.ifPresent(Asked::forget);
    preview.set(new Looked.Looking<>());
    previewing = Optional.of(askPreview(preview::set));
  }

  private Asked askPreview(Consumer<Looked<Outcome.LoadPlanned>> told) {
    return desk.ask(
        new Command.PreviewLoad(pipeline),
        outcome ->
            told.accept(
                of(
                    outcome,
                    o ->
                        o instanceof Outcome.LoadPlanned planned
                            ? Optional.of(planned)
                            : Optional.empty())));
  }

  /// Looks again, for a person who is about to load.
  Asked previewAnew(Consumer<Looked<Outcome.LoadPlanned>> told) {
    return askPreview(
        looked -> {
          preview.set(looked);
          told.accept(looked);
        });
  }

  /// Compares every row of lake and warehouse.
  public void compare() {
    comparing.ifPresent(Asked::forget);
    comparison.set(new Looked.Looking<>());
    comparing =
        Optional.of(
            desk.ask(
                new Command.Reconcile(pipeline),
                outcome ->
                    comparison.set(
                        of(
                            outcome,
                            o ->
                                o instanceof Outcome.Reconciled found
                                    ? Optional.of(found.reconciliation())
                                    : Optional.empty()))));
  }

  /// Reads what loads did.
  public void readLedger() {
    reading.ifPresent(Asked::forget);
    if (!(ledger.get() instanceof Looked.Found)) {
      ledger.set(new Looked.Looking<>());
    }
    reading =
        Optional.of(
            desk.ask(
                new Command.Ask(pipeline, new Question.Ledger(LEDGER)),
                outcome ->
                    ledger.set(
                        of(
                            outcome,
                            o ->
                                o instanceof Outcome.Answered a
                                        && a.answer() instanceof Answer.Ledger found
                                    ? Optional.of(found)
                                    : Optional.empty()))));
  }

  private <T> Looked<T> of(Outcome outcome, Function<Outcome, Optional<T>> found) {
    return switch (outcome) {
      case Outcome.Failed failed -> new Looked.Refused<>(failed.what(), failed.remedy());
      case Outcome.Cancelled _ -> new Looked.Stopped<>();
      default ->
          found
              .apply(outcome)
              .<Looked<T>>map(what -> new Looked.Found<>(what, now.get(), false))
              .orElseGet(Looked.Stopped::new);
    };
  }

  /// The work that a load would have to wait for.
  public ReadOnlyObjectProperty<Optional<Turn>> turn() {
    return desk.turn();
  }

  /// Loads what is new.
  public void load() {
    desk.submit(new Command.Load(pipeline));
  }

  /// Loads what differs again, and what is new.
  public void mend() {
    desk.submit(new Command.MendWarehouse(pipeline));
  }

  /// After a load the next one is looked at where that was done before, after a mending the
  /// comparison; and what quality holds is looked at again once someone decided about it.
  private void hear(CommandDesk.Ended ended) {
    if (ended.command() instanceof Command.Quality quality && quality.order().takesTurn()) {
      if (preview.get().found().filter(planned -> planned.hold().isPresent()).isPresent()) {
        preview();
      }
      return;
    }
    if (!(ended.outcome() instanceof Outcome.Done)) {
      return;
    }
    switch (ended.command()) {
      case Command.Load _ -> again(preview, this::preview);
      case Command.MendWarehouse _ -> {
        again(comparison, this::compare);
        again(preview, this::preview);
      }
      default -> {
        // Other work does not touch the warehouse.
      }
    }
  }

  private static <T> void again(ReadOnlyObjectWrapper<Looked<T>> property, Runnable look) {
    if (property.get() instanceof Looked.Found) {
      look.run();
    }
  }

  /// Whether {@link #cancel()} reaches the work; work may be told before it is within reach.
  public ReadOnlyBooleanProperty cancellable() {
    return cancellable.getReadOnlyProperty();
  }

  public void cancel() {
    work.get().ifPresent(w -> desk.cancel(w.id()));
  }

  /// @param target empty for all tables
  public void choose(Optional<String> target) {
    chosen.set(target);
  }

  /// @param target a warehouse table, with a tab behind a slash when one is meant: `/ledger`,
  ///   `fact_daily/compare`
  @Override
  public void aim(String target) {
    int slash = target.indexOf('/');
    String name = slash < 0 ? target : target.substring(0, slash);
    if (all.stream().anyMatch(r -> r.target().equals(name))) {
      filter.set("");
      choose(Optional.of(name));
    }
    if (slash >= 0) {
      WarehouseTab.named(target.substring(slash + 1)).ifPresent(tab::set);
    }
  }

  /// Where a person decides about what holds the load.
  void openQuality() {
    desk.open("quality", "/quarantine");
  }

  void openLake(LoadRow row) {
    desk.open("lake", row.from().toString());
  }

  Clock clock() {
    return clock;
  }

  /// The second that all ages of the room are told by.
  Instant now() {
    return now.get();
  }

  ReadOnlyObjectProperty<Instant> tick() {
    return now.getReadOnlyProperty();
  }

  public SqlViewModel sql() {
    return sql;
  }

  public ObservableList<LoadRow> tables() {
    return tables;
  }

  /// All tables, whatever the filter.
  List<LoadRow> all() {
    return all;
  }

  /// The table on show; empty when none is.
  Optional<LoadRow> row() {
    return all.stream().filter(r -> chosen.get().equals(Optional.of(r.target()))).findFirst();
  }

  /// Words that the names of the tables shown must hold.
  public StringProperty filter() {
    return filter;
  }

  /// The table whose windows and loads are on show; empty for all.
  public ReadOnlyObjectProperty<Optional<String>> chosen() {
    return chosen.getReadOnlyProperty();
  }

  public ObjectProperty<@Nullable WarehouseTab> tab() {
    return tab;
  }

  /// Who answers as the warehouse.
  public ReadOnlyObjectProperty<Looked<Answer.WarehouseServer>> server() {
    return server.getReadOnlyProperty();
  }

  /// Whether the engine's own database does not answer, without which nothing can be loaded.
  public ReadOnlyBooleanProperty lost() {
    return lost.getReadOnlyProperty();
  }

  /// Whether none of the tables that are loaded is built in the lake, so that there is nothing to
  /// load.
  public ReadOnlyBooleanProperty unbuilt() {
    return unbuilt.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Restart> restarting() {
    return restart.getReadOnlyProperty();
  }

  /// What a load would do.
  public ReadOnlyObjectProperty<Looked<Outcome.LoadPlanned>> planned() {
    return preview.getReadOnlyProperty();
  }

  /// How the warehouse stands against the lake.
  public ReadOnlyObjectProperty<Looked<Reconciliation>> comparison() {
    return comparison.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Looked<Answer.Ledger>> ledger() {
    return ledger.getReadOnlyProperty();
  }

  /// Work on the warehouse under way; empty when there is none.
  public ReadOnlyObjectProperty<Optional<WorkStatus>> work() {
    return work.getReadOnlyProperty();
  }

  /// Whether the pipeline loads no table.
  public ReadOnlyBooleanProperty empty() {
    return empty.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty loading() {
    return loading.getReadOnlyProperty();
  }

  /// A look at Redshift wakes it, and is paid for.
  @Override
  public boolean asksAhead() {
    return false;
  }

  @Override
  public ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }
}
