package dev.millrace.engine.control;

import static dev.millrace.engine.control.ControlSql.query;
import static dev.millrace.engine.control.ControlSql.update;

import java.time.InstantSource;
import java.util.Optional;

/// Small facts about the installation, each a name and a value. Any thread may call; durable when a
/// call returns.
public final class Settings {

  private final ControlSql sql;
  private final InstantSource clock;

  Settings(ControlSql sql, InstantSource clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /// The value under the name.
  public Optional<String> find(String name) {
    return sql.transaction(
        "while reading " + name,
        connection ->
            query(
                    connection,
                    "SELECT value FROM millrace.setting WHERE name = ?",
                    row -> row.getString(1),
                    name)
                .stream()
                .findFirst());
  }

  /// Puts a value under the name, in place of an earlier one.
  public void put(String name, String value) {
    sql.transaction(
        "while keeping " + name,
        connection ->
            update(
                connection,
                """
                INSERT INTO millrace.setting (name, value, changed_at) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE
                SET value = excluded.value, changed_at = excluded.changed_at
                """,
                name,
                value,
                clock.instant()));
  }

  /// Forgets the name; nothing happens when it is unknown.
  public void remove(String name) {
    sql.transaction(
        "while removing " + name,
        connection -> update(connection, "DELETE FROM millrace.setting WHERE name = ?", name));
  }

  /// Whether data of the demo is in the pipeline's tables.
  public boolean demo(String pipeline) {
    return find(demoName(pipeline)).isPresent();
  }

  /// Notes that data of the demo is in the pipeline's tables; it stays noted for good.
  public void markDemo(String pipeline) {
    put(demoName(pipeline), "true");
  }

  private static String demoName(String pipeline) {
    return "demo." + pipeline;
  }
}
