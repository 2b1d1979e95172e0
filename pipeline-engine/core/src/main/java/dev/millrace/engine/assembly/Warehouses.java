package dev.millrace.engine.assembly;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.parquet.ParquetFooters;
import dev.millrace.engine.lake.store.Store;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.settings.LakeSettings;
import dev.millrace.engine.settings.WarehouseSettings;
import dev.millrace.engine.settings.WarehouseSettings.Login;
import dev.millrace.engine.settings.WarehouseSettings.Postgres;
import dev.millrace.engine.settings.WarehouseSettings.Redshift;
import dev.millrace.engine.settings.WarehouseSettings.Server;
import dev.millrace.engine.warehouse.LoadArea;
import dev.millrace.engine.warehouse.Warehouse;
import dev.millrace.engine.warehouse.postgres.PostgresWarehouse;
import dev.millrace.engine.warehouse.redshift.RedshiftAccess;
import dev.millrace.engine.warehouse.redshift.RedshiftWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// The warehouse a home's settings name, and what it holds open. Any thread may call.
final class Warehouses implements AutoCloseable {

  private final Warehouse warehouse;
  private final Optional<Store> staging;
  private final boolean inHome;

  private Warehouses(Warehouse warehouse, Optional<Store> staging, boolean inHome) {
    this.warehouse = warehouse;
    this.staging = staging;
    this.inHome = inHome;
  }

  /// @throws MillraceException `DEFINITION` when the lake and the warehouse do not go together,
  ///   `SERVICE` when a password's variable is not set
  static Warehouses open(
      Home home,
      WarehouseSettings settings,
      ServiceEndpoints endpoints,
      Lakes lakes,
      InstantSource clock) {
    return switch (settings) {
      case WarehouseSettings.InHome _ ->
          new Warehouses(new PostgresWarehouse(endpoints), Optional.empty(), true);
      case Postgres postgres -> new Warehouses(postgres(postgres, clock), Optional.empty(), false);
      case Redshift redshift -> redshift(home, redshift, endpoints, lakes, clock);
    };
  }

  private static Warehouse postgres(Postgres settings, InstantSource clock) {
    String password =
        switch (settings.login()) {
          case Login.Password in -> variable(in.variable());
          case Login.OfHome _, Login.Iam _, Login.Secret _ ->
              throw new IllegalStateException("PostgreSQL takes a password");
        };
    return new PostgresWarehouse(
        new ServiceEndpoints(
            "",
            "jdbc:postgresql://%s:%d/%s?sslmode=%s"
                .formatted(
                    settings.host(),
                    settings.port(),
                    settings.database(),
                    settings.tls() ? "verify-full" : "prefer"),
            settings.user(),
            password),
        clock);
  }

  private static String variable(String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) {
      throw new MillraceException(
          ErrorCode.SERVICE,
          "The environment variable " + name + " with the warehouse's password is not set",
          "set it, or name another with `warehouse.password_env`");
    }
    return value;
  }

  private static Warehouses redshift(
      Home home, Redshift settings, ServiceEndpoints endpoints, Lakes lakes, InstantSource clock) {
    Optional<Store> staging = Optional.empty();
    LoadArea area;
    Optional<LoadArea> own = lakes.area();
    if (own.isPresent()) {
      area = own.get();
    } else {
      LakeSettings.S3 bucket = settings.staging().orElseThrow(() -> noBucket(lakes));
      Store store = store(bucket, home.lakeCache().resolve("staging"));
      staging = Optional.of(store);
      area = new BucketArea(store, bucket.region(), _ -> Optional.empty(), clock);
    }
    return new Warehouses(
        new RedshiftWarehouse(
            access(settings, endpoints), area, lakes.files(), new ParquetFooters(), clock),
        staging,
        false);
  }

  private static Store store(LakeSettings.S3 bucket, Path drafts) {
    try {
      return RemoteLakes.store(bucket, Optional.empty(), drafts);
    } catch (IOException e) {
      throw StoreFaults.of("Opening the warehouse's staging", bucket.place(), e);
    }
  }

  private static RedshiftAccess access(Redshift settings, ServiceEndpoints endpoints) {
    return switch (settings.server()) {
      case Server.At at ->
          new RedshiftAccess(
              at.host(),
              at.port(),
              at.tls(),
              settings.database(),
              settings.user(),
              Optional.empty(),
              settings.login(),
              settings.role(),
              settings.region());
      case Server.Embedded _ ->
          new RedshiftAccess(
              "127.0.0.1",
              endpoints.redshiftPort().orElseThrow(Warehouses::notRunning),
              false,
              settings.database(),
              Optional.of(endpoints.user()),
              Optional.of(endpoints.password()),
              settings.login(),
              settings.role(),
              settings.region());
    };
  }

  private static MillraceException noBucket(Lakes lakes) {
    return new MillraceException(
        ErrorCode.DEFINITION,
        "Redshift loads from a bucket, and the lake lies in " + lakes.place(),
        "lay the lake in S3, or name a bucket for files on their way: `warehouse.staging: s3://...`");
  }

  private static MillraceException notRunning() {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The home's stand-in for Redshift does not run",
        "stop the services of this home and start them again: they start it as settings.yaml says");
  }

  Warehouse warehouse() {
    return warehouse;
  }

  /// Whether it is the home's own database, which is watched as one of the services.
  boolean inHome() {
    return inHome;
  }

  @Override
  public void close() {
    staging.ifPresent(Store::close);
  }
}
