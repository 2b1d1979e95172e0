package dev.millrace.engine.lake;

import java.time.Instant;

/// One entry of a table's history.
public record LakeVersion(long version, Instant committedAt, String operation, String engine) {}
