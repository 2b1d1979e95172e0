package dev.millrace.app.cli;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.flow.FlowRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace runs ls|show`: the runs of flows, as kept in the control database.
@Command(
    name = "runs",
    description = {
      "List runs of flows, or show one with its steps.",
      "'runs PIPELINE' is 'runs ls PIPELINE', and 'runs PIPELINE 7' is 'runs show PIPELINE 7'."
    })
final class RunsCommand implements Callable<Integer> {

  private static final int NEWEST = 20;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  @ParentCommand private Millrace millrace = new Millrace();

  @Mixin private PipelineParameter pipeline = new PipelineParameter();

  @Parameters(
      paramLabel = "RUN",
      index = "1",
      arity = "0..1",
      description = "Number of a run to be shown with its steps.")
  private Optional<Long> run = Optional.empty();

  @Override
  public Integer call() {
    if (run.isPresent()) {
      return show(pipeline.name(), run.get());
    }
    return NUMBER.matcher(pipeline.name()).matches()
        ? show(PipelineOption.DEFAULT_PIPELINE, Long.parseLong(pipeline.name()))
        : list(pipeline.name(), NEWEST);
  }

  @Command(name = "ls", description = "The newest runs, newest first.")
  int ls(
      @Mixin PipelineParameter pipeline,
      @Option(
              names = "--limit",
              paramLabel = "N",
              description = "At most N runs (default: 20).",
              defaultValue = "20")
          int limit) {
    return list(pipeline.name(), Given.atLeastOne("--limit", limit));
  }

  private int list(String pipeline, int limit) {
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
