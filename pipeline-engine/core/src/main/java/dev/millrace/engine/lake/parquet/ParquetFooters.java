package dev.millrace.engine.lake.parquet;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/// Footers of Parquet files, without Hadoop's file systems. Stateless.
public final class ParquetFooters implements FileFooters {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /// The footer's length and the magic word.
  private static final int TAIL = Integer.BYTES + MAGIC.length;

  @Override
  public LakeFile read(Path file, Schema schema, Optional<LocalDate> partitionValue) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      Map<String, Bounds> bounds = new HashMap<>();
      long rows = 0;
      for (BlockMetaData block : footer(channel, size).getBlocks()) {
        if (block.getRowCount() > 0) {
          rows += block.getRowCount();
          for (ColumnChunkMetaData chunk : block.getColumns()) {
            String name = chunk.getPath().toDotString();
            schema
                .column(name)
                .ifPresent(c -> bounds.computeIfAbsent(name, _ -> new Bounds(c)).add(chunk));
          }
        }
      }
      Map<String, ColumnStatistics> statistics = new HashMap<>();
      bounds.forEach(
          (name, found) -> found.statistics().ifPresent(told -> statistics.put(name, told)));
      return new LakeFile(file, rows, size, partitionValue, statistics);
    } catch (IOException | RuntimeException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          file + " is no whole Parquet file: " + e.getMessage(),
          "see that the disk has room and that whoever wrote it came to the end",
          e);
    }
  }

  @Override
  public List<StoredColumn> columns(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return footer(channel, channel.size()).getFileMetaData().getSchema().getFields().stream()
          .map(ParquetFooters::column)
          .toList();
    } catch (IOException | RuntimeException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          file + " is no whole Parquet file: " + e.getMessage(),
          "find out what wrote it",
          e);
    }
  }

  private static StoredColumn column(Type field) {
    if (!field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
      return new StoredColumn(field.getName(), "nested", Optional.empty());
    }
    PrimitiveTypeName kept = field.asPrimitiveType().getPrimitiveTypeName();
    LogicalTypeAnnotation meaning = field.getLogicalTypeAnnotation();
    Optional<ColumnType> type =
        switch (kept) {
          case BOOLEAN -> Optional.of(ColumnType.BOOLEAN);
          case DOUBLE -> Optional.of(ColumnType.DOUBLE);
          case INT32 ->
              switch (meaning) {
                case null -> Optional.of(ColumnType.INT);
                case DateLogicalTypeAnnotation _ -> Optional.of(ColumnType.DATE);
                case IntLogicalTypeAnnotation i when i.isSigned() && i.getBitWidth() == 32 ->
                    Optional.of(ColumnType.INT);
                default -> Optional.empty();
              };
          case INT64 ->
              switch (meaning) {
                case null -> Optional.of(ColumnType.BIGINT);
                case TimestampLogicalTypeAnnotation t when t.getUnit() == TimeUnit.MICROS ->
                    Optional.of(ColumnType.TIMESTAMP);
                case IntLogicalTypeAnnotation i when i.isSigned() && i.getBitWidth() == 64 ->
                    Optional.of(ColumnType.BIGINT);
                default -> Optional.empty();
              };
          case BINARY ->
              switch (meaning) {
                case null -> Optional.of(ColumnType.BINARY);
                case StringLogicalTypeAnnotation _ -> Optional.of(ColumnType.STRING);
                default -> Optional.empty();
              };
          case INT96, FLOAT, FIXED_LEN_BYTE_ARRAY -> Optional.empty();
        };
    return new StoredColumn(
        field.getName(), meaning == null ? kept.name() : kept + " " + meaning, type);
  }

  private static ParquetMetadata footer(FileChannel channel, long size) throws IOException {
    if (size < MAGIC.length + TAIL) {
      throw new IOException("it has only " + size + " bytes");
    }
    ByteBuffer tail = bytes(channel, size - TAIL, TAIL);
    int length = tail.getInt();
    byte[] magic = new byte[MAGIC.length];
    tail.get(magic);
    if (!Arrays.equals(magic, MAGIC) || length <= 0 || length > size - TAIL) {
      throw new IOException("it does not end as one");
    }
    ByteBuffer footer = bytes(channel, size - TAIL - length, length);
    return new ParquetMetadataConverter()
        .fromParquetMetadata(
            Util.readFileMetaData(
                new ByteArrayInputStream(footer.array(), footer.arrayOffset(), length)));
  }

  private static ByteBuffer bytes(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("it ends at byte " + (from + buffer.position()));
      }
    }
    return buffer.flip();
  }

  /// One column over the file's row groups.
  private static final class Bounds {

    private final Column column;
    private boolean nullsKnown = true;
    private boolean bounded = true;
    private @Nullable Statistics<?> all;

    Bounds(Column column) {
      this.column = column;
    }

    void add(ColumnChunkMetaData chunk) {
      Statistics<?> told = chunk.getStatistics();
      if (told == null || !told.isNumNullsSet()) {
        nullsKnown = false;
        return;
      }
      boolean empty = told.getNumNulls() == chunk.getValueCount();
      bounded &=
          empty
              || (told.hasNonNullValue()
                  && isKept(column.type(), chunk.getPrimitiveType().getPrimitiveTypeName()));
      if (all == null) {
        all = told.copy();
      } else {
        all.mergeStatistics(told);
      }
    }

    Optional<ColumnStatistics> statistics() {
      if (!nullsKnown || all == null) {
        return Optional.empty();
      }
      Optional<Object> min = Optional.empty();
      Optional<Object> max = Optional.empty();
      if (bounded && all.hasNonNullValue()) {
        min = value(all.genericGetMin());
        max = value(all.genericGetMax());
      }
      boolean both = min.isPresent() && max.isPresent();
      return Optional.of(
          new ColumnStatistics(
              both ? min : Optional.empty(), both ? max : Optional.empty(), all.getNumNulls()));
    }

    private Optional<Object> value(Object told) {
      return switch (column.type()) {
        case BINARY -> Optional.empty();
        case STRING ->
            told instanceof Binary text ? Optional.of(text.toStringUsingUTF8()) : Optional.empty();
        case DOUBLE ->
            told instanceof Double d && Double.isFinite(d) ? Optional.of(d) : Optional.empty();
        case BOOLEAN, INT, BIGINT, TIMESTAMP, DATE -> Optional.of(told);
      };
    }

    /// Whether the file keeps the column as a table does; another form's bounds mean something
    /// else.
    private static boolean isKept(ColumnType type, PrimitiveTypeName kept) {
      return kept
          == switch (type) {
            case STRING, BINARY -> PrimitiveTypeName.BINARY;
            case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
            case INT, DATE -> PrimitiveTypeName.INT32;
            case BIGINT, TIMESTAMP -> PrimitiveTypeName.INT64;
            case DOUBLE -> PrimitiveTypeName.DOUBLE;
          };
    }
  }
}
