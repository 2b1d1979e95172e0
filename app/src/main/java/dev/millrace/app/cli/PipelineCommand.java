package dev.millrace.app.cli;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.assembly.CheckDefinition;
import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.event.FieldSuggestion;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.FlowDefinition;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.pipeline.WarehouseTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace pipeline ls|show|check|suggest`: the definitions, shipped and the user's own.
@Command(name = "pipeline", description = "List, show or check pipeline definitions.")
final class PipelineCommand {

  /// The most frequent fields; a list that is longer has nothing that a person would want.
  private static final int SHOWN_FIELDS = 40;

  @ParentCommand private Millrace millrace;

  @Command(name = "ls", description = "The pipelines that ship and those under <home>/pipelines.")
  int ls() {
    Pipelines catalogue = new Pipelines(millrace.home());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String name : catalogue.names()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("pipeline", name);
      try {
        Pipeline pipeline = catalogue.find(name);
        row.put("version", pipeline.version());
        row.put("title", pipeline.title());
        row.put("feeds", String.join(" ", pipeline.feeds().stream().map(Feed::name).toList()));
        row.put("source", pipeline.source());
      } catch (ProblemsException e) {
        row.put("version", "");
        row.put(
            "title", e.problems().size() + " faults; see 'millrace pipeline show " + name + "'");
        row.put("feeds", "");
        row.put("source", "");
      }
      rows.add(row);
    }
    millrace.output().table("pipelines", rows);
    return 0;
  }

  @Command(name = "show", description = "What a pipeline reads, builds, judges, loads and runs.")
  int show(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String name) {
    Pipeline pipeline = new Pipelines(millrace.home()).find(name);
    millrace.output().result(describe(pipeline), lines(pipeline));
    return 0;
  }

  @Command(
      name = "check",
      description = "Read a pipeline's folder and list every fault with file, line and remedy.")
  int check(
      @Parameters(paramLabel = "DIR", description = "Folder with a pipeline.yaml.") Path dir) {
    Output output = millrace.output();
    Pipeline pipeline;
    try {
      pipeline = PipelineReader.read(dir);
      CheckDefinition.of(pipeline);
    } catch (ProblemsException e) {
      if (!output.json()) {
        throw e;
      }
      output.result(
          Map.of("faults", e.problems().stream().map(PipelineCommand::fault).toList()), List.of());
      return 1;
    }
    output.result(
        Map.of("pipeline", pipeline.name(), "faults", List.of()),
        List.of(pipeline.name() + " " + pipeline.version() + ": no faults"));
    return 0;
  }

  @Command(
      name = "suggest",
      description = {
        "Offer columns for the fields that events bring and the feed's schema does not name.",
        "Reads the _extra column of the newest Bronze rows; prints the lines to add to pipeline.yaml."
      })
  int suggest(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String name,
      @Option(names = "--feed", paramLabel = "FEED", description = "Only this feed.")
          Optional<String> feedName,
      @Option(
              names = "--rows",
              paramLabel = "N",
              defaultValue = "10000",
              description = "How many rows that bring such fields are looked at (default: 10000).")
          int rows) {
    var _ = Given.atLeastOne("--rows", rows);
    Output output = millrace.output();
    List<Map<String, Object>> objects = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    try (LakeSession session = LakeSession.open(millrace, name)) {
      for (Feed feed : feeds(session.pipeline(), feedName)) {
        Outcome.Suggestions found = session.suggestFields(feed, rows);
        found.fields().forEach(field -> objects.add(suggestion(found, field)));
        lines.addAll(suggestionLines(found));
      }
    }
    output.result(Map.of("fields", objects), lines);
    return 0;
  }

  private static List<Feed> feeds(Pipeline pipeline, Optional<String> wanted) {
    return wanted.isPresent() ? List.of(Given.feed(pipeline, wanted)) : pipeline.feeds();
  }

  private static Map<String, Object> suggestion(Outcome.Suggestions found, FieldSuggestion field) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("feed", found.feed());
    object.put("field", field.name());
    object.put("type", field.type().map(ColumnType::sqlName).orElse(""));
    object.put("events", field.events());
    object.put("of", found.events());
    object.put("example", field.example());
    object.put("yaml", field.yaml().orElse(""));
    object.put("obstacle", field.obstacle());
    return object;
  }

  private static List<String> suggestionLines(Outcome.Suggestions found) {
    List<String> lines = new ArrayList<>();
    lines.add(found.summary() + ".");
    List<FieldSuggestion> offered =
        found.fields().stream().filter(f -> f.yaml().isPresent()).toList();
    List<FieldSuggestion> shown = offered.subList(0, Math.min(SHOWN_FIELDS, offered.size()));
    if (!offered.isEmpty()) {
      lines.add("Add to pipeline.yaml what you want; events so far keep theirs in _extra:");
      lines.add("");
      lines.add("feeds:");
      lines.add("  " + found.feed() + ":");
      lines.add("    schema:");
      for (FieldSuggestion field : shown) {
        lines.add(
            "      %-30s # in %,d of %,d events, for example %s"
                .formatted(
                    field.yaml().orElseThrow(), field.events(), found.events(), field.example()));
      }
    }
    if (shown.size() < offered.size()) {
      lines.add(
          "%,d more came in fewer events; --json lists them all."
              .formatted(offered.size() - shown.size()));
    }
    found.fields().stream()
        .filter(field -> field.yaml().isEmpty())
        .limit(SHOWN_FIELDS)
        .forEach(
            field ->
                lines.add(
                    "%s stays in _extra (%,d events): %s"
                        .formatted(field.name(), field.events(), field.obstacle())));
    return lines;
  }

  private static Map<String, Object> fault(Problem problem) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("file", problem.file());
    object.put("line", problem.line());
    object.put("what", problem.what());
    object.put("remedy", problem.remedy());
    return object;
  }

  private static Map<String, Object> describe(Pipeline p) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", p.name());
    object.put("version", p.version());
    object.put("title", p.title());
    object.put("source", p.source());
    object.put(
        "feeds",
        p.feeds().stream()
            .map(
                f ->
                    Map.of(
                        "name", f.name(),
                        "topic", f.kafka().topic(),
                        "partitions", f.kafka().partitions(),
                        "columns", f.schema().columns().stream().map(Object::toString).toList()))
            .toList());
    object.put(
        "tables",
        p.tables().stream()
            .map(
                t ->
                    Map.of(
                        "name", t.name().toString(),
                        "from", t.from().stream().map(Object::toString).toList(),
                        "key", t.key(),
                        "sql", t.sqlFile()))
            .toList());
    object.put("quality", p.suites().keySet().stream().map(Object::toString).sorted().toList());
    object.put("warehouse", p.warehouse().stream().map(WarehouseTable::target).toList());
    object.put(
        "flows",
        p.flows().stream()
            .map(
                f ->
                    Map.of(
                        "name",
                        f.name(),
                        "steps",
                        f.steps().stream().map(FlowDefinition.Step::name).toList()))
            .toList());
    return object;
  }

  private static List<String> lines(Pipeline p) {
    List<String> lines = new ArrayList<>();
    lines.add(p.name() + " " + p.version() + ": " + p.title());
    lines.add("  from " + p.source());
    for (Feed feed : p.feeds()) {
      lines.add(
          "feed "
              + feed.name()
              + ": topic "
              + feed.kafka().topic()
              + ", "
              + feed.kafka().partitions()
              + " partitions, trigger "
              + feed.trigger().toSeconds()
              + " s, watermark "
              + feed.watermark().toMinutes()
              + " min");
      feed.schema().columns().forEach(column -> lines.add("  " + column));
    }
    for (DerivedTable table : p.tables()) {
      lines.add("table " + table.name() + " from " + table.from() + " by " + table.sqlFile());
    }
    p.suites().forEach((table, suite) -> lines.add("suite for " + table + ": " + suite.file()));
    for (WarehouseTable table : p.warehouse()) {
      String how =
          switch (table) {
            case WarehouseTable.ReplacePartitions r -> "replacing partitions of " + r.partition();
            case WarehouseTable.Merge m -> "merging by " + String.join(", ", m.key());
          };
      lines.add("warehouse " + table.target() + " from " + table.from() + ", " + how);
    }
    for (FlowDefinition flow : p.flows()) {
      lines.add("flow " + flow.name() + ": " + flow.title());
      flow.steps().forEach(step -> lines.add("  " + step.name()));
    }
    return lines;
  }
}
