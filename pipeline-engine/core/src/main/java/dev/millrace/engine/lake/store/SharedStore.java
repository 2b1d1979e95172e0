package dev.millrace.engine.lake.store;

import dev.millrace.engine.lake.ClusterFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lake in a store that the cluster reaches by itself, as a bucket.
///
/// The cluster reads the store's files directly. What it writes is brought here, and the commit
/// puts it back under names of its own: rows that a transform makes pass through this machine, and
/// rows that it reads do not.
public final class SharedStore implements ClusterFiles {

  private static final Logger LOG = LoggerFactory.getLogger(SharedStore.class);

  private final Store store;
  private final ClusterAddress address;
  private final Path scratch;

  /// @param root the folder whose relative paths are the store's names
  /// @param address of the store in the cluster
  /// @param scratch folder for files that are taken over, on the file system of `root`
  public SharedStore(Path root, Store store, String address, Path scratch) {
    this.store = store;
    this.address = new ClusterAddress(root, address);
    this.scratch = scratch;
  }

  @Override
  public String address(Path path) {
    return address.of(path);
  }

  @Override
  public Staging staging() {
    return new Place(UUID.randomUUID().toString());
  }

  @Override
  public void removeLeft(Instant now) {
    Map<String, List<Stored>> places = new TreeMap<>();
    try {
      for (Stored file : store.walk(ClusterAddress.STAGING)) {
        String below = file.name().substring(ClusterAddress.STAGING.length() + 1);
        String id = below.substring(0, Math.max(0, below.indexOf('/')));
        places.computeIfAbsent(id, _ -> new ArrayList<>()).add(file);
      }
      for (Map.Entry<String, List<Stored>> place : places.entrySet()) {
        if (place.getValue().stream()
            .allMatch(file -> ClusterAddress.isLeft(file.modified(), now))) {
          for (Stored file : place.getValue()) {
            store.delete(file.name());
          }
          LOG.info("{}, left by a killed transform, was removed", place.getKey());
        }
      }
    } catch (IOException e) {
      LOG.warn("What killed transforms left in {} stays there", store.place(), e);
    }
  }

  private final class Place implements Staging {

    private final String name;
    private final Path here;

    Place(String id) {
      name = ClusterAddress.STAGING + "/" + id;
      here = scratch.resolve(id);
    }

    @Override
    public String address() {
      return address.below(name);
    }

    @Override
    public Map<String, Path> take() {
      Map<String, Path> taken = new TreeMap<>();
      try {
        for (Stored file : store.walk(name)) {
          String below = file.name().substring(name.length() + 1);
          if (ClusterAddress.isData(below)) {
            Path target = here.resolve(below);
            Files.createDirectories(DurableFiles.folderOf(target));
            store.fetch(file.name(), target);
            taken.put(below, target);
          }
        }
        return taken;
      } catch (IOException e) {
        throw StoreFaults.of("Taking over what the cluster wrote", store.place(), e);
      }
    }

    @Override
    public void close() {
      try {
        WorkFolder.deleteTree(here);
        for (Stored file : store.walk(name)) {
          store.delete(file.name());
        }
      } catch (IOException e) {
        LOG.warn("{} of {} is left behind; no table reads it", name, store.place(), e);
      }
    }
  }
}
