package dev.millrace.engine.warehouse;

import dev.millrace.engine.model.TableName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A warehouse table and its last load.
///
/// @param target its name within the pipeline's schema
/// @param from lake table it is loaded from
/// @param rows rows it held after its last load; 0 before the first
/// @param loadedAt when its last load took place; empty before the first
/// @param sourceVersion version of the lake table it holds, likewise
public record LoadedTable(
    String target,
    TableName from,
    long rows,
    Optional<Instant> loadedAt,
    OptionalLong sourceVersion) {}
