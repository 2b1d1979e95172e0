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
/// @param reason text that one of the reasons holds; in quotation marks the whole of one
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
    reason.ifPresent(
        r -> parts.add("position(" + text(written(r)) + " IN quarantine_reasons) > 0"));
    return parts.isEmpty() ? "TRUE" : String.join(" AND ", parts);
  }

  /// A reason as it is looked for: this one, and none that only begins with it.
  public static String whole(String reason) {
    return '"' + reason + '"';
  }

  /// As reasons stand in the table: a JSON list, quotation marks and backslashes escaped.
  private static String written(String reason) {
    boolean whole = reason.length() > 1 && reason.startsWith("\"") && reason.endsWith("\"");
    String bare = whole ? reason.substring(1, reason.length() - 1) : reason;
    String escaped = bare.replace("\\", "\\\\").replace("\"", "\\\"");
    return whole ? '"' + escaped + '"' : escaped;
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
