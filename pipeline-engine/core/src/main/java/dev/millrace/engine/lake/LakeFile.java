package dev.millrace.engine.lake;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/// One Parquet data file of a table.
///
/// @param path its name within the lake, as this process knows it; to read it, hold it with {@link
///   LakeFiles}
/// @param rows number of rows
/// @param bytes size of the file
/// @param partitionValue its date, when the table is partitioned; the column is inside the file too
/// @param statistics per column its smallest and largest value and its nulls
public record LakeFile(
    Path path,
    long rows,
    long bytes,
    Optional<LocalDate> partitionValue,
    Map<String, ColumnStatistics> statistics) {

  public LakeFile {
    statistics = Map.copyOf(statistics);
  }
}
