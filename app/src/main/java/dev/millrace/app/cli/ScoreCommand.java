package dev.millrace.app.cli;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.simulator.BatchTimes;
import dev.millrace.simulator.Fleet;
import dev.millrace.simulator.FleetSettings;
import dev.millrace.simulator.Simulators;
import dev.millrace.simulator.TruthLog;
import dev.millrace.simulator.score.Score;
import dev.millrace.simulator.score.Scorer;
import dev.millrace.simulator.score.Truth;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace score PIPELINE`: anomalies found beside those the simulator made. Needs no services.
@Command(
    name = "score",
    description = {
      "Compare the anomalies that a table tells of with the truth the simulator wrote: precision,"
          + " recall, delay, by fault.",
      "Build the table first ('millrace run daily PIPELINE'). docs/simulator.md defines every measure."
    })
final class ScoreCommand implements Callable<Integer> {

  private static final String FLAG = "is_anomaly";
  private static final String REASON = "anomaly_reason";

  @ParentCommand private Millrace millrace;

  @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.")
  private String name = "";

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "The truth of the events (default: <home>/simulator/<pipeline>/truth.ndjson).")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--table",
      paramLabel = "T",
      description = "Table with the column is_anomaly (default: the first that has it).")
  private Optional<String> table = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Leave out what is earlier, in event time: 2026-03-01 or 2026-03-01T12:00:00Z.")
  private Optional<Instant> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "T",
      description = "Leave out what is at or after it, in event time.")
  private Optional<Instant> to = Optional.empty();

  @Override
  public Integer call() {
    Output output = millrace.output();
    Pipelines catalogue = new Pipelines(millrace.home());
    Pipeline pipeline = catalogue.find(name);
    FleetSettings settings =
        Simulators.settings(pipeline, catalogue.listed(pipeline.name()).folder());
    Feed feed = pipeline.feed(settings.feed()).orElseThrow();
    String entity =
        feed.roles()
            .entity()
            .orElseThrow(
                () ->
                    new MillraceException(
                        ErrorCode.USAGE,
                        "the feed " + feed.name() + " has no column with the role entity",
                        "give it one; readings are told apart by their sensor and time"));
    Truth.Window window =
        new Truth.Window(
            from.map(BatchTimes::micros).orElse(Truth.Window.ALL.from()),
            to.map(BatchTimes::micros).orElse(Truth.Window.ALL.to()));
    Path truthFile = file.orElseGet(() -> millrace.home().truth(name));
    Truth truth = Truth.read(truthFile, window);
    if (truth.unreadable() > 0) {
      output.progress(
          "%,d lines of %s are torn and left out".formatted(truth.unreadable(), truthFile));
    }
    List<String> sensors = Fleet.of(pipeline, settings, 0, TruthLog.none()).sensorNames();
    Scorer scorer = new Scorer(truth, sensors);
    TableName scored;
    try (LakeSession lakes = LakeSession.open(millrace, name)) {
      LakeTable found = table(lakes, entity, feed.roles().time());
      scored = found.name();
      output.progress(
          "Reading %s (%s)".formatted(scored, Count.of(found.snapshot().rows(), "row")));
      read(lakes, found, entity, feed.roles().time(), scorer);
    }
    Score score = scorer.score();
    new ScoreText(score, scored.toString(), truthFile.toString()).print(output);
    return 0;
  }

  private static void read(
      LakeSession lakes, LakeTable table, String entity, String time, Scorer scorer) {
    boolean hasReason = table.schema().column(REASON).isPresent();
    try (SqlSession sql = lakes.sqlWithViewsOf(table.name().toString().replace('.', '_'))) {
      sql.forEachRow(
          "SELECT \"%s\", \"%s\", %s, %s FROM %s"
              .formatted(
                  entity,
                  time,
                  FLAG,
                  hasReason ? REASON : "CAST(NULL AS VARCHAR)",
                  table.name().toString().replace('.', '_')),
          row -> {
            if (row.get(0) instanceof String sensor && row.get(1) instanceof Instant at) {
              scorer.reading(
                  sensor,
                  BatchTimes.micros(at),
                  Boolean.TRUE.equals(row.get(2)),
                  row.get(3) instanceof String reason ? reason : null);
            }
          });
    }
  }

  private LakeTable table(LakeSession lakes, String entity, String time) {
    if (table.isPresent()) {
      LakeTable found =
          TableName.parse(table.get())
              .flatMap(lakes.lake()::find)
              .orElseThrow(
                  () ->
                      new MillraceException(
                          ErrorCode.USAGE,
                          "There is no table " + table.get() + " yet",
                          "'millrace table ls --pipeline " + name + "' lists those there are"));
      if (!isJudged(found, entity, time)) {
        throw new MillraceException(
            ErrorCode.USAGE,
            table.get() + " has not the columns " + String.join(", ", entity, time, FLAG),
            "name a table of readings that says which are anomalies");
      }
      return found;
    }
    return lakes.lake().tables().stream()
        .flatMap(each -> lakes.lake().find(each).stream())
        .filter(each -> isJudged(each, entity, time))
        .findFirst()
        .orElseThrow(
            () ->
                new MillraceException(
                    ErrorCode.USAGE,
                    "no table of " + name + " says which of its readings are anomalies",
                    "build it with 'millrace run daily " + name + "'"));
  }

  private static boolean isJudged(LakeTable table, String entity, String time) {
    return table.schema().column(entity).isPresent()
        && table.schema().column(time).map(Column::type).equals(Optional.of(ColumnType.TIMESTAMP))
        && table.schema().column(FLAG).map(Column::type).equals(Optional.of(ColumnType.BOOLEAN));
  }
}
