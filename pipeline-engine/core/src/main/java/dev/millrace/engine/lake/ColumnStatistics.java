package dev.millrace.engine.lake;

import java.util.Optional;

/// Statistics of one column in one file.
///
/// Once committed, the values are bounds and may lie outside the column's own: a store keeps a
/// prefix of a long text, whole milliseconds of a timestamp, and no values of a BOOLEAN or BINARY.
///
/// @param min smallest value that is no null: String, Boolean, Integer, Long (BIGINT), Double, Long
///   (TIMESTAMP, microseconds UTC) or Integer (DATE, epoch days); empty when unknown or when all
///   are null
/// @param max largest value, likewise
public record ColumnStatistics(Optional<Object> min, Optional<Object> max, long nulls) {}
