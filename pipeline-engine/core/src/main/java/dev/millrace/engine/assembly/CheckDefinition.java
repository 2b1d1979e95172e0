package dev.millrace.engine.assembly;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.quality.ReadSuite;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.CheckReach;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Checks what a definition's reader cannot: that the suites are suites, and that each SELECT runs
/// over empty tables and gives the columns its definition names.
public final class CheckDefinition {

  private CheckDefinition() {}

  /// @throws ProblemsException with every fault found
  public static void of(Pipeline pipeline) {
    List<Problem> problems = new ArrayList<>();
    pipeline
        .suites()
        .values()
        .forEach(
            suite -> {
              try {
                var _ = ReadSuite.of(suite);
              } catch (ProblemsException e) {
                problems.addAll(e.problems());
              }
            });
    Path scratch = scratch();
    try (DuckDbEngine engine = new DuckDbEngine(scratch, 256L << 20, 1);
        SqlSession session = engine.session()) {
      session.values("ranges", BuildTable.RANGES, List.of());
      Map<TableName, Schema> schemas = new HashMap<>();
      for (Feed feed : pipeline.feeds()) {
        schemas.put(feed.bronze(), feed.bronzeSchema());
        session.view(BuildTable.viewName(feed.bronze()), feed.bronzeSchema(), List.of());
      }
      pipeline.tables().forEach(table -> check(pipeline, table, session, schemas, problems));
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException("The definition of " + pipeline.name(), problems);
    }
  }

  private static void check(
      Pipeline pipeline,
      DerivedTable table,
      SqlSession session,
      Map<TableName, Schema> schemas,
      List<Problem> problems) {
    try {
      Schema schema = BuildTable.schema(pipeline, table, session);
      List<String> missing = new ArrayList<>(table.key());
      table.partition().ifPresent(missing::add);
      missing.removeIf(column -> schema.column(column).isPresent());
      if (!missing.isEmpty()) {
        problems.add(
            new Problem(
                table.sqlFile(),
                0,
                "gives no column "
                    + String.join(", ", missing)
                    + ", which "
                    + table.name()
                    + " names",
                "select it, or change the key or the partition"));
      }
      schemas.put(table.name(), schema);
      CheckReach.faults(table, name -> schemas.getOrDefault(name, schema), schema)
          .forEach(
              fault ->
                  problems.add(
                      new Problem(
                          pipeline.source(),
                          0,
                          "`tables." + table.name() + "` " + fault,
                          "name another column, or leave lookback and window out")));
      session.view(BuildTable.viewName(table.name()), schema, List.of());
    } catch (MillraceException e) {
      problems.add(new Problem(table.sqlFile(), 0, e.what().replace('\n', ' '), e.remedy()));
    }
  }

  private static Path scratch() {
    try {
      Path folder = Files.createTempDirectory("millrace-check");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
