package dev.millrace.engine.warehouse.redshift;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.names;
import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;
import static dev.millrace.engine.warehouse.jdbc.SqlNames.text;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.warehouse.LoadArea;
import dev.millrace.engine.warehouse.LoadPlan;
import dev.millrace.engine.warehouse.jdbc.CancelStatement;
import dev.millrace.engine.warehouse.jdbc.RowLoader;
import dev.millrace.engine.warehouse.jdbc.WarehouseErrors;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Has Redshift read the files of a manifest into a staging table, and brings the rows from there
/// into the table, within the transaction of its connection.
final class CopyByManifest implements RowLoader {

  private final Connection connection;
  private final String role;
  private final LoadArea area;
  private final Preflight preflight;
  private final SqlEngine engine;
  private final Progress progress;
  private LoadArea.@Nullable Stage stage;
  private boolean checked;

  CopyByManifest(
      Connection connection,
      String role,
      LoadArea area,
      Preflight preflight,
      SqlEngine engine,
      Progress progress) {
    this.connection = connection;
    this.role = role;
    this.area = area;
    this.preflight = preflight;
    this.engine = engine;
    this.progress = progress;
  }

  /// A text column is made wider outside of the transaction, where Redshift lets no one do so.
  @Override
  public Map<String, Integer> prepare(
      Target target, Map<String, String> standing, List<LakeFile> files) throws SQLException {
    if (!files.isEmpty() && !checked) {
      area.check();
      checked = true;
    }
    Map<String, Integer> lengths = preflight.check(target, files, engine, progress);
    try (Statement statement = connection.createStatement()) {
      for (Map.Entry<String, Integer> needed : lengths.entrySet()) {
        String type = standing.getOrDefault(needed.getKey(), "");
        if (needed.getValue() > RedshiftTypes.length(type).orElse(RedshiftTypes.LONGEST)) {
          statement.execute(
              "ALTER TABLE %s ALTER COLUMN %s TYPE varchar(%d)"
                  .formatted(
                      target.name(),
                      quoted(needed.getKey()),
                      RedshiftTypes.declaredLength(needed.getValue())));
        }
      }
    }
    return lengths;
  }

  @Override
  public Done replace(Target target, String partition, LoadPlan.Replace plan) throws SQLException {
    String staging = stage(target, plan.read());
    checkKeys(target, staging);
    try (Statement statement = connection.createStatement()) {
      long deleted = 0;
      if (!plan.partitions().isEmpty()) {
        deleted =
            run(statement, "DELETE FROM " + target.name() + " WHERE " + within(partition, plan));
      }
      String columns = quoted(names(target.schema().columns()));
      long written =
          plan.read().isEmpty()
              ? 0
              : run(
                  statement,
                  "INSERT INTO %s (%s) SELECT %s FROM %s"
                      .formatted(target.name(), columns, columns, staging));
      statement.execute("DROP TABLE " + staging);
      return new Done(written, deleted);
    }
  }

  private static String within(String partition, LoadPlan.Replace plan) {
    List<String> conditions = new ArrayList<>();
    String dates =
        plan.partitions().stream()
            .flatMap(Optional::stream)
            .sorted()
            .map((LocalDate date) -> "'" + date + "'")
            .collect(Collectors.joining(", "));
    if (!dates.isEmpty()) {
      conditions.add(quoted(partition) + " IN (" + dates + ")");
    }
    if (plan.partitions().contains(Optional.<LocalDate>empty())) {
      conditions.add(quoted(partition) + " IS NULL");
    }
    return String.join(" OR ", conditions);
  }

  @Override
  public Done merge(Target target, LoadPlan.MergeRows plan) throws SQLException {
    String staging = stage(target, plan.read());
    checkKeys(target, staging);
    try (Statement statement = connection.createStatement()) {
      long rows = count(statement, "SELECT count(*) FROM " + staging);
      boolean _ = statement.execute(mergeSql(target, staging));
      statement.execute("DROP TABLE " + staging);
      return new Done(rows, 0);
    }
  }

  private static String mergeSql(Target target, String staging) {
    String table = quoted(target.table().target());
    List<String> key = target.table().key();
    List<String> all = names(target.schema().columns());
    List<String> others = all.stream().filter(name -> !key.contains(name)).toList();
    return """
    MERGE INTO %s USING %s AS s ON %s
    WHEN MATCHED THEN UPDATE SET %s
    WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)
    """
        .formatted(
            target.name(),
            staging,
            key.stream()
                .map(name -> "%s.%s = s.%s".formatted(table, quoted(name), quoted(name)))
                .collect(Collectors.joining(" AND ")),
            (others.isEmpty() ? key : others)
                .stream()
                    .map(name -> quoted(name) + " = s." + quoted(name))
                    .collect(Collectors.joining(", ")),
            quoted(all),
            all.stream().map(name -> "s." + quoted(name)).collect(Collectors.joining(", ")));
  }

  /// Makes the staging table, in the order of the files' columns, and fills it.
  private String stage(Target target, List<LakeFile> files) throws SQLException {
    String staging = quoted("staging_" + target.table().target());
    long total = files.stream().mapToLong(LakeFile::rows).sum();
    progress.report(target.table().target(), 0, total);
    Map<String, String> standing =
        RedshiftTypes.columns(connection, target.schemaName(), target.table().target());
    String columns =
        target.schema().columns().stream()
            .map(
                c ->
                    quoted(c.name())
                        + " "
                        + type(c, standing)
                        + (target.table().key().contains(c.name()) ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE " + staging + " (" + columns + ")");
      if (files.isEmpty()) {
        return staging;
      }
      LoadArea.Stage opened = opened();
      String manifest =
          opened.put(
              target.table().target() + ".manifest",
              Manifest.of(target.source(), files, opened).getBytes(StandardCharsets.UTF_8));
      checkCancelled();
      try (CancelStatement _ = CancelStatement.over(statement, progress)) {
        statement.execute(
            "COPY %s FROM %s IAM_ROLE %s FORMAT AS PARQUET MANIFEST"
                .formatted(
                    staging, text(manifest), role.equals("default") ? "default" : text(role)));
      }
      checkCancelled();
      long copied = count(statement, "SELECT pg_last_copy_count()");
      if (copied != total) {
        throw RedshiftErrors.otherCount(target.table().target(), copied, total);
      }
      progress.report(target.table().target(), total, total);
      return staging;
    }
  }

  /// The table's own, so that a text that fits there fits here.
  private static String type(Column column, Map<String, String> standing) {
    String own = standing.getOrDefault(column.name(), "");
    return RedshiftTypes.length(own).isPresent() ? own : RedshiftTypes.catalog(column.type());
  }

  /// Nothing keeps a key from coming twice but this.
  private void checkKeys(Target target, String staging) throws SQLException {
    String key = quoted(target.table().key());
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT %s FROM %s GROUP BY %s HAVING count(*) > 1 LIMIT 1"
                    .formatted(key, staging, key))) {
      if (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= target.table().key().size(); i++) {
          values.add(target.table().key().get(i - 1) + " = " + rows.getString(i));
        }
        throw RedshiftErrors.keyTwice(target.table().target(), String.join(", ", values));
      }
    }
  }

  private long run(Statement statement, String sql) throws SQLException {
    checkCancelled();
    try (CancelStatement _ = CancelStatement.over(statement, progress)) {
      return statement.executeLargeUpdate(sql);
    }
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void checkCancelled() {
    if (progress.cancelled()) {
      throw WarehouseErrors.cancelled();
    }
  }

  private LoadArea.Stage opened() {
    LoadArea.Stage standing = stage;
    if (standing != null) {
      return standing;
    }
    LoadArea.Stage made = area.open();
    stage = made;
    return made;
  }

  @Override
  public void close() {
    if (stage != null) {
      stage.close();
    }
  }
}
