package dev.millrace.embedded;

import dev.millrace.embedded.redshift.RedshiftStandIn;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.ServiceEndpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Services that this process runs. Closing waits for whoever closes already, or starts the
/// database again.
final class OwnedServices implements ServicesHandle {

  private static final Logger LOG = LoggerFactory.getLogger(OwnedServices.class);

  private final Path folder;
  private final HomeLock homeLock;
  private volatile EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final Optional<EmbeddedS3> s3;
  private final Optional<RedshiftStandIn> redshift;
  private final ReentrantLock changing = new ReentrantLock();
  private boolean closed;

  OwnedServices(
      Path folder,
      HomeLock homeLock,
      EmbeddedPostgres postgres,
      EmbeddedKafka kafka,
      Optional<EmbeddedS3> s3,
      Optional<RedshiftStandIn> redshift) {
    this.folder = folder;
    this.homeLock = homeLock;
    this.postgres = postgres;
    this.kafka = kafka;
    this.s3 = s3;
    this.redshift = redshift;
  }

  @Override
  public ServiceEndpoints endpoints() {
    return new ServiceEndpoints(
        kafka.bootstrap(),
        postgres.jdbcUrl(),
        postgres.user(),
        postgres.password(),
        s3.map(EmbeddedS3::endpoint),
        redshift.map(RedshiftStandIn::port));
  }

  @Override
  public boolean owner() {
    return true;
  }

  @Override
  public Optional<String> fault() {
    return kafka
        .fault()
        .map(message -> "Kafka: " + message)
        .or(() -> databaseFault().map(message -> "PostgreSQL: " + message));
  }

  @Override
  public Optional<String> databaseFault() {
    return postgres.alive() ? Optional.empty() : Optional.of("the server's process has ended");
  }

  @Override
  public boolean restartsDatabase() {
    return true;
  }

  @Override
  public void restartDatabase(Progress progress) {
    changing.lock();
    try {
      if (closed) {
        throw ServiceErrors.servicesClosed();
      }
      if (!postgres.alive()) {
        postgres = postgres.restarted(progress);
        LOG.info("PostgreSQL runs again, as process {}", postgres.pid());
      }
    } finally {
      changing.unlock();
    }
  }

  @Override
  public void close() {
    changing.lock();
    try {
      if (!closed) {
        closed = true;
        quietly("removing the endpoints", () -> EndpointsFile.retire(folder));
        quietly("stopping the Redshift stand-in", () -> redshift.ifPresent(RedshiftStandIn::close));
        quietly("stopping S3", () -> s3.ifPresent(EmbeddedS3::close));
        quietly("stopping Kafka", kafka::close);
        quietly("stopping PostgreSQL", () -> postgres.close());
        quietly("giving back the lock", homeLock::close);
      }
    } finally {
      changing.unlock();
    }
  }

  /// One part that cannot be stopped must not keep the others running, not even where the program's
  /// files were taken away and a class is not to be had any more.
  static void quietly(String what, Part part) {
    try {
      part.run();
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.warn("While {}", what, e);
    }
  }

  /// One part of closing.
  interface Part {
    void run() throws IOException;
  }
}
