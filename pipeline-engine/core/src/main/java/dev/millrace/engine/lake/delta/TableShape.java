package dev.millrace.engine.lake.delta;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.Format;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Columns and partition column of a table, and what another program may have added to them.
///
/// @param id Delta's own, given when the table was made
/// @param partition date column the files are partitioned by
/// @param checkpointInterval commits from one checkpoint to the next
/// @param hindrance a feature of the table that commits from here would not honour
record TableShape(
    String id,
    Schema schema,
    Optional<String> partition,
    int checkpointInterval,
    Optional<String> hindrance) {

  private static final int READER = 1;
  private static final int WRITER = 2;

  private static final String COLUMN_MAPPING = "delta.columnMapping.mode";
  private static final String APPEND_ONLY = "delta.appendOnly";
  // Progress markers are transaction identifiers; where these expire, an idle partition loses its
  // own.
  private static final String MARKERS_EXPIRE = "delta.setTransactionRetentionDuration";
  private static final String INVARIANTS = "delta.invariants";
  private static final String CHECKPOINT_INTERVAL = "delta.checkpointInterval";
  private static final int DEFAULT_CHECKPOINT_INTERVAL = 10;

  /// The shape of a table made here.
  static TableShape of(Schema schema, Optional<String> partition) {
    return new TableShape(
        UUID.randomUUID().toString(),
        schema,
        partition,
        DEFAULT_CHECKPOINT_INTERVAL,
        Optional.empty());
  }

  /// The shape of a table that stands.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `LAKE` when another program gave the table
  ///   a shape that cannot be read here
  static TableShape of(TableName name, Snapshot snapshot) {
    Map<String, String> settings = snapshot.getMetadata().getConfiguration();
    if (!settings.getOrDefault(COLUMN_MAPPING, "none").equals("none")) {
      throw DeltaFaults.foreign(name, "column mapping");
    }
    StructType struct = snapshot.getMetadata().getSchema();
    Schema schema =
        DeltaTypes.schema(struct)
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
    String interval = settings.getOrDefault(CHECKPOINT_INTERVAL, "" + DEFAULT_CHECKPOINT_INTERVAL);
    return new TableShape(
        snapshot.getMetadata().getId(),
        schema,
        partition,
        Integer.parseInt(interval),
        hindrance(snapshot.getProtocol(), settings, struct));
  }

  boolean isOf(Schema wanted, Optional<String> wantedPartition) {
    return schema.equals(wanted) && partition.equals(wantedPartition);
  }

  /// Whether the wanted shape is this one with further nullable columns among its own.
  ///
  /// Where they stand matters to nobody who reads: files tell their columns by name.
  boolean widensTo(Schema wanted, Optional<String> wantedPartition) {
    List<Column> own = schema.columns();
    int met = 0;
    for (Column column : wanted.columns()) {
      if (met < own.size() && own.get(met).equals(column)) {
        met++;
      } else if (!column.nullable() || schema.indexOf(column.name()) >= 0) {
        return false;
      }
    }
    return met == own.size() && wanted.size() > met && partition.equals(wantedPartition);
  }

  static boolean isDate(Schema schema, String column) {
    return schema.column(column).filter(c -> c.type() == ColumnType.DATE).isPresent();
  }

  /// The actions that make a table of this shape, readable by whoever reads Delta at all.
  List<Row> rows(Instant at) {
    StructType struct = DeltaTypes.struct(schema);
    Metadata metadata =
        new Metadata(
            id,
            Optional.empty(),
            Optional.empty(),
            new Format(),
            struct.toJson(),
            struct,
            VectorUtils.buildArrayValue(partition.stream().toList(), StringType.STRING),
            Optional.of(at.toEpochMilli()),
            VectorUtils.stringStringMapValue(
                Map.of(CHECKPOINT_INTERVAL, Integer.toString(checkpointInterval))));
    return List.of(
        SingleAction.createProtocolSingleAction(new Protocol(READER, WRITER).toRow()),
        SingleAction.createMetadataSingleAction(metadata.toRow()));
  }

  private static Optional<String> hindrance(
      Protocol protocol, Map<String, String> settings, StructType struct) {
    if (protocol.getMinWriterVersion() > WRITER) {
      return Optional.of("Delta's writer version " + protocol.getMinWriterVersion());
    }
    if (Boolean.parseBoolean(settings.get(APPEND_ONLY))) {
      return Optional.of(APPEND_ONLY);
    }
    if (settings.containsKey(MARKERS_EXPIRE)) {
      return Optional.of(MARKERS_EXPIRE);
    }
    return struct.fields().stream()
        .filter(field -> field.getMetadata().contains(INVARIANTS))
        .map(field -> "an invariant of column " + field.getName())
        .findFirst();
  }
}
