package dev.millrace.engine.warehouse;

import java.time.Instant;

/// What one load did to one table, as the ledger keeps it.
///
/// @param load the load's number within the pipeline
/// @param source name of the lake table
/// @param sourceVersion version of the lake table that was loaded
/// @param written rows inserted, or merged
/// @param deleted rows deleted before that
/// @param rows rows the table held afterwards
public record LedgerEntry(
    long load,
    String target,
    String source,
    long sourceVersion,
    long written,
    long deleted,
    long rows,
    Instant loadedAt) {}
