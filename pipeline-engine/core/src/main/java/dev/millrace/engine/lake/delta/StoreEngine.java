package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.store.DurableFiles;
import dev.millrace.engine.lake.store.FolderStore;
import dev.millrace.engine.lake.store.StoreFileIO;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultExpressionHandler;
import io.delta.kernel.defaults.engine.DefaultFileSystemClient;
import io.delta.kernel.defaults.engine.DefaultJsonHandler;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
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

/// Delta Kernel's standard engine on a store, with checkpoints that are whole or absent.
///
/// Any thread may call.
final class StoreEngine implements Engine {

  private final ExpressionHandler expressions = new DefaultExpressionHandler();
  private final JsonHandler json;
  private final FileSystemClient fileSystem;
  private final ParquetHandler parquet;

  StoreEngine(StoreFileIO files) {
    json = new DefaultJsonHandler(files);
    fileSystem = new DefaultFileSystemClient(files);
    parquet = new WholeParquet(files, new DefaultParquetHandler(files));
  }

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
  /// would publish a checkpoint that lacks live files. So it writes a draft, which goes to the
  /// store only here, after every row has been written.
  private record WholeParquet(StoreFileIO files, ParquetHandler standard)
      implements ParquetHandler {

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
      String name = files.nameOf(StoreFileIO.pathOf(file));
      Path draft = files.store().draft(name);
      FolderStore drafts = new FolderStore(DurableFiles.folderOf(draft));
      try {
        new DefaultParquetHandler(StoreFileIO.on(drafts))
            .writeParquetFileAtomically(StoreFileIO.textOf(draft), new CheckpointRows(rows));
        files.store().put(name, draft);
      } finally {
        Files.deleteIfExists(draft);
      }
    }
  }
}
