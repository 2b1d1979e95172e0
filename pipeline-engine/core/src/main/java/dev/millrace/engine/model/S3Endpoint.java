package dev.millrace.engine.model;

/// Where the S3 of a home answers.
///
/// @param url for example `http://127.0.0.1:9000`
public record S3Endpoint(String url, String accessKey, String secret) {

  /// Without the secret.
  @Override
  public String toString() {
    return "S3 " + url + " as " + accessKey;
  }
}
