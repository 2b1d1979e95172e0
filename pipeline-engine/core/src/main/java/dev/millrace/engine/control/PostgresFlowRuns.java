package dev.millrace.engine.control;

import static dev.millrace.engine.control.ControlSql.query;
import static dev.millrace.engine.control.ControlSql.update;

import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.engine.flow.FlowRuns;
import dev.millrace.engine.flow.RunState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Runs of flows in the control database.
final class PostgresFlowRuns implements FlowRuns {

  private final ControlSql sql;
  private final ProcessMark process;
  private final Map<Long, GivenUp> givenUp = new ConcurrentHashMap<>();

  private record GivenUp(Instant at, String message) {}

  PostgresFlowRuns(ControlSql sql, ProcessMark process) {
    this.sql = sql;
    this.process = process;
  }

  @Override
  public long begin(String pipeline, String flow, List<String> steps, Instant at) {
    return sql.transaction(
        "while opening a run",
        connection -> {
          long run =
              query(
                      connection,
                      """
                      INSERT INTO millrace.flow_run (pipeline, flow, owner, state, started_at)
                      VALUES (?, ?, ?, 'RUNNING', ?) RETURNING id
                      """,
                      row -> row.getLong(1),
                      pipeline,
                      flow,
                      process.number(),
                      at)
                  .getFirst();
          for (int i = 0; i < steps.size(); i++) {
            update(
                connection,
                """
                INSERT INTO millrace.flow_step (run, position, step, state)
                VALUES (?, ?, ?, 'QUEUED')
                """,
                run,
                i,
                steps.get(i));
          }
          return run;
        });
  }

  @Override
  public void stepStarted(long run, int step, Instant at) {
    changeStep(
        run,
        """
        UPDATE millrace.flow_step SET state = 'RUNNING', started_at = ?
        WHERE run = ? AND position = ?
        """,
        at,
        run,
        step);
  }

  @Override
  public void stepFinished(
      long run, int step, RunState state, Instant at, long rows, String message) {
    changeStep(
        run,
        """
        UPDATE millrace.flow_step SET state = ?, finished_at = ?, rows = ?, message = ?
        WHERE run = ? AND position = ?
        """,
        state.name(),
        at,
        rows,
        message,
        run,
        step);
  }

  private void changeStep(long run, String update, Object... values) {
    boolean changed =
        sql.transaction(
            "while keeping a step of run " + run,
            connection -> open(connection, run) && update(connection, update, values) == 1);
    if (!changed) {
      throw ControlErrors.runNotOpen(run);
    }
  }

  @Override
  public void finish(long run, RunState state, Instant at, String message) {
    boolean changed =
        sql.transaction(
            "while ending run " + run,
            connection -> {
              if (!open(connection, run)) {
                return false;
              }
              close(connection, run, state, at, message);
              return true;
            });
    if (!changed) {
      throw ControlErrors.runNotOpen(run);
    }
  }

  /// Holds the run's row against every other process until the transaction ends.
  private static boolean open(Connection connection, long run) throws SQLException {
    return !query(
            connection,
            "SELECT 1 FROM millrace.flow_run WHERE id = ? AND finished_at IS NULL FOR UPDATE",
            row -> row.getInt(1),
            run)
        .isEmpty();
  }

  private static void close(
      Connection connection, long run, RunState state, Instant at, String message)
      throws SQLException {
    update(
        connection,
        "UPDATE millrace.flow_run SET state = ?, finished_at = ?, message = ? WHERE id = ?",
        state.name(),
        at,
        message,
        run);
    update(
        connection,
        "UPDATE millrace.flow_step SET state = 'SKIPPED' WHERE run = ? AND state = 'QUEUED'",
        run);
  }

  @Override
  public void giveUp(long run, Instant at, String message) {
    givenUp.put(run, new GivenUp(at, message));
  }

  private void settleGivenUp() {
    for (Map.Entry<Long, GivenUp> each : List.copyOf(givenUp.entrySet())) {
      long run = each.getKey();
      GivenUp why = each.getValue();
      Long _ =
          sql.transaction(
              "while giving up run " + run,
              connection -> {
                if (open(connection, run)) {
                  fail(connection, run, why.at(), why.message());
                }
                return run;
              });
      givenUp.remove(run);
    }
  }

  /// The run's row is held.
  private static void fail(Connection connection, long run, Instant at, String message)
      throws SQLException {
    update(
        connection,
        """
        UPDATE millrace.flow_step SET state = 'FAILED', finished_at = ?, message = ?
        WHERE run = ? AND state = 'RUNNING'
        """,
        at,
        message,
        run);
    close(connection, run, RunState.FAILED, at, message);
  }

  @Override
  public List<Long> failAbandoned(Instant at) {
    return sql.transaction(
        "while looking for abandoned runs",
        connection -> {
          List<Long> abandoned =
              query(
                  connection,
                  """
                  SELECT id FROM millrace.flow_run AS run
                  WHERE finished_at IS NULL AND owner <> ?
                    AND NOT EXISTS (
                      SELECT 1 FROM pg_locks
                      WHERE locktype = 'advisory' AND granted AND objsubid = 2
                        AND database =
                          (SELECT oid FROM pg_database WHERE datname = current_database())
                        AND classid = ?::bigint::oid AND objid = run.owner::bigint::oid)
                  ORDER BY id
                  FOR UPDATE SKIP LOCKED
                  """,
                  row -> row.getLong(1),
                  process.number(),
                  ProcessMark.LOCK_CLASS);
          for (long run : abandoned) {
            fail(connection, run, at, PROCESS_ENDED);
          }
          return abandoned;
        });
  }

  @Override
  public Optional<FlowRun> find(long run) {
    settleGivenUp();
    return read("WHERE id = ?", run).stream().findFirst();
  }

  @Override
  public List<FlowRun> recent(String pipeline, int limit) {
    settleGivenUp();
    return read("WHERE pipeline = ? ORDER BY id DESC LIMIT ?", pipeline, limit);
  }

  private List<FlowRun> read(String which, Object... values) {
    List<StepRow> rows =
        sql.transaction(
            "while reading runs",
            connection ->
                query(
                    connection,
                    """
                    SELECT run.*, step.position, step.step, step.state AS step_state,
                      step.started_at AS step_started_at, step.finished_at AS step_finished_at,
                      step.rows AS step_rows, step.message AS step_message
                    FROM (SELECT * FROM millrace.flow_run %s) AS run
                    LEFT JOIN millrace.flow_step AS step ON step.run = run.id
                    ORDER BY run.id DESC, step.position
                    """
                        .formatted(which),
                    PostgresFlowRuns::row,
                    values));
    Map<Long, List<StepRow>> byRun = new LinkedHashMap<>();
    for (StepRow row : rows) {
      byRun.computeIfAbsent(row.run().id(), _ -> new ArrayList<>()).add(row);
    }
    return byRun.values().stream().map(PostgresFlowRuns::run).toList();
  }

  /// A run without its steps, and one of them; empty for a run without any.
  private record StepRow(FlowRun run, Optional<StepRun> step) {}

  private static FlowRun run(List<StepRow> rows) {
    FlowRun run = rows.getFirst().run();
    return new FlowRun(
        run.id(),
        run.pipeline(),
        run.flow(),
        run.state(),
        run.startedAt(),
        run.finishedAt(),
        run.message(),
        rows.stream().flatMap(row -> row.step().stream()).toList());
  }

  private static StepRow row(ResultSet row) throws SQLException {
    FlowRun run =
        new FlowRun(
            row.getLong("id"),
            row.getString("pipeline"),
            row.getString("flow"),
            RunState.valueOf(row.getString("state")),
            ControlSql.instant(row, "started_at"),
            ControlSql.optionalInstant(row, "finished_at"),
            row.getString("message"),
            List.of());
    if (row.getObject("position") == null) {
      return new StepRow(run, Optional.empty());
    }
    return new StepRow(
        run,
        Optional.of(
            new StepRun(
                row.getString("step"),
                RunState.valueOf(row.getString("step_state")),
                ControlSql.optionalInstant(row, "step_started_at"),
                ControlSql.optionalInstant(row, "step_finished_at"),
                row.getLong("step_rows"),
                row.getString("step_message"))));
  }
}
