package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Data files as the log's `add` and `remove` actions, and back.
///
/// @param folder the table's, absolute and normalised
record FileActions(TableName table, Path folder, Schema schema, Optional<String> partition) {

  /// The path the log knows a file of the table by: relative, with escapes.
  ///
  /// @throws IllegalArgumentException when the file lies outside the table's folder
  String pathInLog(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    if (!absolute.startsWith(folder) || absolute.equals(folder)) {
      throw new IllegalArgumentException(file + " lies outside the table's folder " + folder);
    }
    String plain =
        StreamSupport.stream(folder.relativize(absolute).spliterator(), false)
            .map(Path::toString)
            .collect(Collectors.joining("/", "/", ""));
    try {
      return new URI(null, null, plain, null).toASCIIString().substring(1);
    } catch (URISyntaxException unreadable) {
      throw new IllegalArgumentException(file + " has no form as a URI", unreadable);
    }
  }

  /// @throws dev.millrace.engine.error.MillraceException `LAKE` when it lies in another store
  Path file(String pathInLog) {
    URI uri = URI.create(pathInLog);
    if (!uri.isAbsolute()) {
      return folder.resolve(uri.getPath()).normalize();
    }
    if (!"file".equals(uri.getScheme())) {
      throw DeltaFaults.foreign(table, "files outside its folder (" + pathInLog + ")");
    }
    return Path.of(uri);
  }

  /// The file in the precision the log keeps, so that a commit and a later reading agree.
  LakeFile kept(LakeFile file) {
    return new LakeFile(
        file.path().toAbsolutePath().normalize(),
        file.rows(),
        file.bytes(),
        file.partitionValue(),
        FileStatistics.kept(file.statistics(), schema, partition, file.partitionValue()));
  }

  Row add(String pathInLog, LakeFile file, Instant written, boolean dataChange) {
    return SingleAction.createAddFileSingleAction(addRow(pathInLog, file, written, dataChange));
  }

  Row remove(String pathInLog, LakeFile file, Instant at, boolean dataChange) {
    return SingleAction.createRemoveFileSingleAction(
        new AddFile(addRow(pathInLog, file, at, dataChange))
            .toRemoveFileRow(dataChange, Optional.of(at.toEpochMilli())));
  }

  /// @throws dev.millrace.engine.error.MillraceException `LAKE` when another program left the file
  ///   in a form that cannot be read here
  LakeFile read(AddFile add) {
    if (add.getDeletionVector().isPresent()) {
      throw DeltaFaults.foreign(table, "deletion vectors");
    }
    DataFileStatistics statistics =
        add.getStats(DeltaTypes.struct(schema))
            .orElseThrow(() -> DeltaFaults.foreign(table, "files without a count of their rows"));
    return read(add.getPath(), add.getPartitionValues(), add.getSize(), statistics);
  }

  /// The file a commit took out, or empty when the commit's writer said too little of it.
  Optional<LakeFile> read(RemoveFile remove) {
    return remove
        .getStats(DeltaTypes.struct(schema))
        .flatMap(
            statistics ->
                remove
                    .getPartitionValues()
                    .flatMap(
                        values ->
                            remove
                                .getSize()
                                .map(size -> read(remove.getPath(), values, size, statistics))));
  }

  private LakeFile read(
      String path, MapValue partitionValues, long bytes, DataFileStatistics statistics) {
    Map<String, String> values = VectorUtils.toJavaMap(partitionValues);
    Optional<LocalDate> value =
        partition.flatMap(column -> Optional.ofNullable(values.get(column)).map(LocalDate::parse));
    Map<String, ColumnStatistics> columns = FileStatistics.ours(statistics, schema);
    return new LakeFile(
        file(path),
        statistics.getNumRecords(),
        bytes,
        value,
        FileStatistics.kept(columns, schema, partition, value));
  }

  private Row addRow(String pathInLog, LakeFile file, Instant written, boolean dataChange) {
    Map<String, String> values =
        partition
            .flatMap(column -> file.partitionValue().map(day -> Map.of(column, day.toString())))
            .orElse(Map.of());
    return AddFile.createAddFileRow(
        withoutPartition(),
        pathInLog,
        VectorUtils.stringStringMapValue(values),
        file.bytes(),
        written.toEpochMilli(),
        dataChange,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(FileStatistics.kernel(file.rows(), file.statistics(), schema, partition)));
  }

  private StructType withoutPartition() {
    return DeltaTypes.struct(new Schema(schema.columns().stream().filter(this::isInLog).toList()));
  }

  private boolean isInLog(Column column) {
    return partition.filter(column.name()::equals).isEmpty();
  }
}
