package dev.millrace.engine.event;

import dev.millrace.engine.model.ColumnType;
import java.util.Optional;

/// A field of no column that events bring, and the column it could have.
///
/// @param type that holds every value seen; empty when none does or the name cannot be a column's
/// @param events that brought the field
/// @param example a value as it was sent, shortened
/// @param obstacle why it is offered no column; empty when it is
public record FieldSuggestion(
    String name, Optional<ColumnType> type, long events, String example, String obstacle) {

  /// The line that adds the column to the feed's schema; empty when none is offered.
  public Optional<String> yaml() {
    return type.map(t -> name + ": " + t.sqlName());
  }
}
