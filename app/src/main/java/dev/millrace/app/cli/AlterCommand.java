package dev.millrace.app.cli;

import dev.millrace.engine.care.CareOrder.Evolve;
import dev.millrace.engine.care.SchemaChange;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace table alter T`: other columns.
@Command(
    name = "alter",
    description = {
      "Change a table's columns in one commit.",
      "A wider type or another name writes all files anew; earlier versions keep theirs."
    })
final class AlterCommand implements Callable<Integer> {

  @ParentCommand private TableCommand parent = new TableCommand();

  @Parameters(paramLabel = "T", description = "Table, for example bronze.sensor_events.")
  private String table = "";

  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Option(
      names = "--add",
      paramLabel = "NAME=TYPE",
      description = "Add a column that may be null, for example battery=double.")
  private Map<String, String> add = new TreeMap<>();

  @Option(
      names = "--widen",
      paramLabel = "NAME=TYPE",
      description = "Give a column a type that holds all of its values: int to bigint or double.")
  private Map<String, String> widen = new TreeMap<>();

  @Option(names = "--rename", paramLabel = "OLD=NEW", description = "Rename a column.")
  private Map<String, String> rename = new TreeMap<>();

  @Option(
      names = "--nullable",
      paramLabel = "NAME",
      description = "Let a column be null from now on.")
  private List<String> nullable = List.of();

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  public Integer call() {
    List<SchemaChange> changes = new ArrayList<>();
    add.forEach((name, type) -> changes.add(new SchemaChange.Add(name, type(type))));
    widen.forEach((name, type) -> changes.add(new SchemaChange.Widen(name, type(type))));
    rename.forEach((from, to) -> changes.add(new SchemaChange.Rename(from, to)));
    nullable.forEach(name -> changes.add(new SchemaChange.Relax(name)));
    return parent
        .care(pipeline, options)
        .agreed(new Evolve(TableNames.parse(table), changes), "Change them?");
  }

  private static ColumnType type(String text) {
    return ColumnType.named(text)
        .orElseThrow(
            () ->
                new MillraceException(
                    ErrorCode.USAGE,
                    "'" + text + "' is no type of a column",
                    "write string, boolean, int, bigint, double, timestamp, date or binary"));
  }
}
