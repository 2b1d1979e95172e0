package dev.millrace.embedded.redshift;

import dev.millrace.engine.PostgresServer;
import dev.millrace.engine.assembly.BucketArea;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.lake.parquet.ParquetFooters;
import dev.millrace.engine.lake.store.s3.LocalS3;
import dev.millrace.engine.lake.store.s3.S3Access;
import dev.millrace.engine.lake.store.s3.S3Store;
import dev.millrace.engine.model.S3Endpoint;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.settings.WarehouseSettings.Login;
import dev.millrace.engine.warehouse.redshift.RedshiftAccess;
import dev.millrace.engine.warehouse.redshift.RedshiftWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/// A stand-in for Redshift on a new database and a bucket of its own.
final class StandInRig implements AutoCloseable {

  static final String ROLE = "arn:aws:iam::000000000000:role/millrace-local";

  private final LocalS3 s3;
  private final Backend backend;
  private final S3Endpoint endpoint;
  private final Path folder;
  private RedshiftStandIn standIn;
  private final S3Store store;
  private @Nullable S3Store stranger;

  private StandInRig(LocalS3 s3, Backend backend, S3Endpoint endpoint, S3Store store, Path folder)
      throws IOException {
    this.s3 = s3;
    this.backend = backend;
    this.endpoint = endpoint;
    this.store = store;
    this.folder = folder;
    this.standIn = standIn();
  }

  private RedshiftStandIn standIn() throws IOException {
    return RedshiftStandIn.start(0, backend, endpoint, Set.of(ROLE), folder.resolve("scratch"));
  }

  /// Ends the stand-in and starts another on the same database.
  void restart() throws IOException {
    standIn.close();
    standIn = standIn();
  }

  /// As the superuser behind the stand-in.
  void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s"
                    .formatted(backend.host(), backend.port(), backend.database()),
                backend.user(),
                backend.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static StandInRig start(Path folder) throws Exception {
    LocalS3 s3 = LocalS3.start(Files.createDirectories(folder.resolve("s3")));
    ServiceEndpoints database = PostgresServer.freshDatabase();
    Properties parts = org.postgresql.Driver.parseURL(database.jdbcUrl(), new Properties());
    Backend backend =
        new Backend(
            "127.0.0.1",
            Integer.parseInt(PGProperty.PG_PORT.getOrDefault(parts)),
            PGProperty.PG_DBNAME.getOrDefault(parts),
            database.user(),
            database.password());
    S3Access access = s3.access("");
    S3Access.Keys keys = access.keys().orElseThrow();
    S3Endpoint endpoint =
        new S3Endpoint("http://127.0.0.1:" + s3.port(), keys.accessKey(), keys.secret());
    return new StandInRig(
        s3,
        backend,
        endpoint,
        new S3Store(
            s3.access("staging", s3.port(), Duration.ofSeconds(5), 2), folder.resolve("drafts")),
        folder);
  }

  RedshiftWarehouse warehouse() {
    return warehouse(port(), ROLE, Optional.empty(), Optional.empty());
  }

  int port() {
    return standIn.port();
  }

  RedshiftWarehouse warehouse(
      int port, String role, Optional<String> clusterRegion, Optional<String> bucketRegion) {
    return warehouse(port, role, clusterRegion, bucketRegion, store, InstantSource.system());
  }

  /// As if it were so late.
  RedshiftWarehouse warehouse(InstantSource clock) {
    return warehouse(port(), ROLE, Optional.empty(), Optional.empty(), store, clock);
  }

  /// With keys that the bucket does not know.
  RedshiftWarehouse stranger(Path drafts) throws IOException {
    S3Access known = s3.access("staging", s3.port(), Duration.ofSeconds(5), 1);
    stranger =
        new S3Store(
            new S3Access(
                known.settings(),
                known.endpoint(),
                Optional.of(new S3Access.Keys("nobody", "no secret"))),
            drafts);
    return warehouse(
        port(), ROLE, Optional.empty(), Optional.empty(), stranger, InstantSource.system());
  }

  private RedshiftWarehouse warehouse(
      int port,
      String role,
      Optional<String> clusterRegion,
      Optional<String> bucketRegion,
      S3Store bucket,
      InstantSource clock) {
    return new RedshiftWarehouse(
        new RedshiftAccess(
            "127.0.0.1",
            port,
            false,
            backend.database(),
            Optional.of(backend.user()),
            Optional.of(backend.password()),
            new Login.OfHome(),
            role,
            clusterRegion),
        new BucketArea(bucket, bucketRegion, _ -> Optional.empty(), clock),
        LakeFiles.inPlace(),
        new ParquetFooters(),
        InstantSource.system());
  }

  S3Store store() {
    return store;
  }

  /// Ends the S3 server.
  void stopS3() {
    s3.close();
  }

  /// With Redshift's own driver.
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", backend.user());
    properties.setProperty("password", backend.password());
    properties.setProperty("ssl", "false");
    return new com.amazon.redshift.Driver()
        .connect(
            "jdbc:redshift://127.0.0.1:%d/%s".formatted(standIn.port(), backend.database()),
            properties);
  }

  @Override
  public void close() {
    standIn.close();
    if (stranger != null) {
      stranger.close();
    }
    store.close();
    s3.close();
  }
}
