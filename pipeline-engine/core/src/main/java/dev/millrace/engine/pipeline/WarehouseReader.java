package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads which warehouse tables are loaded from which lake tables.
final class WarehouseReader {

  private WarehouseReader() {}

  /// @param declared derived tables that are named, faulty or not
  static List<WarehouseTable> tables(
      YamlMap map, List<DerivedTable> derived, Set<TableName> declared) {
    List<WarehouseTable> tables = new ArrayList<>();
    for (YamlMap.Entry entry : map.entries()) {
      if (!Names.COLUMN.matcher(entry.key()).matches()) {
        entry.value().fault("is no name of a warehouse table", "write " + Names.COLUMN_RULE);
      }
      entry
          .value()
          .map()
          .flatMap(body -> table(entry, body, derived, declared))
          .ifPresent(tables::add);
    }
    return tables;
  }

  private static Optional<WarehouseTable> table(
      YamlMap.Entry entry, YamlMap body, List<DerivedTable> derived, Set<TableName> declared) {
    body.only("from", "replace", "merge");
    Optional<DerivedTable> from =
        body.required("from", "gold.my_table")
            .flatMap(v -> from(v, declared))
            .flatMap(name -> derived.stream().filter(t -> t.name().equals(name)).findFirst());
    Optional<YamlValue> replaceValue = body.optional("replace");
    Optional<String> replace = replaceValue.flatMap(v -> v.text(Names.COLUMN, Names.COLUMN_RULE));
    Optional<YamlValue> mergeValue = body.optional("merge");
    Optional<Boolean> merge = mergeValue.flatMap(YamlValue::flag);
    if (replaceValue.isPresent() == mergeValue.isPresent()) {
      entry
          .value()
          .fault(
              replaceValue.isPresent() ? "has both replace and merge" : "has no way to be loaded",
              "write either `replace: <date column>` or `merge: true`");
      return Optional.empty();
    }
    if (mergeValue.isPresent()) {
      if (merge.isPresent() && !merge.get()) {
        mergeValue.get().fault("is false", "write true, or `replace: <date column>`");
      }
      return from.map(t -> new WarehouseTable.Merge(entry.key(), t.name(), t.key()));
    }
    if (from.isPresent() && replace.isPresent() && !from.get().partition().equals(replace)) {
      replaceValue
          .orElseThrow()
          .fault(
              "is "
                  + replace.get()
                  + ", and "
                  + from.get().name()
                  + from.get()
                      .partition()
                      .map(p -> " is partitioned by " + p)
                      .orElse(" has no partition"),
              from.get()
                  .partition()
                  .map(p -> "write " + p)
                  .orElse("write `merge: true`, or partition the table"));
    }
    return from.flatMap(
        t ->
            replace.map(
                r -> new WarehouseTable.ReplacePartitions(entry.key(), t.name(), t.key(), r)));
  }

  private static Optional<TableName> from(YamlValue value, Set<TableName> declared) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<TableName> name = TableName.parse(text.get()).filter(declared::contains);
    if (name.isEmpty()) {
      value.fault(
          "names '" + text.get() + "', which is no derived table of this pipeline",
          Nearest.remedy(text.get(), TableReader.names(declared)));
    }
    return name;
  }
}
