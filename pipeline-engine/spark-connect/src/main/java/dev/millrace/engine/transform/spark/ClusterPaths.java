package dev.millrace.engine.transform.spark;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the cluster names the files of this home.
///
/// A shared folder may be mounted elsewhere there; then everything under `root` is named under the
/// cluster's own address of it. Other files have the same path on both sides.
record ClusterPaths(Path root, Optional<String> cluster) {

  /// What Hadoop would take for a pattern.
  private static final Pattern GLOB = Pattern.compile("[\\\\{}\\[\\]*?]");

  ClusterPaths {
    root = root.toAbsolutePath().normalize();
    cluster = cluster.map(ClusterPaths::withoutSlash);
  }

  /// The file's or folder's address as one that is written to.
  String of(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (cluster.isPresent() && absolute.startsWith(root)) {
      String rest = slashes(root.relativize(absolute));
      return rest.isEmpty() ? cluster.get() : cluster.get() + "/" + rest;
    }
    String plain = slashes(absolute);
    return "file:" + (plain.startsWith("/") ? plain : "/" + plain);
  }

  /// The address as one that is read, where Hadoop knows patterns.
  String toRead(Path path) {
    return GLOB.matcher(of(path)).replaceAll("\\\\$0");
  }

  private static String slashes(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
