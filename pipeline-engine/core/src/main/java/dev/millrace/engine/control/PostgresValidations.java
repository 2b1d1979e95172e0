package dev.millrace.engine.control;

import static dev.millrace.engine.control.ControlSql.query;
import static dev.millrace.engine.control.ControlSql.update;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ValidationRecord;
import dev.millrace.engine.quality.ValidationStore;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Validations in the control database.
final class PostgresValidations implements ValidationStore {

  private final ControlSql sql;

  PostgresValidations(ControlSql sql) {
    this.sql = sql;
  }

  @Override
  public void save(ValidationRecord validation) {
    sql.transaction(
        "while keeping a validation of " + validation.table(),
        connection -> {
          Array failing =
              connection.createArrayOf("text", validation.failing().toArray(String[]::new));
          return update(
              connection,
              """
              INSERT INTO millrace.validation (pipeline, table_name, suite, version, scope, run,
                success, worst, percent, passed, total, failing, result, validated_at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?)
              """,
              validation.pipeline(),
              validation.table().toString(),
              validation.suite(),
              validation.version(),
              validation.scope(),
              validation.run().orElse(null),
              validation.success(),
              validation.worst().jsonName(),
              validation.percent(),
              validation.passed(),
              validation.total(),
              failing,
              validation.json(),
              validation.validatedAt());
        });
  }

  @Override
  public Optional<ValidationRecord> latest(String pipeline, TableName table) {
    return history(pipeline, table, 1).stream().findFirst();
  }

  @Override
  public List<ValidationRecord> history(String pipeline, TableName table, int limit) {
    return sql.transaction(
        "while reading validations of " + table,
        connection ->
            query(
                connection,
                """
                SELECT * FROM millrace.validation WHERE pipeline = ? AND table_name = ?
                ORDER BY validated_at DESC, id DESC LIMIT ?
                """,
                PostgresValidations::validation,
                pipeline,
                table.toString(),
                limit));
  }

  @Override
  public List<ValidationRecord> between(String pipeline, Instant from, Instant until) {
    return sql.transaction(
        "while reading validations of " + pipeline,
        connection ->
            query(
                connection,
                """
                SELECT * FROM millrace.validation
                WHERE pipeline = ? AND validated_at >= ? AND validated_at < ?
                ORDER BY validated_at, id
                """,
                PostgresValidations::validation,
                pipeline,
                from,
                until));
  }

  @Override
  public List<ValidationRecord> ofRun(String pipeline, long run) {
    return sql.transaction(
        "while reading validations of run " + run,
        connection ->
            query(
                connection,
                """
                SELECT * FROM millrace.validation WHERE pipeline = ? AND run = ?
                ORDER BY validated_at, id
                """,
                PostgresValidations::validation,
                pipeline,
                run));
  }

  @Override
  public List<Long> runsNear(String pipeline, long run, int limit) {
    return sql
        .transaction(
            "while reading which runs validated tables of " + pipeline,
            connection ->
                query(
                    connection,
                    """
                    SELECT run FROM millrace.validation WHERE pipeline = ? AND run IS NOT NULL
                    GROUP BY run ORDER BY abs(run - ?), run DESC LIMIT ?
                    """,
                    row -> row.getLong(1),
                    pipeline,
                    run,
                    limit))
        .stream()
        .sorted()
        .toList();
  }

  @Override
  public List<LocalDate> daysNear(String pipeline, LocalDate day, int limit) {
    return sql
        .transaction(
            "while reading when tables of " + pipeline + " were validated",
            connection ->
                query(
                    connection,
                    """
                    SELECT day FROM (
                      SELECT DISTINCT CAST(validated_at AT TIME ZONE 'UTC' AS date) AS day
                      FROM millrace.validation WHERE pipeline = ?) AS days
                    ORDER BY abs(day - ?::date), day DESC LIMIT ?
                    """,
                    row -> row.getObject(1, LocalDate.class),
                    pipeline,
                    day.toString(),
                    limit))
        .stream()
        .sorted()
        .toList();
  }

  @Override
  public int eraseNaming(String pipeline, String text, Predicate<String> names) {
    return sql.transaction(
        "while deleting validations of " + pipeline,
        connection -> {
          int deleted = 0;
          for (Report report :
              query(
                  connection,
                  """
                  SELECT id, result FROM millrace.validation
                  WHERE pipeline = ? AND position(? in result::text) > 0
                  """,
                  row -> new Report(row.getLong("id"), row.getString("result")),
                  pipeline,
                  text)) {
            if (names.test(report.json())) {
              deleted +=
                  update(connection, "DELETE FROM millrace.validation WHERE id = ?", report.id());
            }
          }
          return deleted;
        });
  }

  private record Report(long id, String json) {}

  private static ValidationRecord validation(ResultSet row) throws SQLException {
    long run = row.getLong("run");
    boolean ofRun = !row.wasNull();
    return new ValidationRecord(
        row.getString("pipeline"),
        TableName.parse(row.getString("table_name")).orElseThrow(),
        row.getString("suite"),
        row.getLong("version"),
        row.getString("scope"),
        ofRun ? Optional.of(run) : Optional.empty(),
        row.getBoolean("success"),
        Consequence.named(row.getString("worst")).orElse(Consequence.RECORD),
        row.getDouble("percent"),
        row.getInt("passed"),
        row.getInt("total"),
        List.of((String[]) row.getArray("failing").getArray()),
        row.getString("result"),
        ControlSql.instant(row, "validated_at"));
  }
}
