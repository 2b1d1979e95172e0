package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.TableName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pipeline's definition, read whole and valid.
///
/// @param name lower-case words joined by hyphens; also the name of its folder
/// @param version becomes `pipeline_version` in every Silver and Gold row
/// @param title one line for people
/// @param source where it was read from, for messages
/// @param ranges physical range per kind of reading; a value outside is an anomaly
/// @param tables derived tables in the order they must be built
/// @param suites quality suite (Great Expectations JSON text) per table
/// @param warehouse what is loaded, in order
/// @param engine what runs its SQL, unless the home or a command says otherwise
/// @param retention how long tables are kept
public record Pipeline(
    String name,
    String version,
    String title,
    String source,
    List<Feed> feeds,
    Map<String, ValueRange> ranges,
    List<DerivedTable> tables,
    Map<TableName, SuiteSource> suites,
    List<WarehouseTable> warehouse,
    List<FlowDefinition> flows,
    EngineKind engine,
    Retention retention) {

  public Pipeline {
    feeds = List.copyOf(feeds);
    ranges = Map.copyOf(ranges);
    tables = List.copyOf(tables);
    suites = Map.copyOf(suites);
    warehouse = List.copyOf(warehouse);
    flows = List.copyOf(flows);
  }

  /// On DuckDB, and nothing said of how long tables are kept.
  public Pipeline(
      String name,
      String version,
      String title,
      String source,
      List<Feed> feeds,
      Map<String, ValueRange> ranges,
      List<DerivedTable> tables,
      Map<TableName, SuiteSource> suites,
      List<WarehouseTable> warehouse,
      List<FlowDefinition> flows) {
    this(
        name,
        version,
        title,
        source,
        feeds,
        ranges,
        tables,
        suites,
        warehouse,
        flows,
        EngineKind.DUCKDB,
        Retention.NONE_SAID);
  }

  /// The same with other suites.
  public Pipeline withSuites(Map<TableName, SuiteSource> others) {
    return new Pipeline(
        name, version, title, source, feeds, ranges, tables, others, warehouse, flows, engine,
        retention);
  }

  /// How long rows of a table are kept; empty is for ever. Where nothing is said, Bronze and what
  /// was not readable are kept two years, and a derived table as long as its sources.
  public Optional<Duration> retentionOf(TableName table) {
    return retentionOf(table, retention, tables);
  }

  static Optional<Duration> retentionOf(
      TableName table, Retention retention, List<DerivedTable> derived) {
    Optional<Optional<Duration>> said = retention.said(table);
    if (said.isPresent()) {
      return said.get();
    }
    Optional<DerivedTable> definition =
        derived.stream().filter(t -> t.name().equals(table)).findFirst();
    return switch (table.layer()) {
      case BRONZE, DEAD_LETTERS, QUARANTINE -> Optional.of(Retention.DEFAULT);
      case SILVER, GOLD ->
          definition.stream()
              .flatMap(t -> t.from().stream())
              .flatMap(source -> retentionOf(source, retention, derived).stream())
              .min(Comparator.naturalOrder());
    };
  }

  public Optional<Feed> feed(String feedName) {
    return feeds.stream().filter(f -> f.name().equals(feedName)).findFirst();
  }

  public Optional<DerivedTable> table(TableName table) {
    return tables.stream().filter(t -> t.name().equals(table)).findFirst();
  }

  public Optional<FlowDefinition> flow(String flowName) {
    return flows.stream().filter(f -> f.name().equals(flowName)).findFirst();
  }

  /// The schema of the pipeline's tables in the warehouse: its name with `_` for `-`.
  public String warehouseSchema() {
    return name.replace('-', '_');
  }
}
