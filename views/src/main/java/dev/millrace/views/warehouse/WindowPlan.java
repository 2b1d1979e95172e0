package dev.millrace.views.warehouse;

import dev.millrace.engine.warehouse.LedgerEntry;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.LoadPreview.PartitionPreview;
import dev.millrace.engine.warehouse.LoadPreview.TablePreview;
import dev.millrace.engine.warehouse.Reconciliation;
import dev.millrace.engine.warehouse.Reconciliation.PartitionCheck;
import dev.millrace.engine.warehouse.Reconciliation.TableCheck;
import dev.millrace.engine.warehouse.Reconciliation.Verdict;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Windows of the tables on show, as rows of a table and as columns of a picture. Stateless.
final class WindowPlan {

  private static final Comparator<Optional<LocalDate>> BY_DATE =
      Comparator.comparing(date -> date.orElse(LocalDate.MIN));

  private WindowPlan() {}

  /// A window that a load would touch or leave.
  record Planned(TablePreview table, PartitionPreview window) {

    boolean changes() {
      return window.action() != LoadPreview.Action.LEAVE;
    }
  }

  /// A window that was compared.
  record Compared(TableCheck table, PartitionCheck window) {}

  /// Rows, changes and bytes of a load.
  record Totals(long inserted, long updated, long deleted, long left, long bytes, long windows) {}

  /// @param target empty for all tables
  static List<Planned> planned(LoadPreview preview, Optional<String> target) {
    List<Planned> rows = new ArrayList<>();
    for (TablePreview table : preview.tables()) {
      if (target.isEmpty() || target.get().equals(table.target())) {
        table.partitions().forEach(window -> rows.add(new Planned(table, window)));
      }
    }
    // What changes first, the newest first; the others are many and dull.
    rows.sort(
        Comparator.comparing(Planned::changes)
            .reversed()
            .thenComparing(p -> p.window().partition(), BY_DATE.reversed()));
    return rows;
  }

  static Totals totals(List<Planned> windows) {
    return new Totals(
        windows.stream().mapToLong(p -> p.window().inserted()).sum(),
        windows.stream().mapToLong(p -> p.window().updated()).sum(),
        windows.stream().mapToLong(p -> p.window().deleted()).sum(),
        windows.stream().mapToLong(p -> p.window().left()).sum(),
        windows.stream().mapToLong(p -> p.window().bytes()).sum(),
        windows.stream().filter(Planned::changes).count());
  }

  /// @param target empty for all tables
  static List<Compared> compared(Reconciliation found, Optional<String> target) {
    List<Compared> rows = new ArrayList<>();
    for (TableCheck table : found.tables()) {
      if (target.isEmpty() || target.get().equals(table.target())) {
        table.partitions().forEach(window -> rows.add(new Compared(table, window)));
      }
    }
    rows.sort(
        Comparator.comparing((Compared c) -> c.window().verdict())
            .reversed()
            .thenComparing(c -> c.window().partition(), BY_DATE.reversed()));
    return rows;
  }

  static List<Bar> bars(List<Planned> windows) {
    TreeMap<Optional<LocalDate>, Bar> days = new TreeMap<>(BY_DATE);
    for (Planned planned : windows) {
      PartitionPreview w = planned.window();
      days.merge(
          w.partition(),
          new Bar(
              label(w.partition()),
              w.inserted() + w.updated(),
              w.deleted() + w.updated() > 0 ? Tone.ACCENT : Tone.GOOD,
              w.deleted(),
              w.left()),
          WindowPlan::sum);
    }
    return List.copyOf(days.values());
  }

  static List<Bar> checks(List<Compared> windows) {
    TreeMap<Optional<LocalDate>, Bar> days = new TreeMap<>(BY_DATE);
    for (Compared compared : windows) {
      PartitionCheck w = compared.window();
      days.merge(
          w.partition(),
          new Bar(
              label(w.partition()),
              Math.max(w.lake().rows(), w.warehouse().rows()),
              tone(w.verdict()),
              0,
              0),
          WindowPlan::sum);
    }
    return List.copyOf(days.values());
  }

  /// A column for each load, oldest left.
  static List<Bar> loads(List<LedgerEntry> entries, Clock clock, Instant now) {
    TreeMap<Long, Bar> loads = new TreeMap<>();
    for (LedgerEntry entry : entries) {
      loads.merge(
          entry.load(),
          new Bar(
              clock.minute(entry.loadedAt(), now),
              entry.written(),
              Tone.ACCENT,
              entry.deleted(),
              0),
          WindowPlan::sum);
    }
    return List.copyOf(loads.values());
  }

  /// The graver tone stays.
  private static Bar sum(Bar a, Bar b) {
    return new Bar(
        a.label(),
        a.up() + b.up(),
        gravity(a.tone()) >= gravity(b.tone()) ? a.tone() : b.tone(),
        a.down() + b.down(),
        a.still() + b.still());
  }

  private static int gravity(Tone tone) {
    return switch (tone) {
      case MUTED -> 0;
      case GOOD -> 1;
      case ACCENT -> 2;
      case WARNING -> 3;
      case BAD -> 4;
    };
  }

  static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case EQUAL -> Tone.GOOD;
      case BEHIND -> Tone.ACCENT;
      case DIFFERS -> Tone.BAD;
    };
  }

  static String label(Optional<LocalDate> date) {
    return date.map(LocalDate::toString).orElse("whole table");
  }
}
