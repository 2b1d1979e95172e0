package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.FlowDefinition.Step;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the flows of a definition.
///
/// @param feeds names of the feeds
/// @param tables derived tables
/// @param suites names of the tables that have a suite
/// @param warehouse whether anything is loaded
record FlowReader(Set<String> feeds, Set<TableName> tables, Set<String> suites, boolean warehouse) {

  List<FlowDefinition> flows(YamlMap map) {
    List<FlowDefinition> flows = new ArrayList<>();
    for (YamlMap.Entry entry : map.entries()) {
      if (!Names.PIPELINE.matcher(entry.key()).matches()) {
        entry.value().fault("is no name of a flow", "write " + Names.PIPELINE_RULE);
      }
      entry.value().map().ifPresent(body -> flows.add(flow(entry.key(), body)));
    }
    return flows;
  }

  private FlowDefinition flow(String name, YamlMap body) {
    body.only("title", "steps");
    String title = body.optional("title").flatMap(YamlValue::text).orElse(name);
    List<Step> steps = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Optional<YamlValue> value = body.required("steps", "[load warehouse]");
    for (YamlValue item : value.flatMap(YamlValue::list).orElse(List.of())) {
      Optional<Step> step = item.text().flatMap(text -> step(item, text));
      if (step.isPresent() && !seen.add(step.get().name())) {
        item.fault("is the step '" + step.get().name() + "' once more", "name each step once");
      }
      step.ifPresent(steps::add);
    }
    if (value.isPresent() && value.get().isList() && value.get().oneOrMany().isEmpty()) {
      value.get().fault("names no step", "write at least one");
    }
    return new FlowDefinition(name, title, steps);
  }

  private Optional<Step> step(YamlValue item, String text) {
    String words = text.strip().replaceAll("\\s+", " ");
    if (words.equals("load warehouse")) {
      if (!warehouse) {
        item.fault("loads a warehouse that is not defined", "add `warehouse:` or drop the step");
      }
      return Optional.of(new Step.Load());
    }
    if (words.startsWith("catch up ")) {
      return known(item, words.substring(9), feeds, "feed").map(Step.CatchUp::new);
    }
    if (words.startsWith("transform ")) {
      return known(item, words.substring(10), TableReader.names(tables), "derived table")
          .flatMap(TableName::parse)
          .map(Step.Transform::new);
    }
    if (words.startsWith("check new ")) {
      return known(item, words.substring(10), suites, "table with a quality suite")
          .flatMap(TableName::parse)
          .map(table -> new Step.Check(table, true));
    }
    if (words.startsWith("check ")) {
      return known(item, words.substring(6), suites, "table with a quality suite")
          .flatMap(TableName::parse)
          .map(table -> new Step.Check(table, false));
    }
    item.fault(
        "is no step: '" + text + "'",
        "write `catch up FEED`, `transform TABLE`, `check TABLE`, `check new TABLE` or `load"
            + " warehouse`");
    return Optional.empty();
  }

  private static Optional<String> known(
      YamlValue item, String name, Collection<String> names, String what) {
    if (names.contains(name)) {
      return Optional.of(name);
    }
    item.fault("names '" + name + "', which is no " + what, Nearest.remedy(name, names));
    return Optional.empty();
  }
}
