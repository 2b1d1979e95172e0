package dev.millrace.app.cli;

import dev.millrace.engine.care.AuditTrail;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.transform.NestedValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace table …`: the lake's tables, looked at and cared for. Needs no services, but for an
/// erasure that reaches the warehouse.
@Command(
    name = "table",
    description = "Look into the lake's tables and care for them.",
    subcommands = {
      OptimizeCommand.class,
      VacuumCommand.class,
      RestoreCommand.class,
      RebuildCommand.class,
      AlterCommand.class,
      ExpireCommand.class,
      EraseCommand.class,
    })
final class TableCommand {

  private static final Pattern DESCRIBING =
      Pattern.compile("(?i)^\\s*(describe|desc|show|explain|pragma|summarize)\\b");

  private static final List<String> LOOKING = List.of("ls", "show", "history", "sql", "audit");

  @ParentCommand private Millrace millrace = new Millrace();

  /// Has the help tell what only looks before what changes something.
  static void looksFirst(CommandLine table) {
    table
        .getHelpSectionMap()
        .put(
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            help -> {
              Map<String, CommandLine.Help> ordered = new LinkedHashMap<>();
              LOOKING.forEach(
                  name ->
                      Optional.ofNullable(help.subcommands().get(name))
                          .ifPresent(each -> ordered.put(name, each)));
              help.subcommands().forEach(ordered::putIfAbsent);
              return help.commandList(ordered);
            });
  }

  Millrace millrace() {
    return millrace;
  }

  LakeSession lakes(PipelineOption pipeline) {
    return LakeSession.open(millrace, pipeline.name());
  }

  CareRun care(PipelineOption pipeline, ChangeOptions options) {
    return new CareRun(millrace, pipeline.name(), options);
  }

  @Command(name = "ls", description = "Tables with their rows, size, files and version.")
  int ls(@Mixin PipelineOption pipeline) {
    try (LakeSession lakes = lakes(pipeline)) {
      Lake lake = lakes.lake();
      List<Map<String, Object>> rows = new ArrayList<>();
      boolean sound = true;
      for (TableName name : lake.tables()) {
        try {
          lake.find(name).ifPresent(table -> rows.add(summary(table)));
        } catch (MillraceException broken) {
          sound = false;
          rows.add(broken(name, broken));
        }
      }
      millrace.output().table("tables", rows);
      return sound ? 0 : 1;
    }
  }

  @Command(name = "show", description = "One table: its columns, version and size.")
  int show(
      @Parameters(paramLabel = "T", description = "Table, for example silver.readings.")
          String name,
      @Mixin PipelineOption pipeline) {
    try (LakeSession lakes = lakes(pipeline)) {
      LakeTable table = lakes.table(name);
      Map<String, Object> object = new LinkedHashMap<>(summary(table));
      object.put("partition", table.partition().orElse(""));
      object.put(
          "kept",
          lakes
              .pipeline()
              .retentionOf(table.name())
              .map(retention -> retention.toDays() + " days")
              .orElse("for ever"));
      List<String> lines = new ArrayList<>();
      object.forEach((key, value) -> lines.add("%-10s %s".formatted(key, value)));
      List<String> columns = table.schema().columns().stream().map(Object::toString).toList();
      columns.forEach(column -> lines.add("  " + column));
      object.put("columns", columns);
      millrace.output().result(object, lines);
      return 0;
    }
  }

  @Command(
      name = "history",
      description = "The table's versions, newest first, with what each did to files and rows.")
  int history(
      @Parameters(paramLabel = "T", description = "Table, for example silver.readings.")
          String name,
      @Mixin PipelineOption pipeline,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "At most N versions (default: ${DEFAULT-VALUE}).")
          int limit) {
    var _ = Given.atLeastOne("--limit", limit);
    try (LakeSession lakes = lakes(pipeline)) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (LakeVersion version : lakes.table(name).history(limit)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("version", version.version());
        row.put("committed", version.committedAt().toString());
        row.put("operation", version.operation());
        row.put("files_added", number(version, LakeVersion.Effect::filesAdded));
        row.put("files_removed", number(version, LakeVersion.Effect::filesRemoved));
        row.put("rows_added", number(version, LakeVersion.Effect::rowsAdded));
        row.put("rows_removed", number(version, LakeVersion.Effect::rowsRemoved));
        row.put("engine", version.engine());
        rows.add(row);
      }
      millrace.output().table("versions", rows);
      return 0;
    }
  }

  private static Object number(
      LakeVersion version, java.util.function.ToLongFunction<LakeVersion.Effect> of) {
    return version.effect().<Object>map(of::applyAsLong).orElse("");
  }

  @Command(
      name = "sql",
      description = {
        "Run a query over the tables of all pipelines; nothing else can be read, and nothing changed.",
        "A table stands under its name with _ for the dot, silver_readings; one of another pipeline",
        "as my_pipeline.silver_readings. An earlier version is silver_readings VERSION AS OF 12, or",
        "TIMESTAMP AS OF '2026-03-01T12:00:00Z'; name its columns through an alias."
      })
  int sql(
      @Parameters(paramLabel = "SQL", description = "A SELECT in DuckDB's SQL.") String sql,
      @Mixin PipelineOption pipeline,
      @Option(
              names = "--at",
              paramLabel = "T",
              description = "Read every table as it was at T: 2026-03-01 or 2026-03-01T12:00:00Z.")
          Optional<Instant> at) {
    if (DESCRIBING.matcher(sql).find()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "'" + sql.strip() + "' is no SELECT",
          "'millrace table ls' lists the tables, 'millrace table show silver.readings' one's columns");
    }
    try (LakeSession lakes = lakes(pipeline)) {
      List<Map<String, Object>> rows =
          lakes.questions(at).rows(sql).stream().map(TableCommand::printable).toList();
      millrace.output().table("rows", rows);
      return 0;
    }
  }

  @Command(
      name = "audit",
      description = "What was done to tables of this home, by whom, newest last.")
  int audit() {
    millrace
        .output()
        .table(
            "records",
            new AuditTrail(millrace.home().audit()).records().stream().map(CareText::row).toList());
    return 0;
  }

  static Map<String, Object> printable(Map<String, Object> row) {
    Map<String, Object> printable = new LinkedHashMap<>();
    row.forEach((column, value) -> printable.put(column, NestedValue.plain(value)));
    return printable;
  }

  private static Map<String, Object> broken(TableName name, MillraceException fault) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("table", name.toString());
    row.put("fault", fault.what());
    row.put("remedy", fault.remedy());
    return row;
  }

  private static Map<String, Object> summary(LakeTable table) {
    LakeSnapshot snapshot = table.snapshot();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("table", table.name().toString());
    row.put("rows", snapshot.rows());
    row.put("bytes", snapshot.bytes());
    row.put("files", snapshot.files().size());
    row.put("version", snapshot.version());
    row.put("committed", snapshot.committedAt().toString());
    return row;
  }
}
