package dev.millrace.embedded;

import dev.millrace.engine.model.S3Endpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// An S3 server inside this JVM on a folder, answering on 127.0.0.1 to one key made for the home.
///
/// For trying a pipeline as it will run on AWS: objects are files, but are not forced to the disk as
/// the folder lake's are. One thread starts and closes it.
final class EmbeddedS3 implements AutoCloseable {

  private static final int KEY_BYTES = 15;
  private static final int SECRET_BYTES = 30;

  private final S3Proxy server;
  private final S3Endpoint endpoint;

  private EmbeddedS3(S3Proxy server, S3Endpoint endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /// Starts a server, making its keys first when there are none; ready when it returns.
  ///
  /// @param folder holds `data` and `credentials`; made when missing
  static EmbeddedS3 start(Path folder, int port) {
    S3Endpoint endpoint;
    S3Proxy server;
    try {
      Path data = Files.createDirectories(folder.resolve("data"));
      endpoint = endpoint(folder, port);
      server =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(data.toString()))
              .endpoint(URI.create(endpoint.url()))
              .awsAuthentication(
                  AuthenticationType.AWS_V2_OR_V4, endpoint.accessKey(), endpoint.secret())
              .build();
    } catch (IOException e) {
      throw ServiceErrors.fileFailed("Starting the S3 server", folder, e);
    }
    try {
      server.start();
    } catch (Exception e) {
      throw ServiceErrors.s3NotStarted(folder, e);
    }
    return new EmbeddedS3(server, endpoint);
  }

  /// Where a server of this folder answers on a port, or empty when it has no keys yet.
  static Optional<S3Endpoint> endpointAt(Path folder, int port) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(credentials(folder));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    return lines.size() < 2
        ? Optional.empty()
        : Optional.of(new S3Endpoint(url(port), lines.get(0).strip(), lines.get(1).strip()));
  }

  S3Endpoint endpoint() {
    return endpoint;
  }

  int port() {
    return URI.create(endpoint.url()).getPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server did not stop", e);
    }
  }

  private static S3Endpoint endpoint(Path folder, int port) throws IOException {
    Optional<S3Endpoint> standing = endpointAt(folder, port);
    if (standing.isPresent()) {
      return standing.get();
    }
    PrivateFile.write(
        credentials(folder), random(KEY_BYTES) + "\n" + random(SECRET_BYTES) + "\n");
    return endpointAt(folder, port).orElseThrow();
  }

  private static Path credentials(Path folder) {
    return folder.resolve("credentials");
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
