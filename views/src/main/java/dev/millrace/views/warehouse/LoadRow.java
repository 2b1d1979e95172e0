package dev.millrace.views.warehouse;

import dev.millrace.engine.model.TableName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A warehouse table beside the lake table it is loaded from.
///
/// @param way how it is loaded, in words
/// @param rows rows it holds since its last load
/// @param lakeRows rows the lake has now
/// @param loadedVersion version of the lake table it holds; empty before the first load
/// @param lakeVersion version the lake is at; empty when there is no such table yet
public record LoadRow(
    String target,
    TableName from,
    String way,
    long rows,
    long lakeRows,
    Optional<Instant> loadedAt,
    OptionalLong loadedVersion,
    OptionalLong lakeVersion) {

  /// How it stands.
  public enum Standing {
    /// The lake has no such table yet.
    NO_SOURCE,
    NEVER_LOADED,
    BEHIND,
    CURRENT
  }

  Standing standing() {
    if (loadedVersion.isEmpty()) {
      return lakeVersion.isEmpty() ? Standing.NO_SOURCE : Standing.NEVER_LOADED;
    }
    return behind() > 0 ? Standing.BEHIND : Standing.CURRENT;
  }

  /// Versions the lake is ahead of it.
  long behind() {
    return loadedVersion.isEmpty() || lakeVersion.isEmpty()
        ? 0
        : Math.max(0, lakeVersion.getAsLong() - loadedVersion.getAsLong());
  }

  /// For people: `3 versions behind`.
  String words() {
    return switch (standing()) {
      case NO_SOURCE -> "not built yet";
      case NEVER_LOADED -> "never loaded";
      case BEHIND -> behind() == 1 ? "1 version behind" : behind() + " versions behind";
      case CURRENT -> "up to date";
    };
  }
}
