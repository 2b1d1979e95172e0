package dev.millrace.engine.control;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.millrace.engine.flow.FlowRuns;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.quality.ValidationStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control database: what the engine must remember beside the lake, in the schema `millrace` of
/// a PostgreSQL database.
///
/// Opening brings the tables up to date and ends the runs of processes that died; two processes may
/// open it at once. Any thread may use the repositories.
public final class ControlDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlDatabase.class);
  private static final int CONNECTIONS = 4;
  private static final long MIGRATION_LOCK = 0x4d696c6c72616365L;

  private final HikariDataSource pool;
  private final ProcessMark process;
  private final PostgresFlowRuns flowRuns;
  private final PostgresValidations validations;
  private final Settings settings;

  private ControlDatabase(HikariDataSource pool, ProcessMark process, InstantSource clock) {
    this.pool = pool;
    this.process = process;
    ControlSql sql = new ControlSql(pool);
    this.flowRuns = new PostgresFlowRuns(sql, process);
    this.validations = new PostgresValidations(sql);
    this.settings = new Settings(sql, clock);
  }

  /// @throws dev.millrace.engine.error.MillraceException `SERVICE` when it does not answer or
  ///   cannot be brought up to date
  public static ControlDatabase open(ServiceEndpoints endpoints) {
    return open(endpoints, InstantSource.system());
  }

  /// As {@link #open(ServiceEndpoints)}, with the clock that dates changes.
  public static ControlDatabase open(ServiceEndpoints endpoints, InstantSource clock) {
    Connector connector = new Connector(endpoints);
    migrate(connector);
    HikariDataSource pool = null;
    ProcessMark process = null;
    ControlDatabase database = null;
    try {
      process = new ProcessMark(connector);
      pool = pool(endpoints);
      ControlDatabase opened = new ControlDatabase(pool, process, clock);
      opened.failAbandoned(clock);
      database = opened;
      return opened;
    } catch (SQLException | HikariPool.PoolInitializationException e) {
      throw ControlErrors.notReachable(endpoints, e);
    } finally {
      if (database == null) {
        close(pool, process);
      }
    }
  }

  /// Runs of flows.
  public FlowRuns flowRuns() {
    return flowRuns;
  }

  /// Validations of tables.
  public ValidationStore validations() {
    return validations;
  }

  public Settings settings() {
    return settings;
  }

  @Override
  public void close() {
    close(pool, process);
  }

  private static void close(@Nullable HikariDataSource pool, @Nullable ProcessMark process) {
    if (pool != null) {
      pool.close();
    }
    if (process != null) {
      try {
        process.close();
      } catch (SQLException e) {
        LOG.debug("While leaving the control database", e);
      }
    }
  }

  private void failAbandoned(InstantSource clock) {
    var ended = flowRuns.failAbandoned(clock.instant());
    if (!ended.isEmpty()) {
      LOG.warn("Ended the runs {} of a process that is gone", ended);
    }
  }

  /// One process migrates at a time; the schema itself is made under the lock too.
  private static void migrate(Connector connector) {
    ServiceEndpoints endpoints = connector.endpoints();
    try (Connection connection = connector.connect()) {
      ControlSql.query(
          connection, "SELECT pg_advisory_lock(?)", _ -> MIGRATION_LOCK, MIGRATION_LOCK);
      Flyway.configure(ControlDatabase.class.getClassLoader())
          .dataSource(endpoints.jdbcUrl(), endpoints.user(), endpoints.password())
          .schemas("millrace")
          .table("schema_history")
          .locations("classpath:db/control")
          .validateMigrationNaming(true)
          .load()
          .migrate();
    } catch (SQLException e) {
      throw ControlErrors.notReachable(endpoints, e);
    } catch (FlywayException e) {
      throw ControlErrors.notMigrated(e);
    }
  }

  private static HikariDataSource pool(ServiceEndpoints endpoints) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(endpoints.jdbcUrl());
    config.setUsername(endpoints.user());
    config.setPassword(endpoints.password());
    config.setDataSourceProperties(Connector.properties());
    config.setPoolName("millrace-control");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Connector.PATIENCE.toMillis());
    config.setInitializationFailTimeout(Connector.PATIENCE.toMillis());
    return new HikariDataSource(config);
  }
}
