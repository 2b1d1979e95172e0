package dev.millrace.engine.lake.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// A folder's address in a cluster, and that of what lies below it.
///
/// @param root the folder here
/// @param address without a slash at its end
record ClusterAddress(Path root, String address) {

  /// Folders of this in the lake's place hold what a cluster is writing; no pipeline has the name.
  static final String STAGING = "_cluster";

  /// A place that nobody wrote to for so long belongs to a writer that was killed.
  private static final Duration LEFT = Duration.ofDays(1);

  ClusterAddress {
    root = root.toAbsolutePath().normalize();
    address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  /// The folder's own path as the address.
  static ClusterAddress same(Path root) {
    String path = slashes(root.toAbsolutePath().normalize());
    return new ClusterAddress(root, "file:" + (path.startsWith("/") ? path : "/" + path));
  }

  String of(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (!absolute.startsWith(root)) {
      throw new IllegalArgumentException(absolute + " lies outside of the lake " + root);
    }
    return below(slashes(root.relativize(absolute)));
  }

  String below(String name) {
    return address + "/" + name;
  }

  /// Whether a place last written to then is a killed writer's.
  static boolean isLeft(Instant written, Instant now) {
    return written.isBefore(now.minus(LEFT));
  }

  /// Whether a file is a data file rather than a mark or a checksum of whoever wrote it.
  static boolean isData(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.endsWith(".parquet") && !last.startsWith(".") && !last.startsWith("_");
  }

  static String slashes(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }
}
