package dev.millrace.engine.assembly;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.ClusterFiles;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.lake.LakeListener;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.store.ReadCache;
import dev.millrace.engine.lake.store.SharedStore;
import dev.millrace.engine.lake.store.StagedData;
import dev.millrace.engine.lake.store.Store;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.lake.store.StoreFileIO;
import dev.millrace.engine.lake.store.WorkFolder;
import dev.millrace.engine.lake.store.s3.S3Access;
import dev.millrace.engine.lake.store.s3.S3Store;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.S3Endpoint;
import dev.millrace.engine.settings.LakeSettings.S3;
import dev.millrace.engine.settings.LakeSettings.Server;
import dev.millrace.engine.warehouse.LoadArea;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lakes in an S3 bucket, with their cache in the home.
final class RemoteLakes implements Lakes {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteLakes.class);

  private final Store store;
  private final WorkFolder work;
  private final StagedData data;
  private final StoreFileIO files;
  private final List<Path> folders;
  private final Optional<String> region;
  private final InstantSource clock;
  private final Function<String, LakeListener> listeners;

  private RemoteLakes(
      Store store,
      WorkFolder work,
      Path copies,
      StagedData data,
      Optional<String> region,
      InstantSource clock,
      Function<String, LakeListener> listeners) {
    this.listeners = listeners;
    folders = List.of(copies, work.path());
    this.region = region;
    this.store = store;
    this.work = work;
    this.data = data;
    this.files = new StoreFileIO(data.root(), store);
    this.clock = clock;
  }

  static RemoteLakes open(
      Home home,
      S3 settings,
      Optional<S3Endpoint> embedded,
      InstantSource clock,
      Function<String, LakeListener> listeners) {
    Path local = home.lakeCache();
    try {
      WorkFolder work = WorkFolder.open(local.resolve("work"));
      S3Store store = null;
      try {
        store = store(settings, embedded, work.path().resolve("drafts"));
        Path copies = local.resolve(id(settings));
        ReadCache cache = new ReadCache(copies, store, settings.cacheBytes(), clock);
        return new RemoteLakes(
            store,
            work,
            copies,
            new StagedData(store, cache, work),
            settings.region(),
            clock,
            listeners);
      } catch (IOException | RuntimeException failed) {
        if (store != null) {
          store.close();
        }
        work.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw StoreFaults.of("Opening the lake " + settings.place(), local, failed);
    }
  }

  /// The bucket; the home's own S3 gets it made.
  static S3Store store(S3 settings, Optional<S3Endpoint> embedded, Path drafts) throws IOException {
    return switch (settings.server()) {
      case Server.Aws _ ->
          new S3Store(new S3Access(settings, Optional.empty(), Optional.empty()), drafts);
      case Server.At at ->
          new S3Store(new S3Access(settings, Optional.of(at.endpoint()), Optional.empty()), drafts);
      case Server.Embedded _ -> {
        S3Endpoint endpoint = embedded.orElseThrow(() -> notRunning(settings));
        S3Store store =
            new S3Store(
                new S3Access(
                    settings,
                    Optional.of(URI.create(endpoint.url())),
                    Optional.of(new S3Access.Keys(endpoint.accessKey(), endpoint.secret()))),
                drafts);
        store.makeBucket();
        yield store;
      }
    };
  }

  @Override
  public Lake of(String pipeline) {
    return new DeltaLake(
        data.root().resolve(pipeline),
        files,
        data,
        EngineParts.ENGINE_INFO,
        clock,
        listeners.apply(pipeline));
  }

  @Override
  public boolean has(String pipeline) {
    try {
      return !store.folders(pipeline).isEmpty();
    } catch (IOException failed) {
      throw StoreFaults.of("Looking for tables", store.place(), failed);
    }
  }

  @Override
  public LakeFiles files() {
    return data;
  }

  @Override
  public List<Path> folders() {
    return folders;
  }

  @Override
  public ClusterFiles cluster(Optional<String> address) {
    return new SharedStore(
        data.root(), store, address.orElse(store.place()), work.path().resolve("taken"));
  }

  @Override
  public Optional<LoadArea> area() {
    ClusterFiles addresses = cluster(Optional.empty());
    return Optional.of(
        new BucketArea(store, region, file -> Optional.of(addresses.address(file.path())), clock));
  }

  @Override
  public String place() {
    return store.place();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public void close() {
    try (store) {
      work.close();
    } catch (IOException left) {
      LOG.info("The next start removes what is left in the lake's work folder", left);
    }
  }

  /// Copies of another place's files must not be taken for this one's.
  private static String id(S3 settings) {
    String place = settings.server() + " " + settings.place();
    return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static MillraceException notRunning(S3 settings) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The lake " + settings.place() + " lies in the home's own S3, which does not run",
        "stop the services of this home and start them again: they start it as settings.yaml says");
  }
}
