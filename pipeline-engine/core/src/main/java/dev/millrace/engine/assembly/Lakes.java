package dev.millrace.engine.assembly;

import dev.millrace.engine.lake.ClusterFiles;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.lake.LakeListener;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.store.SharedFolder;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.S3Endpoint;
import dev.millrace.engine.settings.HomeSettings;
import dev.millrace.engine.settings.LakeSettings;
import dev.millrace.engine.warehouse.LoadArea;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The lakes of a home's pipelines, wherever its settings say they lie. Any thread may call.
public interface Lakes extends AutoCloseable {

  /// The lake of a pipeline; tables are made as they are first opened.
  Lake of(String pipeline);

  /// Whether a pipeline has any table.
  boolean has(String pipeline);

  /// Brings data files of these lakes here to be read.
  LakeFiles files();

  /// Folders of this machine in which {@link #files} has them.
  List<Path> folders();

  /// These lakes as a cluster reaches them.
  ///
  /// @param address of the lakes' place, as the cluster names it; empty when it is the same there
  ClusterFiles cluster(Optional<String> address);

  /// Where a warehouse that reads a bucket finds their files; empty when they lie in none.
  Optional<LoadArea> area();

  /// Where they lie, for a person.
  String place();

  /// Whether each look at them is a request to a server, which takes time and may be paid for.
  boolean isRemote();

  @Override
  void close();

  /// Opens them by the home's settings.
  ///
  /// @param embedded the home's own S3, if it runs
  /// @param listeners makes one for the lake of a pipeline
  /// @throws dev.millrace.engine.error.MillraceException `DEFINITION` for faults in the settings,
  ///   `FILE`, or `SERVICE`
  static Lakes open(
      Home home,
      Optional<S3Endpoint> embedded,
      InstantSource clock,
      Function<String, LakeListener> listeners) {
    return switch (HomeSettings.of(home).lake()) {
      case LakeSettings.Folder folder -> new InFolder(folder.folder(), clock, listeners);
      case LakeSettings.S3 s3 -> RemoteLakes.open(home, s3, embedded, clock, listeners);
    };
  }

  /// Lakes in folders of this machine.
  record InFolder(Path root, InstantSource clock, Function<String, LakeListener> listeners)
      implements Lakes {

    @Override
    public Lake of(String pipeline) {
      return new DeltaLake(
          root.resolve(pipeline), EngineParts.ENGINE_INFO, clock, listeners.apply(pipeline));
    }

    @Override
    public boolean has(String pipeline) {
      return Files.isDirectory(root.resolve(pipeline));
    }

    @Override
    public LakeFiles files() {
      return LakeFiles.inPlace();
    }

    @Override
    public List<Path> folders() {
      return List.of(root);
    }

    @Override
    public ClusterFiles cluster(Optional<String> address) {
      return new SharedFolder(root, address);
    }

    @Override
    public Optional<LoadArea> area() {
      return Optional.empty();
    }

    @Override
    public String place() {
      return root.toString();
    }

    @Override
    public boolean isRemote() {
      return false;
    }

    @Override
    public void close() {}
  }
}
