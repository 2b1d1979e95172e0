package dev.millrace.views.lake;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.care.CareOrder;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Stand;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.views.controls.Fact;
import dev.millrace.views.desk.Asked;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
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

/// What the lake room tells of its tables; SQL is [SqlViewModel]'s. FX thread only.
public final class LakeViewModel implements RoomModel {

  private static final int VERSIONS = 500;
  private static final int FILES = 2_000;

  private final CommandDesk desk;
  private final Clock clock;
  private final SqlViewModel sql;
  private final ObservableList<TableRow> tables = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable TableName> chosen = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable TableTab> tab =
      new SimpleObjectProperty<>(TableTab.SCHEMA);
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Optional<Answer.AboutTable>> about =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<List<Fact>> facts = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<SqlResult> rows =
      new ReadOnlyObjectWrapper<>(new SqlResult.Nothing());
  private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper previewing = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyBooleanWrapper commitComes = new ReadOnlyBooleanWrapper();
  private List<TableStatus> known = List.of();
  private Optional<Pipeline> pipeline = Optional.empty();
  private Optional<Asked> asking = Optional.empty();
  private Optional<Asked> reading = Optional.empty();
  private Optional<CareOrder> previewed = Optional.empty();
  private long askedVersion = -1;
  private String rowsOf = "";
  private Instant now = Instant.EPOCH;

  public LakeViewModel(CommandDesk desk, Clock clock, SqlViewModel sql) {
    this.desk = desk;
    this.clock = clock;
    this.sql = sql;
    chosen.addListener((_, _, _) -> lookAgain());
    tab.addListener((_, _, _) -> readRows());
    filter.addListener((_, _, _) -> list());
  }

  @Override
  public void show(Moment moment) {
    now = moment.now();
    if (moment.status().isEmpty()) {
      return;
    }
    pipeline = Optional.of(moment.status().get().definition());
    sql.show(moment);
    moment.engine().work().stream()
        .filter(work -> work.command() instanceof Command.PreviewCare c && ofPreviewed(c))
        .findFirst()
        .ifPresent(work -> previewing.set(progress(work.stand())));
    known = moment.status().get().tables();
    empty.set(known.isEmpty());
    commitComes.set(
        moment.stream()
            .filter(s -> s.state() == StreamState.RUNNING || s.state() == StreamState.STARTING)
            .isPresent());
    long bytes = known.stream().mapToLong(TableStatus::bytes).sum();
    long files = known.stream().mapToLong(TableStatus::files).sum();
    subtitle.set(
        known.isEmpty()
            ? "no table yet"
            : Figures.counted(known.size(), "table")
                + " · "
                + Figures.bytes(bytes)
                + " in "
                + Figures.counted(files, "file"));
    list();
    if (chosen.get() == null && !known.isEmpty()) {
      chosen.set(
          known.stream()
              .map(TableStatus::table)
              .filter(t -> t.layer() == Layer.SILVER)
              .findFirst()
              .orElse(known.getFirst().table()));
    }
    status()
        .ifPresent(
            status -> {
              if (status.version() != askedVersion && asking.map(Asked::isAnswered).orElse(true)) {
                ask(status);
              }
              facts.set(facts(status));
            });
  }

  private void list() {
    String words = filter.get().toLowerCase(Locale.ROOT).strip();
    long largest = known.stream().mapToLong(TableStatus::bytes).max().orElse(1);
    List<TableRow> next = new ArrayList<>();
    for (TableStatus table : known) {
      if (table.table().toString().contains(words)) {
        next.add(
            new TableRow(
                table.table(),
                table.version(),
                Figures.compact(table.rows()) + " rows · " + Figures.bytes(table.bytes()),
                age(table.committedAt()),
                (double) table.bytes() / Math.max(1, largest),
                table.files()));
      }
    }
    if (!next.equals(tables)) {
      tables.setAll(next);
    }
  }

  private String age(Instant at) {
    return Figures.age(Duration.between(at, now));
  }

  private Optional<TableStatus> status() {
    return known.stream().filter(t -> t.table().equals(chosen.get())).findFirst();
  }

  private void lookAgain() {
    askedVersion = -1;
    about.set(Optional.empty());
    rows.set(new SqlResult.Nothing());
    rowsOf = "";
    status()
        .ifPresent(
            status -> {
              facts.set(facts(status));
              ask(status);
            });
    readRows();
  }

  private void ask(TableStatus status) {
    asking.ifPresent(Asked::forget);
    askedVersion = status.version();
    asking =
        Optional.of(
            desk.ask(
                new Command.Ask(name(), new Question.AboutTable(status.table(), VERSIONS, FILES)),
                this::take));
  }

  private void take(Outcome outcome) {
    switch (outcome) {
      case Outcome.Answered answered -> {
        if (answered.answer() instanceof Answer.AboutTable table) {
          about.set(Optional.of(table));
          fault.set("");
          status().ifPresent(status -> facts.set(facts(status)));
        }
      }
      case Outcome.Failed failed -> fault.set(failed.what() + ". " + failed.remedy() + ".");
      default -> {
        // Cancelled: another table was chosen meanwhile.
      }
    }
  }

  private List<Fact> facts(TableStatus table) {
    Optional<Answer.AboutTable> more = about.get().filter(a -> a.table().equals(table.table()));
    long mean = table.files() == 0 ? 0 : table.bytes() / table.files();
    List<Fact> list = new ArrayList<>();
    list.add(Fact.of("Rows", Figures.compact(table.rows()), Figures.count(table.rows()) + " rows"));
    list.add(
        Fact.of("Size", Figures.bytes(table.bytes()), Figures.count(table.bytes()) + " bytes"));
    list.add(Fact.of("Files", Figures.count(table.files()), Figures.bytes(mean) + " on average"));
    list.add(
        Fact.of(
            "Version",
            Figures.count(table.version()),
            "Committed at " + clock.second(table.committedAt(), now)));
    list.add(
        Fact.of(
            "Fresh",
            age(table.committedAt()) + " ago",
            "Committed at " + clock.second(table.committedAt(), now)));
    list.add(
        Fact.of(
            "Partitioned",
            more.flatMap(Answer.AboutTable::partition).orElse(more.isPresent() ? "not" : "…"),
            "Column whose value parts the files"));
    list.add(
        Fact.of(
            "Kept",
            more.map(a -> a.kept().map(LakeViewModel::kept).orElse("for ever")).orElse("…"),
            "How long rows are kept before they expire"));
    return List.copyOf(list);
  }

  private static String kept(Duration kept) {
    long days = kept.toDays();
    return days % 365 == 0 ? Figures.counted(days / 365, "year") : Figures.counted(days, "day");
  }

  private void readRows() {
    TableName table = chosen.get();
    if (tab.get() != TableTab.ROWS || table == null || rowsOf.equals(table + "@" + askedVersion)) {
      return;
    }
    rowsOf = table + "@" + askedVersion;
    reading.ifPresent(Asked::forget);
    rows.set(new SqlResult.Reading());
    reading =
        Optional.of(
            desk.ask(
                new Command.Ask(
                    name(),
                    new Question.Rows("SELECT * FROM " + view(table), Optional.empty(), 500)),
                outcome -> rows.set(SqlResult.of(outcome))));
  }

  /// The table's name in SQL.
  static String view(TableName table) {
    return table.layer().sqlName() + "_" + table.name();
  }

  /// Opens the editor on the table's rows as of a version.
  public void queryVersion(long version) {
    TableName table = chosen.get();
    if (table != null) {
      sql.text().set("SELECT * FROM " + view(table) + " VERSION AS OF " + version + " LIMIT 500");
      tab.set(TableTab.SQL);
      sql.run();
    }
  }

  /// Tells what an order would do.
  ///
  /// @return what may be forgotten when another is asked for
  public Asked preview(CareOrder order, Consumer<Outcome> told) {
    previewed = Optional.of(order);
    previewing.set("");
    return desk.ask(new Command.PreviewCare(name(), order), told);
  }

  /// How far the preview asked for last is, in words; empty when there is nothing to tell.
  ObservableValue<String> previewing() {
    return previewing.getReadOnlyProperty();
  }

  private boolean ofPreviewed(Command.PreviewCare preview) {
    return previewed.equals(Optional.of(preview.order()));
  }

  private static String progress(Stand stand) {
    return stand.total() == 0
        ? stand.what()
        : "%s, %s of %s"
            .formatted(stand.what(), Figures.count(stand.done()), Figures.count(stand.total()));
  }

  /// A button's words, which say what care would have to wait for.
  ObservableValue<String> words(String plain) {
    return desk.turn().map(turn -> Turn.words(plain, turn));
  }

  public void carryOut(CareOrder order) {
    desk.submit(new Command.CareForTables(name(), order));
  }

  private String name() {
    return pipeline.map(Pipeline::name).orElse("");
  }

  /// @param target a table, for example `silver.readings`, or `sql` and a query behind a blank
  @Override
  public void aim(String target) {
    if (target.startsWith("sql ")) {
      sql.text().set(target.substring("sql ".length()));
      tab.set(TableTab.SQL);
    } else {
      TableName.parse(target).ifPresent(chosen::set);
    }
  }

  Clock clock() {
    return clock;
  }

  Instant now() {
    return now;
  }

  /// The pipeline on show; empty until the engine told it.
  Optional<Pipeline> pipeline() {
    return pipeline;
  }

  public SqlViewModel sql() {
    return sql;
  }

  public ObservableList<TableRow> tables() {
    return tables;
  }

  public ObjectProperty<@Nullable TableName> chosen() {
    return chosen;
  }

  public ObjectProperty<@Nullable TableTab> tab() {
    return tab;
  }

  /// Words that the names of the tables shown must hold.
  public StringProperty filter() {
    return filter;
  }

  /// Everything about the chosen table; empty while it is asked for.
  public ReadOnlyObjectProperty<Optional<Answer.AboutTable>> about() {
    return about.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<List<Fact>> facts() {
    return facts.getReadOnlyProperty();
  }

  /// Some rows of the chosen table.
  public ReadOnlyObjectProperty<SqlResult> rows() {
    return rows.getReadOnlyProperty();
  }

  /// Why the table cannot be told; empty when it can.
  public ObservableValue<String> fault() {
    return fault.getReadOnlyProperty();
  }

  /// Whether the stream runs, so that tables are to be expected.
  ReadOnlyBooleanProperty commitComes() {
    return commitComes.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty empty() {
    return empty.getReadOnlyProperty();
  }

  @Override
  public ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }
}
