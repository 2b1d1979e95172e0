package dev.millrace.engine.lake;

import java.nio.file.Path;
import java.time.Instant;

/// One file in a table's folder.
///
/// @param bytes its size
/// @param modifiedAt when it was last written
public record StoredFile(Path path, long bytes, Instant modifiedAt) {}
