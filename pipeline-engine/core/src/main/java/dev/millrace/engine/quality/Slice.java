package dev.millrace.engine.quality;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which rows of a table are judged.
///
/// @param version version of the table; empty for the newest
/// @param from rows of this event time or later
/// @param until rows of an event time before this
/// @param where a row condition in any of Great Expectations' ways, for example `col("kind") ==
///   "humidity"`
/// @param newSince rows that came after this version of the table
public record Slice(
    Optional<Long> version,
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<String> where,
    Optional<Long> newSince) {

  /// All rows of the newest version.
  public static final Slice WHOLE =
      new Slice(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public Slice {
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new IllegalArgumentException("the slice ends at " + until.get() + " before it begins");
    }
  }

  /// Rows that came after a version of the table.
  public static Slice newSince(long version) {
    return new Slice(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(version));
  }

  /// Whether these are all rows of the newest version.
  public boolean isWhole() {
    return equals(WHOLE);
  }

  /// Whether these may be fewer rows than the version has.
  public boolean narrows() {
    return from.isPresent() || until.isPresent() || where.isPresent() || newSince.isPresent();
  }

  /// In words, for people: `whole`, or `new since version 12`.
  public String title() {
    if (isWhole()) {
      return "whole";
    }
    List<String> parts = new ArrayList<>();
    newSince.ifPresent(v -> parts.add("new since version " + v));
    version.ifPresent(v -> parts.add("as of version " + v));
    from.ifPresent(t -> parts.add("from " + t));
    until.ifPresent(t -> parts.add("until " + t));
    where.ifPresent(w -> parts.add("where " + w));
    return String.join(", ", parts);
  }
}
