package dev.millrace.app.cli;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.transform.SqlSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace table ls|show|history|sql`: the lake's tables. Needs no services.
@Command(name = "table", description = "Look into the lake's tables.")
final class TableCommand {

  private static final String DEFAULT_PIPELINE = "building-sensors";

  @ParentCommand private Millrace millrace;

  @Command(name = "ls", description = "Tables with their rows, size, files and version.")
  int ls(
      @Option(
              names = "--pipeline",
              paramLabel = "P",
              defaultValue = DEFAULT_PIPELINE,
              description = "Name of the pipeline (default: ${DEFAULT-VALUE}).")
          String pipeline) {
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      Lake lake = lakes.lake();
      List<Map<String, Object>> rows = new ArrayList<>();
      for (TableName name : lake.tables()) {
        lake.find(name).ifPresent(table -> rows.add(summary(table)));
      }
      millrace.output().table("tables", rows);
      return 0;
    }
  }

  @Command(name = "show", description = "One table: its columns, version and size.")
  int show(
      @Parameters(paramLabel = "T", description = "Table, for example silver.readings.")
          String name,
      @Option(
              names = "--pipeline",
              paramLabel = "P",
              defaultValue = DEFAULT_PIPELINE,
              description = "Name of the pipeline (default: ${DEFAULT-VALUE}).")
          String pipeline) {
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      LakeTable table = table(lakes.lake(), name);
      Map<String, Object> object = new LinkedHashMap<>(summary(table));
      List<String> lines = new ArrayList<>();
      object.forEach((key, value) -> lines.add("%-10s %s".formatted(key, value)));
      List<String> columns = table.schema().columns().stream().map(Object::toString).toList();
      columns.forEach(column -> lines.add("  " + column));
      object.put("columns", columns);
      millrace.output().result(object, lines);
      return 0;
    }
  }

  @Command(name = "history", description = "The table's versions, newest first.")
  int history(
      @Parameters(paramLabel = "T", description = "Table, for example silver.readings.")
          String name,
      @Option(
              names = "--pipeline",
              paramLabel = "P",
              defaultValue = DEFAULT_PIPELINE,
              description = "Name of the pipeline (default: ${DEFAULT-VALUE}).")
          String pipeline,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "At most N versions (default: ${DEFAULT-VALUE}).")
          int limit) {
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (LakeVersion version : table(lakes.lake(), name).history(limit)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("version", version.version());
        row.put("committed", version.committedAt().toString());
        row.put("operation", version.operation());
        row.put("engine", version.engine());
        rows.add(row);
      }
      millrace.output().table("versions", rows);
      return 0;
    }
  }

  @Command(
      name = "sql",
      description = {
        "Run a query over the newest versions of the pipeline's tables.",
        "A table stands under its name with _ for the dot: silver_readings."
      })
  int sql(
      @Parameters(paramLabel = "SQL", description = "A SELECT in DuckDB's SQL.") String sql,
      @Option(
              names = "--pipeline",
              paramLabel = "P",
              defaultValue = DEFAULT_PIPELINE,
              description = "Name of the pipeline (default: ${DEFAULT-VALUE}).")
          String pipeline) {
    try (LakeSession lakes = LakeSession.open(millrace, pipeline);
        SqlSession session = lakes.sqlWithViewsOf(sql)) {
      List<Map<String, Object>> rows =
          session.rows(select(sql, session)).stream().map(TableCommand::printable).toList();
      millrace.output().table("rows", rows);
      return 0;
    }
  }

  /// The text as one SELECT: only what can stand as a view is run, so that looking changes nothing.
  private static String select(String sql, SqlSession session) {
    String one = sql.strip();
    while (one.endsWith(";")) {
      one = one.substring(0, one.length() - 1).strip();
    }
    if (one.contains(";")) {
      throw new MillraceException(
          ErrorCode.USAGE, "The text holds several statements", "write one SELECT");
    }
    session.query("answer", one);
    return one;
  }

  private static Map<String, Object> printable(Map<String, Object> row) {
    Map<String, Object> printable = new LinkedHashMap<>();
    row.forEach(
        (column, value) ->
            printable.put(
                column,
                switch (value) {
                  case null -> null;
                  case Number number -> number;
                  case Boolean truth -> truth;
                  case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
                  default -> value.toString();
                }));
    return printable;
  }

  private static LakeTable table(Lake lake, String text) {
    TableName name =
        TableName.parse(text)
            .orElseThrow(
                () ->
                    new MillraceException(
                        ErrorCode.USAGE,
                        "'" + text + "' names no table",
                        "write layer.name, for example silver.readings"));
    return lake.find(name)
        .orElseThrow(
            () ->
                new MillraceException(
                    ErrorCode.USAGE,
                    "There is no table " + name + " yet",
                    "'millrace table ls' lists those there are"));
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
