package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.store.StoreFileIO;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One entry of the log, read: what a commit did, by the paths the log knows files by.
///
/// @param reshapes whether it changes columns or protocol; then the other parts may be incomplete
/// @param removed files taken out; empty where the writer said too little of one
/// @param addedData of the added, those whose rows are new to the table
/// @param removedData of the removed, those whose rows the table no longer holds
record LogEntry(
    boolean reshapes,
    Map<String, LakeFile> added,
    Map<String, Optional<LakeFile>> removed,
    Map<String, LakeFile> addedData,
    Map<String, Optional<LakeFile>> removedData,
    Map<String, Long> markers) {

  private static final StructType ACTIONS = SingleAction.FULL_SCHEMA;

  /// @throws UncheckedIOException when the entry cannot be read
  static LogEntry read(Path entry, FileActions files, Engine engine) {
    boolean reshapes = false;
    Map<String, LakeFile> added = new LinkedHashMap<>();
    Map<String, LakeFile> addedData = new LinkedHashMap<>();
    Map<String, Optional<LakeFile>> removed = new LinkedHashMap<>();
    Map<String, Optional<LakeFile>> removedData = new LinkedHashMap<>();
    Map<String, Long> markers = new HashMap<>();
    try (CloseableIterator<ColumnarBatch> batches =
        engine
            .getJsonHandler()
            .readJsonFiles(
                Utils.singletonCloseableIterator(
                    engine.getFileSystemClient().getFileStatus(StoreFileIO.textOf(entry))),
                ACTIONS,
                Optional.empty())) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            Row row = rows.next();
            if (!row.isNullAt(SingleAction.METADATA_ORDINAL)
                || !row.isNullAt(SingleAction.PROTOCOL_ORDINAL)) {
              reshapes = true;
            } else if (!row.isNullAt(SingleAction.ADD_FILE_ORDINAL)) {
              AddFile add = new AddFile(row.getStruct(SingleAction.ADD_FILE_ORDINAL));
              LakeFile file = files.read(add);
              added.put(add.getPath(), file);
              if (add.getDataChange()) {
                addedData.put(add.getPath(), file);
              }
            } else if (!row.isNullAt(SingleAction.REMOVE_FILE_ORDINAL)) {
              RemoveFile remove = new RemoveFile(row.getStruct(SingleAction.REMOVE_FILE_ORDINAL));
              Optional<LakeFile> file = files.read(remove);
              removed.put(remove.getPath(), file);
              if (remove.getDataChange()) {
                removedData.put(remove.getPath(), file);
              }
            } else if (!row.isNullAt(SingleAction.TXN_ORDINAL)) {
              SetTransaction marker =
                  SetTransaction.fromRow(row.getStruct(SingleAction.TXN_ORDINAL));
              markers.put(marker.getAppId(), marker.getVersion());
            }
          }
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new LogEntry(reshapes, added, removed, addedData, removedData, markers);
  }
}
