package dev.millrace.engine.warehouse.postgres;

import static dev.millrace.engine.warehouse.postgres.PostgresNames.names;
import static dev.millrace.engine.warehouse.postgres.PostgresNames.quoted;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.warehouse.LoadPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Carries out the plan for one table within the transaction of its connection.
final class LoadTable {

  private static final int PROGRESS_ROWS = 4096;

  private final Connection connection;
  private final SqlEngine engine;
  private final Progress progress;
  private final WarehouseTable definition;
  private final String target;
  private final Schema schema;

  /// @param target quoted, with its schema
  LoadTable(
      Connection connection,
      SqlEngine engine,
      Progress progress,
      WarehouseTable definition,
      String target,
      Schema schema) {
    this.connection = connection;
    this.engine = engine;
    this.progress = progress;
    this.definition = definition;
    this.target = target;
    this.schema = schema;
  }

  /// What was done.
  record Done(long written, long deleted) {}

  Done carryOut(LoadPlan plan) throws SQLException {
    return switch (plan) {
      case LoadPlan.Nothing _ -> new Done(0, 0);
      case LoadPlan.Replace replace -> replace(replace);
      case LoadPlan.MergeRows merge -> new Done(merge(merge.read()), 0);
    };
  }

  /// Rows go straight into the table: the transaction already is what a staging table would be for.
  private Done replace(LoadPlan.Replace plan) throws SQLException {
    String partition =
        switch (definition) {
          case WarehouseTable.ReplacePartitions r -> quoted(r.partition());
          case WarehouseTable.Merge _ ->
              throw new IllegalStateException("a merged table has no partitions");
        };
    long deleted;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM %s WHERE %s = ANY (?) OR (? AND %s IS NULL)"
                .formatted(target, partition, partition))) {
      LocalDate[] dates =
          plan.partitions().stream().flatMap(Optional::stream).toArray(LocalDate[]::new);
      statement.setArray(1, connection.createArrayOf("date", dates));
      statement.setBoolean(2, plan.partitions().contains(Optional.<LocalDate>empty()));
      deleted = statement.executeUpdate();
    }
    return new Done(copy(target, plan.read()), deleted);
  }

  private long merge(List<LakeFile> files) throws SQLException {
    String staging = "pg_temp." + quoted("staging_" + definition.target());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMP TABLE %s ON COMMIT DROP AS SELECT %s FROM %s WITH NO DATA"
              .formatted(staging, quoted(names(schema.columns())), target));
      copy(staging, files);
      return statement.executeUpdate(mergeSql(staging));
    }
  }

  private String mergeSql(String staging) {
    List<String> all = names(schema.columns());
    List<String> others = all.stream().filter(name -> !definition.key().contains(name)).toList();
    String matched =
        others.isEmpty()
            ? "DO NOTHING"
            : "UPDATE SET "
                + others.stream()
                    .map(name -> quoted(name) + " = s." + quoted(name))
                    .collect(Collectors.joining(", "));
    return """
    MERGE INTO %s AS t USING %s AS s ON %s
    WHEN MATCHED THEN %s
    WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)
    """
        .formatted(
            target,
            staging,
            definition.key().stream()
                .map(name -> "t.%s = s.%s".formatted(quoted(name), quoted(name)))
                .collect(Collectors.joining(" AND ")),
            matched,
            quoted(all),
            all.stream().map(name -> "s." + quoted(name)).collect(Collectors.joining(", ")));
  }

  private long copy(String into, List<LakeFile> files) throws SQLException {
    if (files.isEmpty()) {
      return 0;
    }
    long total = files.stream().mapToLong(LakeFile::rows).sum();
    String what = definition.target();
    progress.report(what, 0, total);
    try (SqlSession session = engine.session();
        CancelWatch _ = CancelWatch.over(session, progress, what);
        BinaryCopy copy = new BinaryCopy(connection, into, schema)) {
      session.view("load_source", schema, files);
      long[] done = {0};
      session.forEachRow(
          "SELECT * FROM load_source",
          row -> {
            try {
              copy.row(row);
            } catch (SQLException e) {
              throw WarehouseErrors.loading(what, e);
            }
            if (++done[0] % PROGRESS_ROWS == 0) {
              if (progress.cancelled()) {
                throw WarehouseErrors.cancelled();
              }
              progress.report(what, done[0], total);
            }
          });
      return copy.finish();
    }
  }
}
