package dev.millrace.engine.assembly;

import dev.millrace.engine.control.ControlDatabase;
import dev.millrace.engine.ingest.kafka.TopicWatch;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.DatabaseKeeper;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.settings.EngineSettings;
import dev.millrace.engine.settings.HomeSettings;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import dev.millrace.engine.warehouse.Warehouse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Optional;

/// The adapters an engine runs on, opened together and closed together, in reverse.
///
/// @param registry where meters are kept
/// @param keeper who runs the database
public record EngineParts(
    Home home,
    ServiceEndpoints endpoints,
    ControlDatabase control,
    Lakes lakes,
    SqlEngines engines,
    Warehouses warehouses,
    TopicWatch topics,
    MeterRegistry registry,
    Meters meters,
    InstantSource clock,
    DatabaseKeeper keeper)
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
    return open(home, endpoints, Optional.empty(), new SimpleMeterRegistry(), clock);
  }

  /// Opens everything on the home's services.
  ///
  /// @param engine what runs the transforms, whatever the home and the pipelines say
  /// @param registry where meters are kept; closed with the parts
  /// @throws dev.millrace.engine.error.MillraceException when a service does not answer; nothing
  ///   stays open
  public static EngineParts open(
      Home home,
      ServiceEndpoints endpoints,
      Optional<EngineKind> engine,
      MeterRegistry registry,
      InstantSource clock) {
    HomeSettings said = HomeSettings.of(home);
    EngineSettings settings = said.engine().or(engine);
    ControlDatabase control = ControlDatabase.open(endpoints, clock);
    Meters meters = new Meters(registry);
    Lakes lakes = null;
    try {
      lakes =
          Lakes.open(
              home,
              endpoints.s3(),
              clock,
              pipeline ->
                  (table, took) -> meters.checkpoint(pipeline, table.toString()).record(took));
      return new EngineParts(
          home,
          endpoints,
          control,
          lakes,
          new SqlEngines(sqlEngine(home, lakes.files()), lakes, settings),
          Warehouses.open(home, said.warehouse(), endpoints, lakes, clock),
          new TopicWatch(endpoints.kafka()),
          registry,
          meters,
          clock,
          DatabaseKeeper.NONE);
    } catch (RuntimeException | Error e) {
      if (lakes != null) {
        lakes.close();
      }
      control.close();
      throw e;
    }
  }

  /// The same parts, with whoever runs their database.
  public EngineParts keptBy(DatabaseKeeper who) {
    return new EngineParts(
        home, endpoints, control, lakes, engines, warehouses, topics, registry, meters, clock, who);
  }

  /// DuckDB with a share of this machine's memory beside the heap.
  static SqlEngine sqlEngine(Home home, LakeFiles files) {
    long heap = Runtime.getRuntime().maxMemory();
    return new DuckDbEngine(
        home.scratch(),
        Math.max(LEAST_SQL_MEMORY, heap / 2),
        Runtime.getRuntime().availableProcessors(),
        files);
  }

  /// The same for SQL that a person writes: it reaches the lakes' files and nothing else.
  static SqlEngine confinedSqlEngine(Home home, Lakes lakes) {
    return DuckDbEngine.confined(
        home.scratch(),
        Math.max(LEAST_SQL_MEMORY, Runtime.getRuntime().maxMemory() / 2),
        Runtime.getRuntime().availableProcessors(),
        lakes.files(),
        lakes.folders());
  }

  /// The engine in this process: for looking, checking and loading.
  public SqlEngine sql() {
    return engines.embedded();
  }

  /// Where Gold is loaded.
  public Warehouse warehouse() {
    return warehouses.warehouse();
  }

  Lake lake(String pipeline) {
    return lakes.of(pipeline);
  }

  @Override
  public void close() {
    topics.close();
    engines.close();
    warehouses.close();
    lakes.close();
    control.close();
    registry.close();
  }
}
