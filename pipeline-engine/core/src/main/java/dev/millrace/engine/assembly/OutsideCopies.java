package dev.millrace.engine.assembly;

import dev.millrace.engine.care.OutsideCopy;
import dev.millrace.engine.care.Subject;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.yaml.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What holds copies of a pipeline's rows outside of its lake: the warehouse, and the reports of
/// validations that quote failing rows.
final class OutsideCopies {

  private OutsideCopies() {}

  static List<OutsideCopy> of(Pipeline pipeline, Lake lake, EngineParts parts) {
    return List.of(
        (subject, progress) -> warehouse(pipeline, lake, parts, subject, progress),
        (subject, _) -> validations(pipeline, parts, subject),
        (_, _) -> topics(pipeline, parts));
  }

  /// Nothing can be taken out of a topic; how long it keeps what it has is said.
  private static String topics(Pipeline pipeline, EngineParts parts) {
    return pipeline.feeds().stream()
        .map(feed -> feed.kafka().topic())
        .map(
            topic ->
                "Kafka's topic %s keeps its events %s."
                    .formatted(
                        topic,
                        parts
                            .topics()
                            .retention(topic)
                            .map(OutsideCopies::text)
                            .orElse("as long as the broker says, which does not answer")))
        .collect(Collectors.joining(" "));
  }

  private static String text(Duration retention) {
    return retention.isNegative() ? "for ever" : "for " + Durations.text(retention);
  }

  /// Rows that name the subject go first, also of tables that are merged and never lose a row
  /// otherwise; then the load brings the sums of the rebuilt tables.
  private static String warehouse(
      Pipeline pipeline, Lake lake, EngineParts parts, Subject subject, Progress progress) {
    boolean loaded =
        parts.warehouse().status(pipeline).stream().anyMatch(t -> t.loadedAt().isPresent());
    if (!loaded) {
      return "The warehouse holds nothing of this pipeline.";
    }
    Map<String, Long> deleted =
        parts.warehouse().erase(pipeline, subject.columns(), subject.value());
    long loadedRows =
        parts
            .warehouse()
            .load(pipeline, lake, parts.sql(), parts.clock().instant(), progress)
            .written();
    return "The warehouse lost %s and was loaded anew, %s; its server's own log and backups keep them for their time."
        .formatted(
            deleted.isEmpty()
                ? "no row of its own"
                : new TreeMap<>(deleted)
                    .entrySet().stream()
                        .map(e -> Count.of(e.getValue(), "row") + " of " + e.getKey())
                        .collect(Collectors.joining(", ")),
            Count.of(loadedRows, "row"));
  }

  private static String validations(Pipeline pipeline, EngineParts parts, Subject subject) {
    int deleted =
        parts
            .control()
            .validations()
            .eraseNaming(pipeline.name(), subject.value(), subject::isNamedIn);
    return deleted == 0
        ? "No report of a validation names it."
        : "%,d reports of validations that quoted it were deleted.".formatted(deleted);
  }
}
