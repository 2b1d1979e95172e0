package dev.millrace.engine.lake;

import java.util.Optional;

/// Statistics of one column in one file.
///
/// @param min smallest value that is no null: String, Boolean, Integer, Long (BIGINT), Double, Long
///     (TIMESTAMP, microseconds UTC) or Integer (DATE, epoch days); empty when unknown or all are null
/// @param max largest value, likewise
public record ColumnStatistics(Optional<Object> min, Optional<Object> max, long nulls) {}
