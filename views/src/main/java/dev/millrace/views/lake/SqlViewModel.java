package dev.millrace.views.lake;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.api.Question.FileForm;
import dev.millrace.engine.care.TableQuery;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.Asked;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// A query being written, its result, and those before it. FX thread only; the query runs in the
/// engine.
public final class SqlViewModel {

  /// Rows shown at most; an export has all.
  static final int MOST_ROWS = 10_000;

  private static final int MOST_KEPT = 60;
  private static final String PARTING = "\u001e";
  private final CommandDesk desk;
  private final Clock clock;
  private final Preferences preferences;
  private final SqlSource source;
  private final StringProperty text = new SimpleStringProperty();
  private final StringProperty asOf = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<SqlResult> result =
      new ReadOnlyObjectWrapper<>(new SqlResult.Nothing());
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
  private final ObservableList<String> history = FXCollections.observableArrayList();
  private final Map<String, List<String>> columns = new LinkedHashMap<>();
  private final ObservableList<String> tables = FXCollections.observableArrayList();
  private final Set<String> askedColumns = new HashSet<>();
  private Optional<Asked> asked = Optional.empty();
  private String pipeline = "";
  private Instant now = Instant.EPOCH;

  /// Over the lake.
  public SqlViewModel(CommandDesk desk, Clock clock, Preferences preferences) {
    this(desk, clock, preferences, new LakeSql());
  }

  public SqlViewModel(CommandDesk desk, Clock clock, Preferences preferences, SqlSource source) {
    this.desk = desk;
    this.clock = clock;
    this.preferences = preferences;
    this.source = source;
    text.set(preferences.value(textKey()).orElse(source.first()));
    preferences
        .value(keptKey())
        .ifPresent(
            all -> {
              for (String each : all.split(PARTING)) {
                if (!each.isBlank()) {
                  history.add(each);
                }
              }
            });
  }

  private String textKey() {
    return source.name() + ".query";
  }

  private String keptKey() {
    return source.name() + ".queries";
  }

  public void show(Moment moment) {
    pipeline = moment.pipeline();
    now = moment.now();
    for (String view : moment.status().map(source::tables).orElse(List.of())) {
      if (columns.putIfAbsent(view, List.of()) == null) {
        tables.add(view);
      }
    }
  }

  /// Makes the columns of tables known for completion; asked for once per table.
  void learnColumns(String view) {
    if (!columns.containsKey(view) || !askedColumns.add(view)) {
      return;
    }
    var _ =
        desk.ask(
            new Command.Ask(pipeline, source.rows("SELECT * FROM " + view, Optional.empty(), 1)),
            outcome -> {
              if (outcome instanceof Outcome.Answered answered
                  && answered.answer() instanceof Answer.Rows rows) {
                columns.put(view, rows.columns().stream().map(Answer.QueryColumn::name).toList());
              }
            });
  }

  SqlSource source() {
    return source;
  }

  /// Names of the tables in SQL.
  ObservableList<String> tables() {
    return tables;
  }

  /// Columns by table, as SQL names them; a table's are empty until they are known.
  Map<String, List<String>> columns() {
    return columns;
  }

  /// Runs the text, in place of a query under way.
  public void run() {
    String sql = text.get().strip();
    ask(sql, moment -> source.rows(sql, moment, MOST_ROWS));
    if (!sql.isEmpty()) {
      keep(sql);
    }
  }

  /// Asks how the engine would run the text.
  public void explain() {
    String sql = text.get().strip();
    ask(sql, moment -> source.plan(sql, moment));
  }

  private interface Asking {
    Question of(Optional<Instant> moment);
  }

  private void ask(String sql, Asking asking) {
    if (sql.isEmpty()) {
      return;
    }
    asked.ifPresent(Asked::forget);
    Optional<Instant> moment;
    try {
      moment = moment();
    } catch (MillraceException e) {
      end(new SqlResult.Faulty(e.what(), e.remedy(), java.util.OptionalInt.empty()));
      return;
    }
    running.set(true);
    status.set("Running …");
    preferences.keep(textKey(), text.get());
    asked =
        Optional.of(
            desk.ask(
                new Command.Ask(pipeline, asking.of(moment)),
                outcome -> end(SqlResult.of(outcome))));
  }

  private void end(SqlResult next) {
    running.set(false);
    result.set(next);
    status.set(
        switch (next) {
          case SqlResult.Rows(Answer.Rows rows) ->
              (rows.more() ? "first " : "")
                  + Figures.counted(rows.rows().size(), "row")
                  + " in "
                  + Figures.span(rows.took());
          case SqlResult.Plan _ -> "the plan; nothing was run";
          case SqlResult.Faulty _ -> "refused";
          case SqlResult.Stopped _ -> "cancelled";
          case SqlResult.Nothing _, SqlResult.Reading _ -> "";
        });
  }

  /// Stops the query under way; harmless when there is none.
  public void cancel() {
    if (running.get()) {
      status.set("Stopping …");
      asked.ifPresent(Asked::cancel);
    }
  }

  /// Writes all rows of the text's query into a file.
  public void export(FileForm form, Path to) {
    Optional<Instant> moment;
    try {
      moment = moment();
    } catch (MillraceException e) {
      desk.say(new Toast(Tone.BAD, "Export: failed", e.what(), e.remedy()));
      return;
    }
    desk.submit(new Command.Ask(pipeline, source.export(text.get().strip(), moment, form, to)));
  }

  /// Says that something stands on the clipboard.
  void copied(String what) {
    desk.say(new Toast(Tone.GOOD, "Copied", what, ""));
  }

  private void keep(String sql) {
    history.remove(sql);
    history.addFirst(sql);
    while (history.size() > MOST_KEPT) {
      history.removeLast();
    }
    preferences.keep(keptKey(), String.join(PARTING, history));
  }

  /// The time that tables are read as of; empty for now.
  ///
  /// @throws MillraceException `USAGE` when the words name no time
  Optional<Instant> moment() {
    String words = asOf.get().strip();
    if (words.isEmpty() || words.equals(AsOf.NOW.words())) {
      return Optional.empty();
    }
    for (AsOf each : AsOf.values()) {
      if (each.words().equals(words)) {
        return Optional.of(now.minus(each.ago()));
      }
    }
    return Optional.of(TableQuery.moment(words));
  }

  /// Times that are often meant.
  enum AsOf {
    NOW("now", Duration.ZERO),
    HOUR("1 hour ago", Duration.ofHours(1)),
    DAY("24 hours ago", Duration.ofDays(1)),
    WEEK("7 days ago", Duration.ofDays(7));

    private final String words;
    private final Duration ago;

    AsOf(String words, Duration ago) {
      this.words = words;
      this.ago = ago;
    }

    String words() {
      return words;
    }

    Duration ago() {
      return ago;
    }

    static List<String> all() {
      List<String> all = new ArrayList<>();
      for (AsOf each : values()) {
        all.add(each.words);
      }
      return all;
    }
  }

  Clock clock() {
    return clock;
  }

  Instant now() {
    return now;
  }

  public StringProperty text() {
    return text;
  }

  /// Words for the time that tables are read as of: `now`, `1 hour ago`, or a time.
  public StringProperty asOf() {
    return asOf;
  }

  public ReadOnlyObjectProperty<SqlResult> result() {
    return result.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty running() {
    return running.getReadOnlyProperty();
  }

  /// One line about the result.
  public ObservableValue<String> status() {
    return status.getReadOnlyProperty();
  }

  /// Queries that were run, newest first; kept from one start to the next.
  public ObservableList<String> history() {
    return history;
  }
}
