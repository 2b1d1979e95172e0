package dev.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;

/// Four different free ports of the loopback interface: the broker's, its controller's, the
/// database's, and the S3 server's.
record Ports(int kafka, int controller, int postgres, int s3) {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /// Fixed ports as the settings say; else the ports of last time, so that clients find the
  /// services again after a restart; else any.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `SERVICE` when a fixed port is taken
  static Ports choose(
      ServicesSettings settings,
      OptionalInt lastKafka,
      OptionalInt lastPostgres,
      OptionalInt lastS3) {
    try (ServerSocket kafka =
            reserve(settings, ServicesSettings.KAFKA_PORT, settings.kafkaPort(), lastKafka);
        ServerSocket postgres =
            reserve(
                settings, ServicesSettings.POSTGRES_PORT, settings.postgresPort(), lastPostgres);
        ServerSocket s3 = reserve(settings, ServicesSettings.S3_PORT, settings.s3Port(), lastS3);
        ServerSocket controller = bound(0)) {
      return new Ports(
          kafka.getLocalPort(),
          controller.getLocalPort(),
          postgres.getLocalPort(),
          s3.getLocalPort());
    } catch (IOException e) {
      throw ServiceErrors.noPort(e);
    }
  }

  private static ServerSocket reserve(
      ServicesSettings settings, String key, OptionalInt fixed, OptionalInt last)
      throws IOException {
    if (fixed.isPresent()) {
      try {
        return bound(fixed.getAsInt());
      } catch (IOException e) {
        throw ServiceErrors.portTaken(key, fixed.getAsInt(), settings.file());
      }
    }
    if (last.isPresent()) {
      try {
        return bound(last.getAsInt());
      } catch (IOException _) {
        // Someone else took it meanwhile; any port will do.
        return bound(0);
      }
    }
    return bound(0);
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(LOOPBACK, port), 1);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
