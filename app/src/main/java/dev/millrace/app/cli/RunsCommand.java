package dev.millrace.app.cli;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.flow.FlowRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace runs ls|show`: the runs of flows, as kept in the control database.
@Command(name = "runs", description = "List runs of flows, or show one with its steps.")
final class RunsCommand {

  @ParentCommand private Millrace millrace;

  @Command(name = "ls", description = "The newest runs, newest first.")
  int ls(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Option(
              names = "--limit",
              paramLabel = "N",
              description = "At most N runs (default: 20).",
              defaultValue = "20")
          int limit) {
    var _ = Given.atLeastOne("--limit", limit);
    try (Session session = Session.open(millrace, pipeline)) {
      millrace
          .output()
          .table(
              "runs",
              session.engine().host(pipeline).runs(limit).stream().map(RunsCommand::row).toList());
      return 0;
    }
  }

  @Command(name = "show", description = "One run with its steps.")
  int show(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Parameters(paramLabel = "RUN", description = "Number of the run, from 'runs ls'.") long id) {
    try (Session session = Session.open(millrace, pipeline)) {
      FlowRun run =
          session.engine().host(pipeline).runs(Integer.MAX_VALUE).stream()
              .filter(r -> r.id() == id)
              .findFirst()
              .orElseThrow(
                  () ->
                      new MillraceException(
                          ErrorCode.USAGE,
                          "There is no run " + id + " of " + pipeline,
                          "'millrace runs ls " + pipeline + "' lists them"));
      List<Map<String, Object>> steps =
          run.steps().stream()
              .map(
                  step -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("step", step.step());
                    row.put("state", step.state().name().toLowerCase(Locale.ROOT));
                    row.put(
                        "seconds",
                        step.startedAt()
                            .flatMap(
                                s -> step.finishedAt().map(f -> seconds(Duration.between(s, f))))
                            .orElse(""));
                    row.put("rows", step.rows());
                    row.put("message", step.message());
                    return row;
                  })
              .toList();
      millrace.output().table("steps", steps);
      return 0;
    }
  }

  private static Map<String, Object> row(FlowRun run) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("run", run.id());
    row.put("flow", run.flow());
    row.put("state", run.state().name().toLowerCase(Locale.ROOT));
    row.put("started", run.startedAt().toString());
    row.put(
        "seconds",
        run.finishedAt().map(f -> seconds(Duration.between(run.startedAt(), f))).orElse(""));
    row.put("message", run.message());
    return row;
  }

  private static String seconds(Duration duration) {
    return "%.1f".formatted(duration.toMillis() / 1e3);
  }
}
