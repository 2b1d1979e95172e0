package dev.millrace.engine.lake;

import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Reader of what a data file tells of itself: its rows, its size and its columns' statistics.
///
/// Any thread may call.
public interface FileFooters {

  /// Reads the file's end, and not its rows. What the file does not tell exactly is left out of the
  /// statistics.
  ///
  /// @param schema columns whose statistics are wanted; those the file lacks have none
  /// @param partitionValue the date all of its rows share, when the table is partitioned
  /// @throws dev.millrace.engine.error.MillraceException `FILE` when it is no whole Parquet file
  LakeFile read(Path file, Schema schema, Optional<LocalDate> partitionValue);

  /// The file's columns in their order, as other engines see them.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `FILE` when it is no whole Parquet file
  List<StoredColumn> columns(Path file);

  /// A column of a file.
  ///
  /// @param kept how it is kept, for people: `INT64 TIMESTAMP(MICROS,true)`
  /// @param type what it holds, when a table can have such a column: a timestamp only as INT64
  ///   microseconds
  record StoredColumn(String name, String kept, Optional<ColumnType> type) {}
}
