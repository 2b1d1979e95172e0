package dev.millrace.engine.settings;

import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import dev.millrace.engine.settings.LakeSettings.Encryption;
import dev.millrace.engine.settings.LakeSettings.Folder;
import dev.millrace.engine.settings.LakeSettings.S3;
import dev.millrace.engine.settings.LakeSettings.Server;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `lake:` of a home's settings.
final class ReadLakeSettings {

  private static final String LOCATION = "location";
  private static final String[] S3_KEYS = {
    LOCATION,
    "region",
    "endpoint",
    "path_style",
    "encryption",
    "kms_key",
    "storage_class",
    "part_size",
    "cache",
    "attempts",
    "timeout"
  };

  private static final Pattern S3_URL = Pattern.compile("s3a?://([^/]+)(/.*)?");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");
  private static final List<String> ENCRYPTIONS = List.of("bucket", "sse-s3", "sse-kms");
  private static final List<String> STORAGE_CLASSES =
      List.of(
          "STANDARD",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER_IR",
          "EXPRESS_ONEZONE",
          "REDUCED_REDUNDANCY");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s?(MiB|GiB|TiB)");
  private static final long MIB = 1L << 20;

  private ReadLakeSettings() {}

  /// Empty after telling a fault.
  static Optional<LakeSettings> read(YamlMap keys, Home home) {
    Optional<YamlValue> location = keys.required(LOCATION, "s3://bucket/prefix");
    Optional<String> text = location.flatMap(YamlValue::text).map(String::strip);
    if (text.isEmpty()) {
      keys.only(S3_KEYS);
      return Optional.empty();
    }
    Matcher url = S3_URL.matcher(text.get());
    if (url.matches()) {
      keys.only(S3_KEYS);
      return s3(keys, location.get(), url);
    }
    if (text.get().contains("://")) {
      keys.only(S3_KEYS);
      location.get().fault("is '" + text.get() + "'", "write a folder or s3://bucket/prefix");
      return Optional.empty();
    }
    keys.only(LOCATION);
    try {
      return Optional.of(new Folder(home.root().resolve(Path.of(text.get())).normalize()));
    } catch (InvalidPathException e) {
      location.get().fault("is no path: " + e.getReason(), "write a folder");
      return Optional.empty();
    }
  }

  private static Optional<LakeSettings> s3(YamlMap keys, YamlValue location, Matcher url) {
    String bucket = url.group(1);
    if (!BUCKET.matcher(bucket).matches()) {
      location.fault(
          "names the bucket '" + bucket + "'",
          "a bucket has 3 to 63 lower-case letters, digits, dots and hyphens");
    }
    String prefix = prefix(url.group(2));
    if (List.of(prefix.split("/")).stream().anyMatch(p -> p.equals("..") || p.equals("."))
        || prefix.contains("//")) {
      location.fault("has an empty, `.` or `..` part", "write s3://bucket/a/b");
    }
    Server server = keys.optional("endpoint").flatMap(ReadLakeSettings::server).orElse(new Server.Aws());
    Optional<Encryption> encryption = encryption(keys);
    return Optional.of(
        new S3(
            bucket,
            prefix,
            keys.optional("region").flatMap(v -> v.text(REGION, "a region such as eu-central-1")),
            server,
            keys.optional("path_style")
                .flatMap(YamlValue::flag)
                .orElse(!(server instanceof Server.Aws)),
            encryption.orElse(new Encryption.OfBucket()),
            keys.optional("storage_class").flatMap(v -> v.oneOf(STORAGE_CLASSES)),
            keys.optional("part_size")
                .flatMap(v -> size(v, 5 * MIB, 1024 * MIB, "from 5 MiB to 1 GiB"))
                .orElse(S3.PART_BYTES),
            keys.optional("cache")
                .flatMap(v -> size(v, 64 * MIB, Long.MAX_VALUE, "of at least 64 MiB"))
                .orElse(S3.CACHE_BYTES),
            keys.optional("attempts").flatMap(v -> v.whole(1, 50)).orElse(S3.ATTEMPTS),
            keys.optional("timeout")
                .flatMap(v -> v.duration(Duration.ofMillis(100), Duration.ofMinutes(10)))
                .orElse(S3.TIMEOUT)));
  }

  private static String prefix(@Nullable String path) {
    return path == null ? "" : path.replaceFirst("^/", "").replaceFirst("/$", "");
  }

  private static Optional<Server> server(YamlValue value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().equals("embedded")) {
      return Optional.of(new Server.Embedded());
    }
    try {
      URI uri = new URI(text.get());
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        if (uri.getUserInfo() != null) {
          value.fault("holds credentials", "leave them to the AWS environment or ~/.aws");
          return Optional.empty();
        }
        return Optional.of(new Server.At(uri));
      }
    } catch (URISyntaxException _) {
      // Told below, like any other text that is no URL.
    }
    value.fault("is '" + text.get() + "'", "write https://host:port, or embedded");
    return Optional.empty();
  }

  private static Optional<Encryption> encryption(YamlMap keys) {
    Optional<YamlValue> key = keys.optional("kms_key");
    Optional<String> sort = keys.optional("encryption").flatMap(v -> v.oneOf(ENCRYPTIONS));
    if (key.isPresent() && !sort.equals(Optional.of("sse-kms"))) {
      key.get().fault("needs `encryption: sse-kms`", "write it, or leave the key out");
    }
    return sort.map(
        name ->
            switch (name) {
              case "sse-s3" -> new Encryption.S3Keys();
              case "sse-kms" -> new Encryption.Kms(key.flatMap(YamlValue::text));
              default -> new Encryption.OfBucket();
            });
  }

  private static Optional<Long> size(YamlValue value, long low, long high, String bounds) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = SIZE.matcher(text.get().strip());
    if (!matcher.matches()) {
      value.fault("is no size: '" + text.get() + "'", "write for example 512 MiB or 10 GiB");
      return Optional.empty();
    }
    int shift =
        switch (matcher.group(2)) {
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 40;
        };
    long amount = Long.parseLong(matcher.group(1));
    long bytes = amount > (Long.MAX_VALUE >> shift) ? Long.MAX_VALUE : amount << shift;
    if (bytes < low || bytes > high) {
      value.fault("is " + text.get(), "write a size " + bounds);
      return Optional.empty();
    }
    return Optional.of(bytes);
  }
}
