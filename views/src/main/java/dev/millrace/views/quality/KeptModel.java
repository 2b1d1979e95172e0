package dev.millrace.views.quality;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptFilter;
import dev.millrace.engine.quality.quarantine.KeptRow;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.desk.Turn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Rows of the chosen table in quarantine, and what a person decides about them. FX thread only.
final class KeptModel {

  /// Rows listed at most; counts count all.
  static final int MOST_LISTED = 1_000;

  private static final String LOOKING = "Looking …";

  /// How many rows fail an expectation.
  ///
  /// @param reason the expectation; empty for all
  record Reason(String reason, long rows) {}

  private final Inquiries inquiries;
  private final ObjectProperty<@Nullable KeptState> state =
      new SimpleObjectProperty<>(KeptState.OPEN);
  private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
  private final ObservableList<Reason> reasons = FXCollections.observableArrayList();
  private final ObservableList<KeptRow> rows = FXCollections.observableArrayList();
  private final ReadOnlyLongWrapper meant = new ReadOnlyLongWrapper();
  private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper(LOOKING);
  private Optional<TableName> table = Optional.empty();

  KeptModel(Inquiries inquiries) {
    this.inquiries = inquiries;
    state.addListener(
        (_, _, _) -> {
          reason.set("");
          nothing.set(LOOKING);
          look();
        });
  }

  void show(TableName next) {
    if (!table.equals(Optional.of(next))) {
      table = Optional.of(next);
      reason.set("");
      reasons.clear();
      rows.clear();
      meant.set(0);
      nothing.set(LOOKING);
    }
  }

  /// Asks the engine anew.
  void look() {
    if (table.isEmpty()) {
      return;
    }
    inquiries.ask(
        "reasons", new QualityOrder.FindKept(filter(""), 0), this::takeReasons, this::refuse);
    list();
  }

  private void list() {
    inquiries.ask(
        "rows",
        new QualityOrder.FindKept(filter(reason.get()), MOST_LISTED),
        this::takeRows,
        fault::set);
  }

  private KeptFilter filter(String of) {
    KeptState now = state.get();
    return new KeptFilter(
        table,
        Set.of(),
        of.isEmpty() ? Optional.empty() : Optional.of(KeptFilter.whole(of)),
        now == null ? Set.of() : Set.of(now));
  }

  private void refuse(String why) {
    fault.set(why);
    nothing.set("The rows cannot be read, for the reason above.");
  }

  private void takeReasons(QualityAnswer answer) {
    if (!(answer instanceof QualityAnswer.Kept kept)) {
      return;
    }
    fault.set("");
    nothing.set(none());
    Map<String, Long> byReason = new LinkedHashMap<>();
    long all = 0;
    for (KeptCount count : kept.counts()) {
      all += count.rows();
      for (String one : count.reasons()) {
        byReason.merge(one, count.rows(), Long::sum);
      }
    }
    List<Reason> next = new ArrayList<>();
    byReason.forEach((name, count) -> next.add(new Reason(name, count)));
    next.sort(Comparator.comparingLong(Reason::rows).reversed());
    if (next.size() > 1) {
      next.addFirst(new Reason("", all));
    }
    if (!next.equals(reasons)) {
      reasons.setAll(next);
    }
    // All rows that fail it were decided about; the others are shown.
    if (next.stream().noneMatch(one -> one.reason().equals(reason.get()))) {
      chooseReason("");
    }
  }

  private String none() {
    return switch (state.get()) {
      case OPEN -> "No row is in quarantine: one that fails an expectation is kept here.";
      case RELEASED -> "No row was released.";
      case DISCARDED -> "No row was discarded.";
      case MENDED -> "No row was mended.";
      case null -> "No row was ever in quarantine.";
    };
  }

  private void takeRows(QualityAnswer answer) {
    if (answer instanceof QualityAnswer.Kept kept) {
      meant.set(kept.counts().stream().mapToLong(KeptCount::rows).sum());
      if (!kept.rows().equals(rows)) {
        rows.setAll(kept.rows());
      }
    }
  }

  /// @param name the expectation that rows failed; empty for all
  void chooseReason(String name) {
    if (!name.equals(reason.get())) {
      reason.set(name);
      list();
    }
  }

  /// All rows on show, listed or not.
  KeptFilter all() {
    return filter(reason.get());
  }

  /// These rows only.
  KeptFilter of(Collection<KeptRow> chosen) {
    KeptState now = state.get();
    return new KeptFilter(
        table,
        chosen.stream().map(KeptRow::id).collect(Collectors.toSet()),
        Optional.empty(),
        now == null ? Set.of() : Set.of(now));
  }

  /// Tells what a decision would be about.
  ///
  /// @param events whether the events of a discard are counted, too
  void preview(
      KeptFilter filter,
      boolean events,
      Consumer<QualityAnswer.Kept> told,
      Consumer<String> refused) {
    inquiries.ask(
        "preview",
        new QualityOrder.FindKept(filter, MOST_LISTED, events),
        answer -> {
          if (answer instanceof QualityAnswer.Kept kept) {
            told.accept(kept);
          }
        },
        refused);
  }

  /// A button's words, which say what deciding would have to wait for.
  String words(String plain) {
    return Turn.words(plain, inquiries.desk().turn().get());
  }

  /// Says that rows are right as they are.
  ///
  /// @param previewed what was shown before; a release of as many can be taken back from its toast
  void release(KeptFilter filter, String why, QualityAnswer.Kept previewed) {
    Command command =
        new Command.Quality(inquiries.pipeline(), new QualityOrder.Release(filter, why));
    long count = previewed.counts().stream().mapToLong(KeptCount::rows).sum();
    if (count != previewed.rows().size()) {
      inquiries.desk().submit(command);
      return;
    }
    KeptFilter same = of(previewed.rows()).in(KeptState.RELEASED);
    inquiries.desk().submit(command, new Toast.Lead("Undo", () -> reopen(same)));
  }

  void reopen(KeptFilter filter) {
    inquiries
        .desk()
        .submit(new Command.Quality(inquiries.pipeline(), new QualityOrder.Reopen(filter)));
  }

  void discard(KeptFilter filter, String why) {
    inquiries
        .desk()
        .submit(new Command.Quality(inquiries.pipeline(), new QualityOrder.Discard(filter, why)));
  }

  /// The state on show.
  ObjectProperty<@Nullable KeptState> state() {
    return state;
  }

  ObservableValue<String> reason() {
    return reason.getReadOnlyProperty();
  }

  ObservableList<Reason> reasons() {
    return reasons;
  }

  /// What stands where no row is listed.
  ObservableValue<String> nothing() {
    return nothing.getReadOnlyProperty();
  }

  ObservableList<KeptRow> rows() {
    return rows;
  }

  /// How many rows are meant, listed or not.
  ReadOnlyLongProperty meant() {
    return meant.getReadOnlyProperty();
  }

  ObservableValue<String> fault() {
    return fault.getReadOnlyProperty();
  }
}
