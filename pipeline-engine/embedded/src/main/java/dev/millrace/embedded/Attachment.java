package dev.millrace.embedded;

import dev.millrace.engine.model.S3Endpoint;
import dev.millrace.engine.model.ServiceEndpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/// Attaching to services that another owner runs.
final class Attachment {

  private static final int ANSWER_MILLIS = 5000;

  private Attachment() {}

  /// A handle when the owner lives and both services answer as this home's own; empty when they do
  /// not, or not yet.
  static Optional<ServicesHandle> attach(Path folder, EndpointsFile endpoints) {
    Path postgres = folder.resolve("postgres");
    try {
      Optional<String> password = EmbeddedPostgres.readPassword(postgres);
      boolean answering =
          password.isPresent()
              && ProcessHandle.of(endpoints.pid()).map(ProcessHandle::isAlive).orElse(false)
              && EmbeddedPostgres.servesOurs(
                  postgres, postgres.resolve("data"), endpoints.postgresPort())
              && endpoints.kafkaCluster().equals(clusterAt(endpoints.kafkaPort()));
      if (!answering) {
        return Optional.empty();
      }
      return Optional.of(
          new AttachedServices(
              new ServiceEndpoints(
                  "127.0.0.1:" + endpoints.kafkaPort(),
                  EmbeddedPostgres.jdbcUrl(endpoints.postgresPort()),
                  EmbeddedPostgres.USER,
                  password.get(),
                  s3(folder, endpoints),
                  endpoints.redshiftPort().isPresent()
                      ? Optional.of(endpoints.redshiftPort().getAsInt())
                      : Optional.empty()),
              folder,
              endpoints));
    } catch (IOException e) {
      throw ServiceErrors.homeNotUsable(folder, e);
    }
  }

  private static Optional<S3Endpoint> s3(Path folder, EndpointsFile endpoints) throws IOException {
    return endpoints.s3Port().isPresent()
        ? EmbeddedS3.endpointAt(folder.resolve("s3"), endpoints.s3Port().getAsInt())
        : Optional.empty();
  }

  private static String clusterAt(int port) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            "127.0.0.1:" + port,
            "default.api.timeout.ms",
            ANSWER_MILLIS,
            "request.timeout.ms",
            ANSWER_MILLIS);
    try (Admin admin = Admin.create(settings)) {
      return admin.describeCluster().clusterId().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      return "";
    } catch (InterruptedException e) {
      throw ServiceErrors.interrupted(e);
    }
  }
}
