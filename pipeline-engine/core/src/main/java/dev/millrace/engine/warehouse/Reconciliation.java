package dev.millrace.engine.warehouse;

import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.TableName;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The lake's tables against the warehouse's, partition by partition.
///
/// @param tables in the order of the definition
public record Reconciliation(List<TableCheck> tables) {

  public Reconciliation {
    tables = List.copyOf(tables);
  }

  /// Whether rows that were loaded are no longer what was loaded.
  public boolean differs() {
    return count(p -> p.verdict() == Verdict.DIFFERS) > 0;
  }

  /// Whether a load is due.
  public boolean behind() {
    return count(p -> p.verdict() == Verdict.BEHIND) > 0;
  }

  /// What a load must bring again for the differences to go.
  public LoadScope mending() {
    Map<String, Set<Optional<LocalDate>>> anew = new HashMap<>();
    for (TableCheck table : tables) {
      Set<Optional<LocalDate>> differing =
          table.partitions().stream()
              .filter(p -> p.verdict() == Verdict.DIFFERS)
              .map(PartitionCheck::partition)
              .collect(Collectors.toSet());
      if (!differing.isEmpty()) {
        anew.put(table.target(), differing);
      }
    }
    return new LoadScope(anew);
  }

  /// One line for people.
  public String summary() {
    long all = count(_ -> true);
    long differing = count(p -> p.verdict() == Verdict.DIFFERS);
    long behind = count(p -> p.verdict() == Verdict.BEHIND);
    long kept =
        tables.stream().flatMap(t -> t.partitions().stream()).mapToLong(PartitionCheck::kept).sum();
    String beside =
        kept == 0
            ? ""
            : "; beside them merged tables hold %s that the lake has not"
                .formatted(Count.of(kept, "row"));
    if (differing + behind == 0) {
      return "lake and warehouse are equal in %s of %s%s"
          .formatted(
              all == 1 ? "the one partition" : "all " + Count.of(all, "partition"),
              Count.of(tables.size(), "table"),
              beside);
    }
    return "%,d of %s %s, %,d %s for a load%s"
        .formatted(
            differing,
            Count.of(all, "partition"),
            differing == 1 ? "differs" : "differ",
            behind,
            behind == 1 ? "waits" : "wait",
            beside);
  }

  private long count(Predicate<PartitionCheck> wanted) {
    return tables.stream().flatMap(t -> t.partitions().stream()).filter(wanted).count();
  }

  /// One table.
  ///
  /// @param sourceVersion version of the lake table it was compared with
  /// @param partitions in order; one without a date for a table that is merged
  public record TableCheck(
      String target, TableName from, long sourceVersion, List<PartitionCheck> partitions) {
    public TableCheck {
      partitions = List.copyOf(partitions);
    }
  }

  /// One partition.
  ///
  /// @param differing rows that are missing, changed or too many in the warehouse; 0 unless it
  ///   differs
  /// @param kept rows of a merged table which the lake no longer has
  /// @param rows some of the differing rows
  public record PartitionCheck(
      Optional<LocalDate> partition,
      Verdict verdict,
      Figures lake,
      Figures warehouse,
      long differing,
      long kept,
      List<RowDifference> rows) {
    public PartitionCheck {
      rows = List.copyOf(rows);
    }
  }

  /// What is compared.
  ///
  /// @param checksum the sum of 60 bits of each row's MD5: equal rows in any order have equal ones
  /// @param sums of the columns of numbers, for people; rounding makes them differ in the last
  ///   digits
  public record Figures(long rows, String checksum, Map<String, Double> sums) {

    public static final Figures NONE = new Figures(0, "0", Map.of());

    public Figures {
      sums = Map.copyOf(sums);
    }

    /// Whether the rows are the same.
    public boolean matches(Figures other) {
      return rows == other.rows && checksum.equals(other.checksum);
    }
  }

  /// A row that differs.
  ///
  /// @param key its key's values, as text; a null has no entry
  public record RowDifference(Kind kind, Map<String, String> key) {
    public RowDifference {
      key = Map.copyOf(key);
    }
  }

  /// How a row differs.
  public enum Kind {
    /// The lake has it, the warehouse has not.
    MISSING,
    /// Both have its key, with other values.
    CHANGED,
    /// The warehouse has it, the lake has not.
    EXTRA
  }

  /// How a partition stands.
  public enum Verdict {
    EQUAL,
    /// The lake has other files for it than were loaded: a load is due.
    BEHIND,
    /// What was loaded has changed in the warehouse.
    DIFFERS
  }
}
