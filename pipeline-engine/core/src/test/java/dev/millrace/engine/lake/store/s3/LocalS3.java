package dev.millrace.engine.lake.store.s3;

import dev.millrace.engine.settings.LakeSettings.Encryption;
import dev.millrace.engine.settings.LakeSettings.S3;
import dev.millrace.engine.settings.LakeSettings.Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// A real S3 server on a folder, answering over HTTP on a port of its own.
public final class LocalS3 implements AutoCloseable {

  public static final String BUCKET = "lake";

  private static final S3Access.Keys KEYS = new S3Access.Keys("local", "local-secret");

  private final S3Proxy server;

  private LocalS3(S3Proxy server) {
    this.server = server;
  }

  public static LocalS3 start(Path folder) throws Exception {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, KEYS.accessKey(), KEYS.secret())
            .build();
    server.start();
    LocalS3 local = new LocalS3(server);
    try (S3Store store = new S3Store(local.access("any"), folder)) {
      store.makeBucket();
    }
    return local;
  }

  public int port() {
    return server.getPort();
  }

  /// Straight to the server.
  public S3Access access(String prefix) {
    return access(prefix, port(), Duration.ofSeconds(20));
  }

  /// By whatever listens on a port and passes on to the server.
  public S3Access access(String prefix, int port, Duration timeout) {
    return access(prefix, port, timeout, S3.ATTEMPTS);
  }

  public S3Access access(String prefix, int port, Duration timeout, int attempts) {
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    return new S3Access(
        new S3(
            BUCKET,
            prefix,
            Optional.empty(),
            new Server.At(endpoint),
            true,
            new Encryption.OfBucket(),
            Optional.empty(),
            5L << 20,
            64L << 20,
            attempts,
            timeout),
        Optional.of(endpoint),
        Optional.of(KEYS));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server did not stop", e);
    }
  }
}
