package dev.millrace.engine.warehouse.postgres;

import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.warehouse.jdbc.JdbcWarehouse;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL (15 or newer) as the warehouse.
///
/// Loads of one pipeline wait for each other on an advisory lock, which ends with its transaction.
/// A table that another session holds is waited for half a minute.
public final class PostgresWarehouse extends JdbcWarehouse {

  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(30);
  private static final Duration STATUS_KEPT = Duration.ofSeconds(20);

  /// @param source gives connections of PostgreSQL's own driver, or ones that unwrap to it
  public PostgresWarehouse(DataSource source) {
    this(source, LOCK_PATIENCE);
  }

  /// @param lockPatience how long a table that another session holds is waited for
  PostgresWarehouse(DataSource source, Duration lockPatience) {
    super(new PostgresDialect(source, lockPatience), Duration.ZERO, InstantSource.system());
  }

  /// A warehouse elsewhere: a status that was read is told again for some seconds.
  public PostgresWarehouse(ServiceEndpoints endpoints, InstantSource clock) {
    super(new PostgresDialect(source(endpoints), LOCK_PATIENCE), STATUS_KEPT, clock);
  }

  /// The warehouse in a home's own database.
  public PostgresWarehouse(ServiceEndpoints endpoints) {
    this(source(endpoints));
  }

  static PGSimpleDataSource source(ServiceEndpoints endpoints) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(endpoints.jdbcUrl());
    source.setUser(endpoints.user());
    source.setPassword(endpoints.password());
    source.setApplicationName("millrace-warehouse");
    source.setConnectTimeout(15);
    source.setTcpKeepAlive(true);
    return source;
  }
}
