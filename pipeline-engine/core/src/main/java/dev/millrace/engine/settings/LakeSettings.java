package dev.millrace.engine.settings;

import dev.millrace.engine.model.Home;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where a home's tables lie.
public sealed interface LakeSettings {

  /// For a person: a folder's path or `s3://bucket/prefix`.
  String place();

  static LakeSettings inHome(Home home) {
    return new Folder(home.root().resolve("lake"));
  }

  /// A folder on this machine; each pipeline has a folder in it.
  record Folder(Path folder) implements LakeSettings {

    @Override
    public String place() {
      return folder.toString();
    }
  }

  /// A prefix of an S3 bucket; each pipeline has a prefix below it.
  ///
  /// Credentials are never part of it: they come from the AWS default chain, or belong to the
  /// home's own S3.
  ///
  /// @param prefix without slashes at its ends; may be empty
  /// @param region empty when the AWS environment says it
  /// @param server who answers
  /// @param pathStyle whether the bucket stands in the path of a URL and not in its host
  /// @param storageClass of data files, for example `STANDARD_IA`; empty for the bucket's own
  /// @param partBytes files larger than this are uploaded in parts of this size
  /// @param cacheBytes most bytes of data files kept on this machine for reading
  /// @param attempts tries of one request before it fails, from 1
  /// @param timeout longest silence of the server before a try is given up
  record S3(
      String bucket,
      String prefix,
      Optional<String> region,
      Server server,
      boolean pathStyle,
      Encryption encryption,
      Optional<String> storageClass,
      long partBytes,
      long cacheBytes,
      int attempts,
      Duration timeout)
      implements LakeSettings {

    public static final long PART_BYTES = 16L << 20;
    public static final long CACHE_BYTES = 10L << 30;
    public static final int ATTEMPTS = 8;
    public static final Duration TIMEOUT = Duration.ofSeconds(20);

    /// A bucket with all else by default.
    public static S3 of(String bucket, String prefix, Server server) {
      return new S3(
          bucket,
          prefix,
          Optional.empty(),
          server,
          !(server instanceof Server.Aws),
          new Encryption.OfBucket(),
          Optional.empty(),
          PART_BYTES,
          CACHE_BYTES,
          ATTEMPTS,
          TIMEOUT);
    }

    @Override
    public String place() {
      return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
  }

  /// Who answers for S3.
  sealed interface Server {

    /// Amazon's, by region.
    record Aws() implements Server {}

    /// Another one that speaks S3.
    record At(URI endpoint) implements Server {}

    /// The home's own, which starts with its services.
    record Embedded() implements Server {}
  }

  /// How objects are encrypted where they lie.
  sealed interface Encryption {

    /// As the bucket's own settings say.
    record OfBucket() implements Encryption {}

    /// With keys of S3's (SSE-S3).
    record S3Keys() implements Encryption {}

    /// With keys of KMS (SSE-KMS).
    ///
    /// @param key id or ARN; empty for the account's own key
    record Kms(Optional<String> key) implements Encryption {}
  }
}
