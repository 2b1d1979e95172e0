package dev.millrace.engine.pipeline;

import static java.util.Objects.requireNonNull;

import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.yaml.Faults;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads the derived tables of a definition and puts them into the order they must be built in.
final class TableReader {

  private static final Pattern COMMENTS = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

  private final PipelineFolder folder;
  private final Faults faults;
  private final Set<TableName> bronze;
  private final Set<TableName> declared = new LinkedHashSet<>();

  TableReader(PipelineFolder folder, Faults faults, Set<TableName> bronze) {
    this.folder = folder;
    this.faults = faults;
    this.bronze = bronze;
  }

  /// Derived tables that are named, faulty or not.
  Set<TableName> declared() {
    return declared;
  }

  /// Bronze and derived tables that are named.
  Set<TableName> known() {
    Set<TableName> known = new TreeSet<>(bronze);
    known.addAll(declared);
    return known;
  }

  List<DerivedTable> tables(YamlMap map) {
    Map<TableName, YamlMap.Entry> entries = new LinkedHashMap<>();
    for (YamlMap.Entry entry : map.entries()) {
      Optional<TableName> name =
          TableName.parse(entry.key())
              .filter(n -> n.layer() == Layer.SILVER || n.layer() == Layer.GOLD)
              .filter(n -> n.toString().equals(entry.key()));
      if (name.isPresent()) {
        entries.put(name.get(), entry);
        declared.add(name.get());
      } else {
        entry
            .value()
            .fault(
                "is no name of a derived table",
                "write silver. or gold. and a lower-case name, such as silver.readings");
      }
    }
    List<DerivedTable> tables = new ArrayList<>();
    entries.forEach(
        (name, entry) -> entry.value().map().ifPresent(body -> tables.add(table(name, body))));
    return inBuildOrder(tables, entries);
  }

  private DerivedTable table(TableName name, YamlMap body) {
    body.only("from", "key", "partition", ReachReader.LOOKBACK, ReachReader.WINDOW, "sql");
    List<TableName> from =
        body.required("from", "bronze.my_events").map(v -> from(name, v)).orElse(List.of());
    List<String> key = body.required("key", "[id]").map(v -> columns(v, "key")).orElse(List.of());
    Optional<String> partition =
        body.optional("partition").flatMap(v -> v.text(Names.COLUMN, Names.COLUMN_RULE));
    Optional<YamlValue> sqlValue =
        body.required("sql", name.layer().sqlName() + "/" + name.name() + ".sql");
    String sqlFile = sqlValue.flatMap(YamlValue::text).orElse("");
    String sql =
        sqlValue.flatMap(v -> file(v, folder, faults)).map(s -> sql(sqlFile, s)).orElse("");
    return new DerivedTable(name, from, key, partition, ReachReader.of(body, from), sqlFile, sql);
  }

  private String sql(String file, String text) {
    if (COMMENTS.matcher(text).replaceAll("").isBlank()) {
      faults.add(folder.shown(file), 0, "the file holds no SQL", "write one SELECT");
    }
    return text;
  }

  /// The text of the file that a value names; empty after telling why there is none.
  static Optional<String> file(YamlValue value, PipelineFolder folder, Faults faults) {
    Optional<String> file = value.text();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    if (!PipelineFolder.isInside(file.get())) {
      value.fault(
          "is '" + file.get() + "', no path within the pipeline's folder",
          "write for example silver/readings.sql");
      return Optional.empty();
    }
    try {
      if (folder.bytes(file.get()).isEmpty()) {
        value.fault(
            "names " + file.get() + ", which is missing", "write " + folder.shown(file.get()));
        return Optional.empty();
      }
    } catch (IOException e) {
      value.fault(
          "names " + file.get() + ", which cannot be read: " + e.getMessage(),
          "mend its rights or size");
      return Optional.empty();
    }
    return folder.text(file.get(), faults);
  }

  private List<TableName> from(TableName table, YamlValue value) {
    List<TableName> from = new ArrayList<>();
    for (YamlValue item : value.oneOrMany()) {
      Optional<String> text = item.text();
      if (text.isEmpty()) {
        continue;
      }
      Optional<TableName> name = TableName.parse(text.get()).filter(known()::contains);
      if (name.isEmpty()) {
        item.fault(
            "names '" + text.get() + "', which is no table of this pipeline",
            Nearest.remedy(text.get(), names(known())));
      } else if (name.get().layer().compareTo(table.layer()) > 0) {
        item.fault(
            "leads back from " + name.get().layer().sqlName(), "read from the layers before");
      } else if (from.contains(name.get())) {
        item.fault("names " + name.get() + " twice", "name each table once");
      } else {
        from.add(name.get());
      }
    }
    if (value.isList() && value.oneOrMany().isEmpty()) {
      value.fault("names no table", "name the tables its SQL reads");
    }
    return from;
  }

  private static List<String> columns(YamlValue value, String what) {
    List<String> columns = new ArrayList<>();
    for (YamlValue item : value.oneOrMany()) {
      Optional<String> column = item.text(Names.COLUMN, Names.COLUMN_RULE);
      if (column.isPresent() && columns.contains(column.get())) {
        item.fault("names " + column.get() + " twice", "name each column once");
      } else {
        column.ifPresent(columns::add);
      }
    }
    if (value.isList() && value.oneOrMany().isEmpty()) {
      value.fault("names no column", "name the columns of the " + what);
    }
    return columns;
  }

  static List<String> names(Collection<TableName> tables) {
    return tables.stream().map(TableName::toString).toList();
  }

  /// Each table after those it reads, otherwise as the file has them.
  private static List<DerivedTable> inBuildOrder(
      List<DerivedTable> tables, Map<TableName, YamlMap.Entry> entries) {
    List<DerivedTable> waiting = new ArrayList<>(tables);
    List<DerivedTable> ordered = new ArrayList<>();
    Set<TableName> open = new HashSet<>();
    waiting.forEach(t -> open.add(t.name()));
    while (!waiting.isEmpty()) {
      Optional<DerivedTable> next =
          waiting.stream().filter(t -> t.from().stream().noneMatch(open::contains)).findFirst();
      if (next.isEmpty()) {
        tellCycle(waiting, entries);
        return tables;
      }
      waiting.remove(next.get());
      open.remove(next.get().name());
      ordered.add(next.get());
    }
    return ordered;
  }

  /// Follows the reading tables until one comes again.
  private static void tellCycle(List<DerivedTable> waiting, Map<TableName, YamlMap.Entry> entries) {
    Map<TableName, TableName> reads = new HashMap<>();
    for (DerivedTable table : waiting) {
      table.from().stream()
          .filter(from -> waiting.stream().anyMatch(t -> t.name().equals(from)))
          .findFirst()
          .ifPresent(from -> reads.put(table.name(), from));
    }
    List<TableName> way = new ArrayList<>();
    TableName at = waiting.getFirst().name();
    while (!way.contains(at)) {
      way.add(at);
      at = requireNonNull(reads.get(at));
    }
    List<TableName> cycle = new ArrayList<>(way.subList(way.indexOf(at), way.size()));
    cycle.add(at);
    requireNonNull(entries.get(at))
        .value()
        .fault(
            "reads itself: " + String.join(" from ", names(cycle)),
            "take one of these out of a `from`");
  }
}
