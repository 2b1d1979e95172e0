package dev.millrace.engine.pipeline;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.yaml.Faults;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads a pipeline's folder: `pipeline.yaml` and the SQL and suite files it names.
///
/// A definition with a fault is refused whole, and every fault is listed. Safe for any thread.
public final class PipelineReader {

  static final String FILE = "pipeline.yaml";

  private PipelineReader() {}

  /// @throws ProblemsException when the definition has faults
  /// @throws MillraceException when the folder holds no `pipeline.yaml`
  public static Pipeline read(Path folder) {
    return read(PipelineFolder.of(folder));
  }

  /// @throws ProblemsException when the definition has faults
  /// @throws MillraceException when the folder holds no `pipeline.yaml`
  public static Pipeline read(PipelineFolder folder) {
    refuseWithoutDefinition(folder);
    Faults faults = new Faults();
    Optional<Pipeline> pipeline =
        folder.yaml(FILE, faults).map(root -> pipeline(root, folder, faults));
    faults.refuse("The definition of " + folder.name());
    return pipeline.orElseThrow(
        () -> new IllegalStateException("No pipeline and no fault in " + folder.shown(FILE)));
  }

  private static void refuseWithoutDefinition(PipelineFolder folder) {
    try {
      if (folder.bytes(FILE).isEmpty()) {
        throw folder.missing();
      }
    } catch (IOException _) {
      // Read again below, where it becomes a fault with its file.
    }
  }

  /// Reads on after a fault with stand-ins; the result counts only when there was none.
  private static Pipeline pipeline(YamlMap root, PipelineFolder folder, Faults faults) {
    root.only(
        "name",
        "version",
        "title",
        "engine",
        "feeds",
        "ranges",
        "tables",
        "quality",
        "warehouse",
        "flows",
        "retention");
    String name = name(root, folder);
    String version =
        root.required("version", "1.0.0")
            .flatMap(v -> v.text(Names.VERSION, Names.VERSION_RULE))
            .orElse("");
    String title = root.optional("title").flatMap(YamlValue::text).orElse(name);
    Optional<YamlValue> feedsValue = root.required("feeds", "{ my-events: { … } }");
    List<Feed> feeds = feedsValue.flatMap(YamlValue::map).map(FeedReader::feeds).orElse(List.of());
    if (feedsValue.isPresent() && feedsValue.get().isMap() && keysUnder(root, "feeds").isEmpty()) {
      feedsValue.get().fault("names no feed", "write at least one");
    }
    Map<String, ValueRange> ranges =
        root.optional("ranges").map(v -> ranges(v, feeds)).orElse(Map.of());

    Set<TableName> bronze = declaredBronze(root);
    TableReader tables = new TableReader(folder, faults, bronze);
    List<DerivedTable> derived =
        root.optional("tables").flatMap(YamlValue::map).map(tables::tables).orElse(List.of());
    Map<TableName, SuiteSource> suites =
        root.optional("quality")
            .flatMap(YamlValue::map)
            .map(map -> SuiteReader.suites(map, tables.known(), folder, faults))
            .orElse(Map.of());
    List<WarehouseTable> warehouse =
        root.optional("warehouse")
            .flatMap(YamlValue::map)
            .map(map -> WarehouseReader.tables(map, derived, tables.declared()))
            .orElse(List.of());
    Set<String> feedNames = keysUnder(root, "feeds");
    List<FlowDefinition> flows =
        root.optional("flows")
            .flatMap(YamlValue::map)
            .map(
                map ->
                    new FlowReader(
                            feedNames,
                            tables.declared(),
                            keysUnder(root, "quality"),
                            !keysUnder(root, "warehouse").isEmpty())
                        .flows(map))
            .orElse(List.of());
    Retention retention =
        root.optional("retention")
            .flatMap(YamlValue::map)
            .map(map -> RetentionReader.retention(map, bronze, derived))
            .orElse(Retention.NONE_SAID);
    EngineKind engine =
        root.optional("engine")
            .flatMap(v -> v.oneOf(EngineKind.WORDS))
            .map(EngineKind::of)
            .orElse(EngineKind.DUCKDB);
    return new Pipeline(
        name,
        version,
        title,
        folder.shown(FILE),
        feeds,
        ranges,
        derived,
        suites,
        warehouse,
        flows,
        engine,
        retention);
  }

  private static String name(YamlMap root, PipelineFolder folder) {
    Optional<YamlValue> value = root.required("name", folder.name());
    Optional<String> name = value.flatMap(v -> v.text(Names.PIPELINE, Names.PIPELINE_RULE));
    if (name.isPresent() && !name.get().equals(folder.name())) {
      value
          .orElseThrow()
          .fault(
              "is " + name.get() + " and its folder " + folder.name(), "give both the same name");
    }
    return name.orElse(folder.name());
  }

  /// Bronze tables of every feed that is named, faulty or not, so that one fault is told once.
  private static Set<TableName> declaredBronze(YamlMap root) {
    Set<TableName> bronze = new TreeSet<>();
    for (String feed : keysUnder(root, "feeds")) {
      TableName.parse(Layer.BRONZE.sqlName() + "." + feed.replace('-', '_')).ifPresent(bronze::add);
    }
    return bronze;
  }

  private static Set<String> keysUnder(YamlMap root, String key) {
    return root.optional(key)
        .filter(YamlValue::isMap)
        .flatMap(YamlValue::map)
        .map(YamlMap::keys)
        .orElse(Set.of());
  }

  private static Map<String, ValueRange> ranges(YamlValue value, List<Feed> feeds) {
    boolean used =
        feeds.stream().anyMatch(f -> f.roles().kind().isPresent() && f.roles().value().isPresent());
    if (!feeds.isEmpty() && !used) {
      value.fault(
          "stand per kind, and no feed has the roles kind and value",
          "add the roles, or leave the ranges out");
    }
    Map<String, ValueRange> ranges = new LinkedHashMap<>();
    value.map().ifPresent(map -> map.entries().forEach(e -> range(e, ranges)));
    return ranges;
  }

  private static void range(YamlMap.Entry entry, Map<String, ValueRange> ranges) {
    Optional<List<YamlValue>> ends = entry.value().list();
    if (ends.isEmpty()) {
      return;
    }
    if (ends.get().size() != 2) {
      entry.value().fault("has " + ends.get().size() + " values", "write [low, high]");
      return;
    }
    Optional<Double> low = ends.get().get(0).number();
    Optional<Double> high = ends.get().get(1).number();
    if (low.isEmpty() || high.isEmpty()) {
      return;
    }
    if (low.get() >= high.get()) {
      entry.value().fault("has a low end that is not below its high end", "write [low, high]");
      return;
    }
    ranges.put(entry.key(), new ValueRange(low.get(), high.get()));
  }
}
