package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Question.Connection;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.TopicPartition;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.settings.HomeSettings;
import dev.millrace.engine.warehouse.WarehouseServer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Asks one part that the engine depends on whether it answers now.
record TestPart(Pipeline pipeline, EngineParts parts) {

  Answer.Tested test(Connection which) {
    long begun = System.nanoTime();
    Result result;
    try {
      result =
          switch (which) {
            case KAFKA -> kafka();
            case DATABASE -> database();
            case WAREHOUSE -> warehouse();
            case LAKE -> lake();
            case SPARK -> spark();
          };
    } catch (MillraceException e) {
      result = new Result(false, e.what(), e.remedy());
    }
    return new Answer.Tested(
        which,
        result.answers(),
        result.detail(),
        result.remedy(),
        Duration.ofNanos(System.nanoTime() - begun));
  }

  private record Result(boolean answers, String detail, String remedy) {}

  private Result kafka() {
    Feed feed = pipeline.feeds().getFirst();
    Optional<Map<TopicPartition, Long>> ends = parts.topics().ends(feed.kafka().topic());
    if (ends.isEmpty()) {
      return new Result(
          false,
          "The broker at " + parts.endpoints().kafka() + " does not answer",
          "see that it runs and that this machine reaches it");
    }
    long events = ends.get().values().stream().mapToLong(Long::longValue).sum();
    return new Result(
        true,
        ends.get().isEmpty()
            ? "The broker answers; the topic %s comes with the first event"
                .formatted(feed.kafka().topic())
            : "%s has %s, %s %s sent to it"
                .formatted(
                    feed.kafka().topic(),
                    Count.of(ends.get().size(), "partition"),
                    Count.of(events, "event"),
                    Count.was(events)),
        "");
  }

  private Result database() {
    int runs = parts.control().flowRuns().recent(pipeline.name(), 1).size();
    return new Result(
        true,
        "The database answers; "
            + (runs == 0
                ? "no run of the pipeline is kept yet"
                : "runs and quality are kept in it"),
        "");
  }

  private Result warehouse() {
    WarehouseServer server = parts.warehouse().server(pipeline);
    return new Result(
        true,
        "%s %s at %s answers in %s as %s%s"
            .formatted(
                server.product(),
                server.version(),
                server.place(),
                millis(server.answer()),
                server.user(),
                server.schemaStands()
                    ? ""
                    : "; the first load makes the schema " + server.schema()),
        "");
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ENGLISH, "%.1f ms", duration.toNanos() / 1e6);
  }

  private Result lake() {
    LakeCheck check = LakeCheck.of(parts.home(), parts.endpoints().s3());
    return check
        .obstacle()
        .map(obstacle -> new Result(false, obstacle.what(), obstacle.remedy()))
        .orElseGet(
            () ->
                new Result(
                    true,
                    "%s of %s in %s"
                        .formatted(
                            Count.of(parts.lake(pipeline.name()).tables().size(), "table"),
                            pipeline.name(),
                            parts.lakes().place()),
                    ""));
  }

  private Result spark() {
    return new Result(
        true,
        "Spark " + SparkCheck.version(HomeSettings.of(parts.home()).engine().spark()) + " answers",
        "");
  }
}
