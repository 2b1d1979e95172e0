package dev.millrace.engine.assembly;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.store.Store;
import dev.millrace.engine.lake.store.StoreException;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.lake.store.Stored;
import dev.millrace.engine.warehouse.LoadArea;
import dev.millrace.engine.warehouse.LoadPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A prefix of a bucket as the place from which a warehouse loads: files of a lake that lies there
/// are read where they are, and those of another are put there for the time of the load.
public final class BucketArea implements LoadArea {

  private static final Logger LOG = LoggerFactory.getLogger(BucketArea.class);

  /// Folders of this hold what loads put there; no pipeline has the name.
  private static final String FOLDER = "_warehouse";

  private static final Duration LEFT = Duration.ofDays(1);

  private final Store store;
  private final Optional<String> region;
  private final Function<LakeFile, Optional<String>> lying;
  private final InstantSource clock;

  /// @param lying address of a file that lies in the bucket; empty for one that does not
  public BucketArea(
      Store store,
      Optional<String> region,
      Function<LakeFile, Optional<String>> lying,
      InstantSource clock) {
    this.store = store;
    this.region = region;
    this.lying = lying;
    this.clock = clock;
  }

  @Override
  public String place() {
    return store.place();
  }

  @Override
  public void check() {
    String name = FOLDER + "/" + UUID.randomUUID() + "/probe";
    String doing = "put an object into";
    try {
      store.put(name, new byte[] {'?'});
      doing = "read an object of";
      byte[] _ = store.read(name);
      doing = "remove an object of";
      boolean _ = store.delete(name);
      doing = "list the objects of";
      sweep();
    } catch (IOException e) {
      throw refused(doing, e);
    }
  }

  private MillraceException refused(String doing, IOException cause) {
    MillraceException told =
        StoreFaults.of(
            "Trying to " + doing + " " + store.place(FOLDER), store.place(FOLDER), cause);
    return new MillraceException(
        told.code(),
        told.what() + "; the load was not begun",
        cause instanceof StoreException refused
            ? refused.remedy() + " (the identity of this process, not the cluster's role)"
            : told.remedy(),
        cause);
  }

  /// Loads do not last a day.
  private void sweep() throws IOException {
    Instant old = clock.instant().minus(LEFT);
    for (Stored each : store.walk(FOLDER)) {
      if (each.modified().isBefore(old) && store.delete(each.name())) {
        LOG.info("{} was left by a load that was killed, and is removed", store.place(each.name()));
      }
    }
  }

  @Override
  public Optional<String> region() {
    return region;
  }

  @Override
  public Stage open() {
    return new Objects(FOLDER + "/" + UUID.randomUUID());
  }

  private final class Objects implements Stage {

    private final String folder;
    private final List<String> names = new ArrayList<>();

    Objects(String folder) {
      this.folder = folder;
    }

    @Override
    public String address(LakeTable table, LakeFile file) {
      return lying.apply(file).orElseGet(() -> upload(table, file));
    }

    private String upload(LakeTable table, LakeFile file) {
      String name = folder + "/" + table.name() + "/" + LoadPlan.name(file);
      try {
        Path draft = store.draft(name);
        try {
          Files.copy(file.path(), draft);
          names.add(name);
          store.put(name, draft);
        } finally {
          Files.deleteIfExists(draft);
        }
        return store.place(name);
      } catch (IOException e) {
        throw StoreFaults.of("Putting a file there for the warehouse", store.place(name), e);
      }
    }

    @Override
    public String put(String name, byte[] content) {
      String whole = folder + "/" + name;
      try {
        names.add(whole);
        store.put(whole, content);
        return store.place(whole);
      } catch (IOException e) {
        throw StoreFaults.of("Putting a manifest for the warehouse", store.place(whole), e);
      }
    }

    @Override
    public void close() {
      for (String name : names) {
        try {
          boolean _ = store.delete(name);
        } catch (IOException e) {
          LOG.warn(
              "{} may be left over from a load and can be deleted: {}",
              store.place(name),
              e.getMessage());
        }
      }
    }
  }
}
