package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.store.DurableFiles;
import dev.millrace.engine.lake.store.LocalFileIO;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultExpressionHandler;
import io.delta.kernel.defaults.engine.DefaultFileSystemClient;
import io.delta.kernel.defaults.engine.DefaultJsonHandler;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Delta Kernel's standard engine on local folders, with checkpoints that are whole or absent.
///
/// Any thread may call.
final class LocalEngine implements Engine {

  private final FileIO files = new LocalFileIO();
  private final ExpressionHandler expressions = new DefaultExpressionHandler();
  private final JsonHandler json = new DefaultJsonHandler(files);
  private final FileSystemClient fileSystem = new DefaultFileSystemClient(files);
  private final ParquetHandler parquet = new WholeParquet(new DefaultParquetHandler(files));

  @Override
  public ExpressionHandler getExpressionHandler() {
    return expressions;
  }

  @Override
  public JsonHandler getJsonHandler() {
    return json;
  }

  @Override
  public FileSystemClient getFileSystemClient() {
    return fileSystem;
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return parquet;
  }

  /// Kernel's writer closes its file properly even when the rows broke off in the middle, which
  /// would publish a checkpoint that lacks live files. So the file gets its name only here, after
  /// every row has been written.
  private record WholeParquet(ParquetHandler standard) implements ParquetHandler {

    @Override
    public CloseableIterator<FileReadResult> readParquetFiles(
        CloseableIterator<FileStatus> files,
        StructType physicalSchema,
        Optional<Predicate> predicate)
        throws IOException {
      return standard.readParquetFiles(files, physicalSchema, predicate);
    }

    @Override
    public CloseableIterator<DataFileStatus> writeParquetFiles(
        String folder, CloseableIterator<FilteredColumnarBatch> rows, List<Column> statistics)
        throws IOException {
      return standard.writeParquetFiles(folder, rows, statistics);
    }

    @Override
    public void writeParquetFileAtomically(
        String file, CloseableIterator<FilteredColumnarBatch> rows) throws IOException {
      Path target = LocalFileIO.pathOf(file);
      Path temporary = LocalFileIO.temporaryFor(target);
      try {
        standard.writeParquetFileAtomically(
            LocalFileIO.textOf(temporary), new CheckpointRows(rows));
        DurableFiles.replace(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }
}
