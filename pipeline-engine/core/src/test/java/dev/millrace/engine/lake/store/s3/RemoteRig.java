package dev.millrace.engine.lake.store.s3;

import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.store.ReadCache;
import dev.millrace.engine.lake.store.StagedData;
import dev.millrace.engine.lake.store.StoreFileIO;
import dev.millrace.engine.lake.store.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// One process's parts of a lake on S3.
public final class RemoteRig implements AutoCloseable {

  private final S3Store store;
  private final ReadCache cache;
  private final WorkFolder work;
  private final StagedData data;

  /// @param folder of this machine, for cache and work
  public RemoteRig(S3Access access, Path folder) throws IOException {
    work = WorkFolder.open(folder.resolve("work"));
    store =
        new S3Store(
            access,
            work.path().resolve("drafts"),
            new S3Calls(access.settings().attempts(), Duration.ofMillis(2)));
    cache =
        new ReadCache(
            folder.resolve("cache"), store, access.settings().cacheBytes(), InstantSource.system());
    data = new StagedData(store, cache, work);
  }

  public S3Store store() {
    return store;
  }

  public ReadCache cache() {
    return cache;
  }

  public LakeFiles files() {
    return data;
  }

  /// As a process just started sees it, but for what is cached.
  public DeltaLake lake(String engine, InstantSource clock) {
    return new DeltaLake(data.root(), new StoreFileIO(data.root(), store), data, engine, clock);
  }

  @Override
  public void close() throws IOException {
    work.close();
    store.close();
  }
}
