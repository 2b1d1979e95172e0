package dev.millrace.engine.assembly;

import dev.millrace.engine.control.ControlDatabase;
import dev.millrace.engine.ingest.kafka.TopicWatch;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import dev.millrace.engine.warehouse.Warehouse;
import dev.millrace.engine.warehouse.postgres.PostgresWarehouse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;

/// The adapters an engine runs on, opened together and closed together, in reverse.
///
/// @param registry where meters are kept
public record EngineParts(
    Home home,
    ServiceEndpoints endpoints,
    ControlDatabase control,
    SqlEngine sql,
    Warehouse warehouse,
    TopicWatch topics,
    MeterRegistry registry,
    Meters meters,
    InstantSource clock)
    implements AutoCloseable {

  /// Who committed, in every Delta log.
  static final String ENGINE_INFO = "Millrace/0.1.0";

  private static final long MIB = 1L << 20;
  private static final long LEAST_SQL_MEMORY = 2048 * MIB;

  /// Opens everything on the home's services.
  ///
  /// @throws dev.millrace.engine.error.MillraceException when a service does not answer; nothing
  ///   stays open
  public static EngineParts open(Home home, ServiceEndpoints endpoints, InstantSource clock) {
    return open(home, endpoints, new SimpleMeterRegistry(), clock);
  }

  /// As {@link #open(Home, ServiceEndpoints, InstantSource)}, with its meters in this registry,
  /// which is closed with the parts.
  public static EngineParts open(
      Home home, ServiceEndpoints endpoints, MeterRegistry registry, InstantSource clock) {
    ControlDatabase control = ControlDatabase.open(endpoints, clock);
    try {
      return new EngineParts(
          home,
          endpoints,
          control,
          sqlEngine(home),
          new PostgresWarehouse(endpoints),
          new TopicWatch(endpoints.kafka()),
          registry,
          new Meters(registry),
          clock);
    } catch (RuntimeException | Error e) {
      control.close();
      throw e;
    }
  }

  /// DuckDB with a share of this machine's memory beside the heap.
  static SqlEngine sqlEngine(Home home) {
    long heap = Runtime.getRuntime().maxMemory();
    return new DuckDbEngine(
        home.scratch(),
        Math.max(LEAST_SQL_MEMORY, heap / 2),
        Runtime.getRuntime().availableProcessors());
  }

  Lake lake(String pipeline) {
    return new DeltaLake(home.lake(pipeline), ENGINE_INFO, clock);
  }

  @Override
  public void close() {
    topics.close();
    sql.close();
    control.close();
    registry.close();
  }
}
