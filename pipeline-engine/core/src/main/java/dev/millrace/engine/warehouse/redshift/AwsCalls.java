package dev.millrace.engine.warehouse.redshift;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// Single signed calls of AWS's interfaces, for the three of them that logins need: their clients
/// would be megabytes of code for one operation each. Any thread may call.
final class AwsCalls {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Optional<URI> endpoint;
  private final AwsCredentialsProvider credentials;

  /// With the AWS identity of this process.
  AwsCalls() {
    this(
        Optional.empty(),
        DefaultCredentialsProvider.builder()
            .profileFile(ProfileFileSupplier.defaultSupplier())
            .build());
  }

  /// @param endpoint who answers; empty for AWS's own, by service and region
  AwsCalls(Optional<URI> endpoint, AwsCredentialsProvider credentials) {
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /// What was answered.
  record Answer(String body) {}

  /// The region that the AWS environment says.
  String region() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
    } catch (SdkException e) {
      throw RedshiftErrors.loginFailed("no region is said", e);
    }
  }

  /// A call of the JSON protocol.
  Answer json(String service, String region, String target, String body) {
    return send(service, region, "application/x-amz-json-1.1", Optional.of(target), body);
  }

  /// A call of the query protocol, answered in XML.
  Answer form(String service, String region, String body) {
    return send(service, region, "application/x-www-form-urlencoded", Optional.empty(), body);
  }

  private Answer send(
      String service, String region, String type, Optional<String> target, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    URI uri =
        endpoint.orElseGet(
            () ->
                URI.create(
                    "https://%s.%s.amazonaws.com%s/"
                        .formatted(service, region, region.startsWith("cn-") ? ".cn" : "")));
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(uri)
            .putHeader("Content-Type", type);
    target.ifPresent(t -> request.putHeader("X-Amz-Target", t));
    try (SdkHttpClient client =
        Apache5HttpClient.builder().connectionTimeout(TIMEOUT).socketTimeout(TIMEOUT).build()) {
      SignedRequest signed =
          AwsV4HttpSigner.create()
              .sign(
                  r ->
                      r.identity(credentials.resolveCredentials())
                          .request(request.build())
                          .payload(ContentStreamProvider.fromByteArray(bytes))
                          .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                          .putProperty(AwsV4HttpSigner.REGION_NAME, region));
      HttpExecuteResponse response =
          client
              .prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(ContentStreamProvider.fromByteArray(bytes))
                      .build())
              .call();
      String answer = "";
      if (response.responseBody().isPresent()) {
        try (var stream = response.responseBody().get()) {
          answer = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
      int status = response.httpResponse().statusCode();
      if (status / 100 != 2) {
        throw RedshiftErrors.loginFailed(
            "%s of %s answered %d: %s"
                .formatted(service, region, status, answer.replaceAll("\\s+", " ").strip()),
            new IOException("status " + status));
      }
      return new Answer(answer);
    } catch (IOException | SdkException e) {
      throw RedshiftErrors.loginFailed(service + " does not answer: " + e.getMessage(), e);
    }
  }
}
