package dev.millrace.views.quality;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.quarantine.HeldCount;
import dev.millrace.engine.quality.quarantine.HeldFilter;
import dev.millrace.engine.quality.quarantine.HeldRow;
import dev.millrace.engine.quality.quarantine.HeldState;
import dev.millrace.views.desk.Toast;
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
final class HeldModel {

  /// Rows listed at most; counts count all.
  static final int MOST_LISTED = 1_000;

  /// How many rows fail an expectation.
  ///
  /// @param reason the expectation; empty for all
  record Reason(String reason, long rows) {}

  private final Inquiries inquiries;
  private final ObjectProperty<@Nullable HeldState> state =
      new SimpleObjectProperty<>(HeldState.HELD);
  private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
  private final ObservableList<Reason> reasons = FXCollections.observableArrayList();
  private final ObservableList<HeldRow> rows = FXCollections.observableArrayList();
  private final ReadOnlyLongWrapper meant = new ReadOnlyLongWrapper();
  private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
  private Optional<TableName> table = Optional.empty();

  HeldModel(Inquiries inquiries) {
    this.inquiries = inquiries;
    state.addListener(
        (_, _, _) -> {
          reason.set("");
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
    }
  }

  /// Asks the engine anew.
  void look() {
    if (table.isEmpty()) {
      return;
    }
    inquiries.ask(
        "reasons", new QualityOrder.FindHeld(filter(""), 0), this::takeReasons, fault::set);
    list();
  }

  private void list() {
    inquiries.ask(
        "rows",
        new QualityOrder.FindHeld(filter(reason.get()), MOST_LISTED),
        this::takeRows,
        fault::set);
  }

  private HeldFilter filter(String of) {
    HeldState now = state.get();
    return new HeldFilter(
        table,
        Set.of(),
        of.isEmpty() ? Optional.empty() : Optional.of(of),
        now == null ? Set.of() : Set.of(now));
  }

  private void takeReasons(QualityAnswer answer) {
    if (!(answer instanceof QualityAnswer.Held held)) {
      return;
    }
    fault.set("");
    Map<String, Long> byReason = new LinkedHashMap<>();
    long all = 0;
    for (HeldCount count : held.counts()) {
      all += count.rows();
      for (String one : count.reasons().split("; ", -1)) {
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
  }

  private void takeRows(QualityAnswer answer) {
    if (answer instanceof QualityAnswer.Held held) {
      meant.set(held.counts().stream().mapToLong(HeldCount::rows).sum());
      if (!held.rows().equals(rows)) {
        rows.setAll(held.rows());
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
  HeldFilter all() {
    return filter(reason.get());
  }

  /// These rows only.
  HeldFilter of(Collection<HeldRow> chosen) {
    HeldState now = state.get();
    return new HeldFilter(
        table,
        chosen.stream().map(HeldRow::id).collect(Collectors.toSet()),
        Optional.empty(),
        now == null ? Set.of() : Set.of(now));
  }

  /// Tells what a decision would be about.
  void preview(HeldFilter filter, Consumer<QualityAnswer.Held> told, Consumer<String> refused) {
    inquiries.ask(
        "preview",
        new QualityOrder.FindHeld(filter, MOST_LISTED),
        answer -> {
          if (answer instanceof QualityAnswer.Held held) {
            told.accept(held);
          }
        },
        refused);
  }

  /// Says that rows are right as they are.
  ///
  /// @param previewed what was shown before; a release of as many can be taken back from its toast
  void release(HeldFilter filter, String why, QualityAnswer.Held previewed) {
    Command command =
        new Command.Quality(inquiries.pipeline(), new QualityOrder.Release(filter, why));
    long count = previewed.counts().stream().mapToLong(HeldCount::rows).sum();
    if (count != previewed.rows().size()) {
      inquiries.desk().submit(command);
      return;
    }
    HeldFilter same = of(previewed.rows()).in(HeldState.RELEASED);
    inquiries.desk().submit(command, new Toast.Lead("Undo", () -> holdAgain(same)));
  }

  void holdAgain(HeldFilter filter) {
    inquiries
        .desk()
        .submit(new Command.Quality(inquiries.pipeline(), new QualityOrder.HoldAgain(filter)));
  }

  void discard(HeldFilter filter, String why) {
    inquiries
        .desk()
        .submit(new Command.Quality(inquiries.pipeline(), new QualityOrder.Discard(filter, why)));
  }

  /// The state on show.
  ObjectProperty<@Nullable HeldState> state() {
    return state;
  }

  ObservableValue<String> reason() {
    return reason.getReadOnlyProperty();
  }

  ObservableList<Reason> reasons() {
    return reasons;
  }

  ObservableList<HeldRow> rows() {
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
