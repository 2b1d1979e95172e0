package dev.millrace.engine.lake.store.s3;

import dev.millrace.engine.settings.LakeSettings.S3;
import java.net.URI;
import java.util.Optional;

/// What it takes to reach a bucket.
///
/// @param endpoint who answers; empty for Amazon's own, by region
/// @param keys empty for the AWS default chain
public record S3Access(S3 settings, Optional<URI> endpoint, Optional<Keys> keys) {

  /// Access key and secret of a server of our own.
  public record Keys(String accessKey, String secret) {

    /// Without the secret.
    @Override
    public String toString() {
      return "Keys[" + accessKey + "]";
    }
  }
}
