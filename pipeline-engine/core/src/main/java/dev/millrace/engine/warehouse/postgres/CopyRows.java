package dev.millrace.engine.warehouse.postgres;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.names;
import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.warehouse.LoadPlan;
import dev.millrace.engine.warehouse.jdbc.CopyFailed;
import dev.millrace.engine.warehouse.jdbc.RowLoader;
import dev.millrace.engine.warehouse.jdbc.WarehouseErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Streams rows into PostgreSQL's tables by COPY, within the transaction of its connection.
final class CopyRows implements RowLoader {

  private static final int PROGRESS_ROWS = 4096;

  private final Connection connection;
  private final SqlEngine engine;
  private final Progress progress;

  CopyRows(Connection connection, SqlEngine engine, Progress progress) {
    this.connection = connection;
    this.engine = engine;
    this.progress = progress;
  }

  /// Rows go straight into the table: the transaction already is what a staging table would be for.
  @Override
  public Done replace(Target target, String partition, LoadPlan.Replace plan) throws SQLException {
    long deleted;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM %s WHERE %s = ANY (?) OR (? AND %s IS NULL)"
                .formatted(target.name(), quoted(partition), quoted(partition)))) {
      LocalDate[] dates =
          plan.partitions().stream().flatMap(Optional::stream).toArray(LocalDate[]::new);
      statement.setArray(1, connection.createArrayOf("date", dates));
      statement.setBoolean(2, plan.partitions().contains(Optional.<LocalDate>empty()));
      deleted = statement.executeUpdate();
    }
    return new Done(copy(target, target.name(), plan.read()), deleted);
  }

  @Override
  public Done merge(Target target, LoadPlan.MergeRows plan) throws SQLException {
    String staging = "pg_temp." + quoted("staging_" + target.table().target());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMP TABLE %s ON COMMIT DROP AS SELECT %s FROM %s WITH NO DATA"
              .formatted(staging, quoted(names(target.schema().columns())), target.name()));
      copy(target, staging, plan.read());
      return new Done(statement.executeUpdate(mergeSql(target, staging)), 0);
    }
  }

  private static String mergeSql(Target target, String staging) {
    List<String> key = target.table().key();
    List<String> all = names(target.schema().columns());
    List<String> others = all.stream().filter(name -> !key.contains(name)).toList();
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
            target.name(),
            staging,
            key.stream()
                .map(name -> "t.%s = s.%s".formatted(quoted(name), quoted(name)))
                .collect(Collectors.joining(" AND ")),
            matched,
            quoted(all),
            all.stream().map(name -> "s." + quoted(name)).collect(Collectors.joining(", ")));
  }

  private long copy(Target target, String into, List<LakeFile> files) throws SQLException {
    if (files.isEmpty()) {
      return 0;
    }
    long total = files.stream().mapToLong(LakeFile::rows).sum();
    String what = target.table().target();
    progress.report(what, 0, total);
    try (SqlSession session = engine.session();
        CancelWatch _ = CancelWatch.over(session, progress, what);
        BinaryCopy copy = new BinaryCopy(connection, into, target.schema())) {
      session.view("load_source", target.schema(), files);
      long[] done = {0};
      session.forEachRow(
          "SELECT * FROM load_source",
          row -> {
            try {
              copy.row(row);
            } catch (SQLException e) {
              throw new CopyFailed(e);
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
