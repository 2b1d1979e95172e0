package dev.millrace.engine.lake.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.DataFiles;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/// Data files as Parquet: one row group, zstd, dictionaries for texts, bounds per page and column.
///
/// Version 1 pages in plain and dictionary encoding only, which every reader knows. Writes to local
/// folders without Hadoop's file systems.
public final class ParquetFiles implements DataFiles {

  private static final int ZSTD_LEVEL = 3;
  private static final long ROW_GROUP_BYTES = 128L << 20;

  @Override
  public LakeFile write(
      Path folder, ColumnBatch batch, RowSelection rows, Optional<LocalDate> partitionValue) {
    Path path = folder.resolve("part-" + UUID.randomUUID() + ".zstd.parquet");
    try {
      Map<String, ColumnStatistics> statistics = writeFile(path, batch, rows);
      syncFolder(folder);
      return new LakeFile(path, rows.size(), Files.size(path), partitionValue, statistics);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "Could not write data file " + path + ": " + reason(e),
          "free space on the disk and make the folder writable; what was to be written is kept",
          removing(path, e));
    }
  }

  /// The constructor that replaces the deprecated one shares its arity with one of Hadoop's, whose
  /// classes are not here to compile against.
  @SuppressWarnings("deprecation")
  private static Map<String, ColumnStatistics> writeFile(
      Path path, ColumnBatch batch, RowSelection rows) throws IOException {
    MessageType layout = ParquetLayout.of(batch.schema());
    Map<String, ColumnStatistics> statistics = new LinkedHashMap<>();
    try (ZstdCompressCtx zstd = new ZstdCompressCtx();
        ParquetFileWriter file =
            new ParquetFileWriter(
                new SyncedFile(path), layout, ParquetFileWriter.Mode.CREATE, ROW_GROUP_BYTES, 0)) {
      zstd.setLevel(ZSTD_LEVEL);
      ColumnWriter.Target target = new ColumnWriter.Target(file, zstd, new PageBuffer());
      file.start();
      if (rows.size() > 0) {
        file.startBlock(rows.size());
        for (int i = 0; i < batch.schema().size(); i++) {
          Column column = batch.schema().columns().get(i);
          ColumnDescriptor descriptor = layout.getColumns().get(i);
          statistics.put(column.name(), writer(target, descriptor, batch, i, rows).write());
        }
        file.endBlock();
      }
      file.end(Map.of());
    }
    return statistics;
  }

  private static ColumnWriter writer(
      ColumnWriter.Target target,
      ColumnDescriptor descriptor,
      ColumnBatch batch,
      int column,
      RowSelection rows) {
    ColumnType type = batch.schema().columns().get(column).type();
    return switch (type) {
      case STRING -> new TextWriter(target, descriptor, batch.text(column), rows);
      case BOOLEAN -> new BooleanWriter(target, descriptor, batch.ints(column), rows);
      case INT, DATE -> new IntWriter(target, descriptor, batch.ints(column), rows);
      case BIGINT, TIMESTAMP -> new LongWriter(target, descriptor, batch.longs(column), rows);
      case DOUBLE -> new DoubleWriter(target, descriptor, batch.doubles(column), rows);
      case BINARY -> new BytesWriter(target, descriptor, batch.bytes(column), rows);
    };
  }

  /// The file's name lies in its folder, which a power cut may lose as well.
  private static void syncFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static IOException removing(Path path, IOException cause) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
