package dev.millrace.engine.lake.store;

import dev.millrace.engine.lake.ClusterFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lake in a folder that the cluster's machines mount as well, perhaps under another path.
public final class SharedFolder implements ClusterFiles {

  private static final Logger LOG = LoggerFactory.getLogger(SharedFolder.class);

  private final Path root;
  private final ClusterAddress address;

  /// @param root the lake's folder
  /// @param address of it in the cluster; empty when the path is the same there
  public SharedFolder(Path root, Optional<String> address) {
    this.root = root.toAbsolutePath().normalize();
    this.address =
        address
            .map(named -> new ClusterAddress(root, named))
            .orElseGet(() -> ClusterAddress.same(root));
  }

  @Override
  public String address(Path path) {
    return address.of(path);
  }

  @Override
  public Staging staging() {
    return new Place(root.resolve(ClusterAddress.STAGING).resolve(UUID.randomUUID().toString()));
  }

  @Override
  public void removeLeft(Instant now) {
    Path all = root.resolve(ClusterAddress.STAGING);
    if (!Files.isDirectory(all)) {
      return;
    }
    try (Stream<Path> places = Files.list(all)) {
      for (Path place : places.toList()) {
        if (ClusterAddress.isLeft(written(place), now)) {
          WorkFolder.deleteTree(place);
          LOG.info("{}, left by a killed transform, was removed", place);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("What killed transforms left in {} stays there", all, e);
    }
  }

  /// When something in a place was last made, changed or removed.
  private static Instant written(Path place) throws IOException {
    Instant written = Instant.MIN;
    try (Stream<Path> all = Files.walk(place)) {
      for (Path each : all.toList()) {
        Instant changed = Files.getLastModifiedTime(each).toInstant();
        written = changed.isAfter(written) ? changed : written;
      }
    }
    return written;
  }

  private final class Place implements Staging {

    private final Path folder;

    Place(Path folder) {
      this.folder = folder;
      try {
        // The folder around it is ours, so that what the cluster's user makes in it can be removed.
        Files.createDirectories(root.resolve(ClusterAddress.STAGING));
      } catch (IOException e) {
        throw StoreFaults.of("Making a folder for the cluster to write to", root, e);
      }
    }

    @Override
    public String address() {
      return address.of(folder);
    }

    @Override
    public Map<String, Path> take() {
      Map<String, Path> taken = new TreeMap<>();
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          all.filter(Files::isRegularFile)
              .forEach(path -> taken.put(ClusterAddress.slashes(folder.relativize(path)), path));
        } catch (IOException e) {
          throw StoreFaults.of("Taking over what the cluster wrote", folder, e);
        } catch (UncheckedIOException e) {
          throw StoreFaults.of("Taking over what the cluster wrote", folder, new IOException(e));
        }
      }
      taken.keySet().removeIf(name -> !ClusterAddress.isData(name));
      return taken;
    }

    @Override
    public void close() {
      try {
        WorkFolder.deleteTree(folder);
      } catch (IOException e) {
        LOG.warn("{} is left behind; no table reads it", folder, e);
      }
    }
  }
}
