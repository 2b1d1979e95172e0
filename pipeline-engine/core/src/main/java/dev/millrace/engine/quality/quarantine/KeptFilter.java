package dev.millrace.engine.quality.quarantine;

import dev.millrace.engine.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which rows in quarantine are meant.
///
/// @param table empty for all tables
/// @param ids empty for all; the first letters of an id are enough
/// @param reason text that one of the reasons holds
/// @param states empty for all
public record KeptFilter(
    Optional<TableName> table, Set<String> ids, Optional<String> reason, Set<KeptState> states) {

  /// All rows of all tables.
  public static final KeptFilter ALL =
      new KeptFilter(Optional.empty(), Set.of(), Optional.empty(), Set.of());

  public KeptFilter {
    ids = Set.copyOf(ids);
    states = Set.copyOf(states);
  }

  /// Rows of one table that are open.
  public static KeptFilter openOf(TableName table) {
    return new KeptFilter(Optional.of(table), Set.of(), Optional.empty(), Set.of(KeptState.OPEN));
  }

  /// The same in one state.
  public KeptFilter in(KeptState state) {
    return new KeptFilter(table, ids, reason, Set.of(state));
  }

  /// The same of one id.
  KeptFilter withId(String id) {
    return new KeptFilter(table, Set.of(id), reason, states);
  }

  boolean means(TableName name) {
    return table.isEmpty() || table.get().equals(name);
  }

  /// SQL that says of a row of a quarantine table whether it is meant, never null.
  String predicate() {
    List<String> parts = new ArrayList<>();
    if (!states.isEmpty()) {
      parts.add(KeptState.predicate(states));
    }
    if (!ids.isEmpty()) {
      parts.add(
          "("
              + String.join(
                  " OR ",
                  ids.stream()
                      .sorted()
                      .map(id -> "starts_with(quarantine_id, " + text(id) + ")")
                      .toList())
              + ")");
    }
    // Reasons stand there as a JSON list, quotation marks and backslashes escaped.
    reason.ifPresent(
        r ->
            parts.add(
                "position("
                    + text(r.replace("\\", "\\\\").replace("\"", "\\\""))
                    + " IN quarantine_reasons) > 0"));
    return parts.isEmpty() ? "TRUE" : String.join(" AND ", parts);
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
