package dev.millrace.engine.lake.delta;

import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import java.util.List;
import java.util.Optional;

/// Columns and partition column of a table, with Delta's own words for them.
///
/// @param partition date column the files are partitioned by
record TableShape(
    Schema schema, Optional<String> partition, Protocol protocol, Metadata metadata) {

  private static final String COLUMN_MAPPING = "delta.columnMapping.mode";

  /// @throws dev.millrace.engine.error.MillraceException `LAKE` when another program gave the table
  ///     a shape that cannot be read here
  static TableShape of(TableName name, Snapshot snapshot) {
    Metadata metadata = snapshot.getMetadata();
    if (!metadata.getConfiguration().getOrDefault(COLUMN_MAPPING, "none").equals("none")) {
      throw DeltaFaults.foreign(name, "column mapping");
    }
    Schema schema =
        DeltaTypes.schema(metadata.getSchema())
            .orElseThrow(() -> DeltaFaults.foreign(name, "a column type unknown here"));
    List<String> partitions = snapshot.getPartitionColumnNames();
    if (partitions.size() > 1) {
      throw DeltaFaults.foreign(name, "several partition columns");
    }
    Optional<String> partition = partitions.stream().findFirst();
    partition.ifPresent(
        column -> {
          if (!isDate(schema, column)) {
            throw DeltaFaults.foreign(name, "a partition column that is no date");
          }
        });
    return new TableShape(schema, partition, snapshot.getProtocol(), metadata);
  }

  boolean isOf(Schema wanted, Optional<String> wantedPartition) {
    return schema.equals(wanted) && partition.equals(wantedPartition);
  }

  static boolean isDate(Schema schema, String column) {
    return schema.column(column).filter(c -> c.type() == ColumnType.DATE).isPresent();
  }
}
