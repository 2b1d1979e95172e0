package dev.millrace.engine.lake.delta;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What goes wrong with a Delta table, as failures a person can act on.
final class DeltaFaults {

  private DeltaFaults() {}

  /// What Kernel threw while reading or writing the table: the disk's fault when there is one
  /// beneath it, else the table's.
  ///
  /// @param folder where the table lies, for a person
  static MillraceException of(String doing, TableName name, String folder, RuntimeException cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof IOException disk) {
        return StoreFaults.of(doing + " " + name, folder, disk);
      }
    }
    return new MillraceException(
        ErrorCode.LAKE,
        doing + " " + name + " failed: " + firstLine(cause.getMessage()),
        "see whether another program changed or removed files in " + folder,
        cause);
  }

  /// @param entry where the entry of the log lies, for a person
  static MillraceException brokenLine(TableName name, String entry, int line, Throwable cause) {
    return new MillraceException(
        ErrorCode.LAKE,
        "Table %s cannot be read: line %d of its log file %s is no whole JSON object"
            .formatted(name, line, entry),
        "put that file back from a backup; nothing was changed, and other tables are not touched by it",
        cause);
  }

  static MillraceException gone(TableName name, String folder) {
    return new MillraceException(
        ErrorCode.LAKE,
        "Table " + name + " is gone: " + folder + " holds no Delta log",
        "restore the folder, or start again to have the table made anew");
  }

  static MillraceException noVersion(TableName name, long version, long newest) {
    return new MillraceException(
        ErrorCode.LAKE,
        "Table " + name + " has no version " + version + "; its newest is " + newest,
        "see its versions with 'millrace table history'");
  }

  static MillraceException versionGone(TableName name, long version, RuntimeException cause) {
    return new MillraceException(
        ErrorCode.LAKE,
        "Version " + version + " of table " + name + " can no longer be told from its log",
        "choose a younger one from 'millrace table history'; what is newest stands untouched",
        cause);
  }

  /// A writer still has the columns the table had before.
  static MillraceException otherColumns(TableName name, Column column) {
    return new MillraceException(
        ErrorCode.LAKE,
        "Nothing was committed to " + name + ": its column " + column + " had another type before",
        "start the stream or step again, so that it writes the columns the table has now");
  }

  /// A writer still has a column the table has no longer.
  static MillraceException noSuchColumn(TableName name, String column) {
    return new MillraceException(
        ErrorCode.LAKE,
        "Nothing was committed to " + name + ": it has no column " + column + " any more",
        "start the stream or step again, so that it writes the columns the table has now");
  }

  static MillraceException partitionGone(TableName name, String partition) {
    return new MillraceException(
        ErrorCode.USAGE,
        "Table " + name + " is partitioned by " + partition + ", which must stay a date column",
        "leave that column as it is");
  }

  static MillraceException otherShape(
      TableName name, TableShape stands, Schema wanted, Optional<String> wantedPartition) {
    String difference =
        stands.schema().equals(wanted)
            ? "is partitioned by "
                + stands.partition().orElse("nothing")
                + " and not by "
                + wantedPartition.orElse("nothing")
            : "has the columns " + columns(stands.schema()) + " and not " + columns(wanted);
    return new MillraceException(
        ErrorCode.LAKE,
        "Table " + name + " stands and " + difference,
        "write the definition as the table stands, or move the table's folder away");
  }

  /// The table uses something of Delta's that the SQL engines here would read wrongly.
  static MillraceException foreign(TableName name, String feature) {
    return new MillraceException(
        ErrorCode.LAKE,
        "Table " + name + " uses " + feature + ", which another program switched on",
        "have that program rewrite the table without it");
  }

  static MillraceException notWritten(TableName name, LakeFile file, String fault) {
    return new MillraceException(
        ErrorCode.INTERNAL,
        "Nothing was committed to " + name + ": data file " + file.path() + " " + fault,
        "run the step again; if it stays, report it with the log");
  }

  private static String columns(Schema schema) {
    return schema.columns().stream()
        .map(Object::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }
}
