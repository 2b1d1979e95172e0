package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeListener;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.store.DataPlace;
import dev.millrace.engine.lake.store.FolderData;
import dev.millrace.engine.lake.store.FolderStore;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.lake.store.StoreFileIO;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import io.delta.kernel.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Delta tables in a folder or an object store, each in `<root>/<layer>/<name>`.
///
/// Any thread may call. The tables of one lake are shared: whoever asks for a table gets the same
/// object and what it has read.
public final class DeltaLake implements Lake {

  private final Path root;
  private final StoreFileIO files;
  private final DataPlace data;
  private final String engineInfo;
  private final InstantSource clock;
  private final LakeListener listener;
  private final Engine engine;
  private final Map<TableName, DeltaTable> tables = new ConcurrentHashMap<>();

  /// A lake in a local folder.
  ///
  /// @param root folder of the lake; made when the first table is
  /// @param engineInfo who commits, for the history, for example `Millrace/0.1.0`
  public DeltaLake(Path root, String engineInfo, InstantSource clock) {
    this(root, engineInfo, clock, LakeListener.NONE);
  }

  /// As above.
  ///
  /// @param listener hears of checkpoints
  public DeltaLake(Path root, String engineInfo, InstantSource clock, LakeListener listener) {
    this(
        root, StoreFileIO.on(new FolderStore(root)), new FolderData(), engineInfo, clock, listener);
  }

  /// @param root path that stands for the lake's folder among those of `files`
  /// @param data where data files are written, and how they get into the store
  public DeltaLake(
      Path root, StoreFileIO files, DataPlace data, String engineInfo, InstantSource clock) {
    this(root, files, data, engineInfo, clock, LakeListener.NONE);
  }

  /// As above.
  ///
  /// @param listener hears of checkpoints
  public DeltaLake(
      Path root,
      StoreFileIO files,
      DataPlace data,
      String engineInfo,
      InstantSource clock,
      LakeListener listener) {
    this.listener = listener;
    this.root = root.toAbsolutePath().normalize();
    this.files = files;
    this.data = data;
    this.engineInfo = engineInfo;
    this.clock = clock;
    this.engine = new StoreEngine(files);
  }

  @Override
  public List<TableName> tables() {
    List<TableName> found = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      Path folder = root.resolve(layer.sqlName());
      try {
        files.store().folders(files.nameOf(folder)).stream()
            .flatMap(name -> TableName.parse(layer.sqlName() + "." + name).stream())
            .filter(this::stands)
            .sorted()
            .forEach(found::add);
      } catch (IOException refused) {
        throw StoreFaults.of("Listing the tables", files.placeOf(folder), refused);
      }
    }
    return List.copyOf(found);
  }

  @Override
  public Optional<LakeTable> find(TableName name) {
    return found(name).map(table -> table);
  }

  @Override
  public LakeTable open(TableName name, Schema schema, Optional<String> partition) {
    DeltaTable table = found(name).orElseGet(() -> create(name, schema, partition));
    if (!table.shape().isOf(schema, partition)) {
      throw DeltaFaults.otherShape(name, table.shape(), schema, partition);
    }
    return table;
  }

  @Override
  public LakeTable openWidened(TableName name, Schema schema, Optional<String> partition) {
    found(name)
        .filter(table -> table.shape().widensTo(schema, partition))
        .ifPresent(table -> table.widen(schema, partition));
    return open(name, schema, partition);
  }

  private Optional<DeltaTable> found(TableName name) {
    if (!stands(name)) {
      tables.remove(name);
      return Optional.empty();
    }
    return Optional.of(tables.computeIfAbsent(name, this::load));
  }

  /// A server is not asked again about a table that stood: its next snapshot tells if it is gone.
  private boolean stands(TableName name) {
    return (files.store().isRemote() && tables.containsKey(name)) || log(name).stands();
  }

  private DeltaTable load(TableName name) {
    return new DeltaTable(name, folder(name), log(name), writer(name), engineInfo, clock);
  }

  /// Makes the table, unless another process is faster; either way it stands afterwards.
  private DeltaTable create(TableName name, Schema schema, Optional<String> partition) {
    partition.ifPresent(
        column -> {
          if (!TableShape.isDate(schema, column)) {
            throw new IllegalArgumentException(
                name + " cannot be partitioned by " + column + ": it is no date column of it");
          }
        });
    TableShape shape = TableShape.of(schema, partition);
    CommitLabel label = CommitLabel.now(clock, "CREATE TABLE", engineInfo);
    writer(name).write(0, label, shape.rows(label.at()));
    return tables.computeIfAbsent(name, this::load);
  }

  private DeltaLog log(TableName name) {
    return new DeltaLog(name, folder(name), files, engine);
  }

  private LogWriter writer(TableName name) {
    return new LogWriter(name, folder(name), engine, log(name), data, listener);
  }

  private Path folder(TableName name) {
    return root.resolve(name.layer().sqlName()).resolve(name.name());
  }
}
