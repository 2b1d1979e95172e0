package dev.millrace.engine.lake.store.s3;

import dev.millrace.engine.settings.LakeSettings.S3;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Makes clients of S3.
final class S3Clients {

  private static final int CONNECTIONS = 64;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration QUEUE = Duration.ofMinutes(5);

  private S3Clients() {}

  /// A client that tries each request once: trying again is {@link S3Calls}' affair, which knows
  /// what a request is for.
  static S3Client open(S3Access access) {
    S3 settings = access.settings();
    Duration timeout = settings.timeout();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region(access))
            .credentialsProvider(credentials(access))
            .forcePathStyle(settings.pathStyle())
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
                    .connectionAcquisitionTimeout(QUEUE)
                    .socketTimeout(timeout)
                    .tcpKeepAlive(true));
    access.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Access access) {
    if (access.keys().isPresent()) {
      S3Access.Keys keys = access.keys().get();
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(keys.accessKey(), keys.secret()));
    }
    // Reads ~/.aws anew when it changes, so that renewed credentials are taken up by what runs.
    return DefaultCredentialsProvider.builder()
        .profileFile(ProfileFileSupplier.defaultSupplier())
        .build();
  }

  /// Servers other than Amazon's do not care, but a signature needs one; and the AWS environment is
  /// not searched for it, which takes a second where there is none.
  private static Region region(S3Access access) {
    if (access.settings().region().isPresent()) {
      return Region.of(access.settings().region().get());
    }
    return access.endpoint().isPresent()
        ? Region.US_EAST_1
        : DefaultAwsRegionProviderChain.builder().build().getRegion();
  }
}
