package dev.millrace.engine.quality.quarantine;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.Consequence;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A row in quarantine.
///
/// @param table where it stood when it failed
/// @param id tells its contents; the same row found again has the same
/// @param reasons expectations it failed, for people
/// @param consequence the gravest of them
/// @param version version of the table in which it was found
/// @param note why it was released or discarded
/// @param values the row's columns
public record KeptRow(
    TableName table,
    String id,
    KeptState state,
    List<String> reasons,
    Consequence consequence,
    String suite,
    long version,
    Instant foundAt,
    Optional<String> note,
    Optional<Instant> changedAt,
    Map<String, @Nullable Object> values) {

  public KeptRow {
    reasons = List.copyOf(reasons);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
