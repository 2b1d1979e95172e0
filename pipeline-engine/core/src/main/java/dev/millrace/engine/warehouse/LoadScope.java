package dev.millrace.engine.warehouse;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a load brings: always what is new in the lake, and besides what is named here.
///
/// @param anew per target the partitions to load again although the ledger has their files; of a
///   table that is merged, any entry means all of its rows
public record LoadScope(Map<String, Set<Optional<LocalDate>>> anew) {

  /// What is new, and no more.
  public static final LoadScope NEWS = new LoadScope(Map.of());

  public LoadScope {
    anew = Map.copyOf(anew);
  }

  /// Partitions of a target to load again.
  public Set<Optional<LocalDate>> of(String target) {
    return anew.getOrDefault(target, Set.of());
  }
}
