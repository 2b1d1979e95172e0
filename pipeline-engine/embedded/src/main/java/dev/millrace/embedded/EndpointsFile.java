package dev.millrace.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What `endpoints.json` of a home says: who runs its services, since when, and where they answer.
///
/// @param pid process that owns the services
/// @param kafkaCluster identifier the broker tells, so that a stranger on its port is not mistaken
/// @param s3Port empty when no S3 runs
/// @param redshiftPort empty when no stand-in for Redshift runs
record EndpointsFile(
    long pid,
    Instant started,
    int kafkaPort,
    int postgresPort,
    String kafkaCluster,
    OptionalInt s3Port,
    OptionalInt redshiftPort) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Path in(Path services) {
    return services.resolve("endpoints.json");
  }

  /// Of services that run: what stands in the file, or empty when it is missing or is not whole.
  static Optional<EndpointsFile> current(Path services) throws IOException {
    return read(in(services));
  }

  private static Optional<EndpointsFile> read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(text);
      return Optional.of(
          new EndpointsFile(
              json.required("pid").asLong(),
              Instant.parse(json.required("started").asText()),
              json.required("kafka_port").asInt(),
              json.required("postgres_port").asInt(),
              json.required("kafka_cluster").asText(),
              port(json, "s3_port"),
              port(json, "redshift_port")));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException _) {
      // A damaged file says nothing of use; its owner, if any, writes it anew at its next start.
      return Optional.empty();
    }
  }

  private static OptionalInt port(JsonNode json, String name) {
    return json.has(name) ? OptionalInt.of(json.required(name).asInt()) : OptionalInt.empty();
  }

  void write(Path services) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("pid", pid);
    json.put("started", started.toString());
    json.put("kafka", "127.0.0.1:" + kafkaPort);
    json.put("kafka_port", kafkaPort);
    json.put("kafka_cluster", kafkaCluster);
    json.put("postgres", EmbeddedPostgres.jdbcUrl(postgresPort));
    json.put("postgres_port", postgresPort);
    s3Port.ifPresent(
        port -> {
          json.put("s3", "http://127.0.0.1:" + port);
          json.put("s3_port", port);
        });
    redshiftPort.ifPresent(port -> json.put("redshift_port", port));
    PrivateFile.write(in(services), json.toPrettyString() + "\n");
  }

  /// Tells no more that services run; where they answered is kept for the next start.
  static void retire(Path services) throws IOException {
    if (Files.exists(in(services))) {
      Files.move(
          in(services),
          retired(services),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// What was said last, of services that run or ran.
  static Optional<EndpointsFile> last(Path services) throws IOException {
    Optional<EndpointsFile> now = read(in(services));
    return now.isPresent() ? now : read(retired(services));
  }

  private static Path retired(Path services) {
    return services.resolve("last-endpoints.json");
  }
}
