package dev.millrace.app.cli;

import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.model.FeedFlow;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.model.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A stream's counters for people and programs.
///
/// Events are first *unread* in the topic, then *open*: read and decoded, waiting for the next
/// commit. Both are of this worker's partitions; lag is the whole topic's, over all workers, and
/// never less than their sum, so what a person sees as behind holds what is open.
final class StreamText {

  private static final int TOLD_KINDS = 5;
  private static final int TOLD_FIELDS = 10;

  private final StreamStatus stream;
  private final FeedFlow flow;
  private final Pending pending;

  StreamText(StreamStatus stream) {
    this.stream = stream;
    this.flow = stream.flow();
    this.pending = flow.pending();
  }

  /// One line while it runs.
  String line(Instant now) {
    return "%,d read (%,.0f/s%s), %,d in Bronze, %,d dead letters%s, %,d late; lag of the topic %,d%s; of this worker %,d unread, %,d open%s"
        .formatted(
            stream.events(),
            stream.eventsPerSecond(),
            byKind(),
            stream.bronzeRows(),
            stream.deadLettersMet(),
            pending.openDeadLetters() > 0 ? " (%,d open)".formatted(pending.openDeadLetters()) : "",
            stream.late(),
            lag(),
            flow.lag().map(age -> " (%,.1f s)".formatted(age.toMillis() / 1_000.0)).orElse(""),
            pending.unread(),
            pending.open(),
            commit(now));
  }

  /// The same as one JSON object's worth.
  Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("read", stream.events());
    object.put("events_per_second", stream.eventsPerSecond());
    object.put("in_bronze", stream.bronzeRows());
    object.put("dead_letters", stream.deadLettersMet());
    object.put("open", pending.open());
    object.put("open_dead_letters", pending.openDeadLetters());
    object.put("unread", pending.unread());
    object.put("lag", lag());
    object.put("late", stream.late());
    object.put("commits", stream.commits());
    object.put("unknown_fields", flow.unknownFields());
    return object;
  }

  /// How late the late events were, and which fields no column holds, where there were any.
  List<String> ends(String pipeline) {
    List<String> lines = new ArrayList<>();
    Lateness lateness = stream.lateness();
    if (lateness.total() > 0) {
      lines.add(
          "Late events, behind the watermark by at most: "
              + IntStream.range(0, Lateness.BUCKETS)
                  .mapToObj(b -> "%s %,d".formatted(Lateness.label(b), lateness.counts().get(b)))
                  .collect(Collectors.joining(", ")));
    }
    Map<String, Long> fields = flow.unknownFields();
    if (!fields.isEmpty()) {
      lines.add(
          "Fields of no column that came, in dead letters too: %s. Bronze keeps them in _extra; 'millrace pipeline suggest %s' offers columns."
              .formatted(
                  fields.entrySet().stream()
                      .limit(TOLD_FIELDS)
                      .map(field -> "%s %,d".formatted(field.getKey(), field.getValue()))
                      .collect(Collectors.joining(", ")),
                  pipeline));
    }
    return lines;
  }

  /// The feed's, over all workers; of this worker's own part the newer figures.
  private long lag() {
    return Math.max(stream.lag(), pending.unread() + pending.open());
  }

  private String commit(Instant now) {
    if (pending.open() == 0) {
      return "";
    }
    return pending
        .commitDue()
        .map(due -> ", next commit in %d s".formatted(seconds(Duration.between(now, due))))
        .orElse(", being committed");
  }

  private static long seconds(Duration left) {
    return left.isNegative() ? 0 : (left.toMillis() + 999) / 1_000;
  }

  /// The busiest kinds, as an addition to the whole rate; empty where there is no more than one.
  private String byKind() {
    if (flow.perSecond().size() < 2) {
      return "";
    }
    return flow.perSecond().entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(TOLD_KINDS)
        .map(kind -> "%s %,.0f".formatted(kind.getKey(), kind.getValue()))
        .collect(Collectors.joining(", ", ": ", ""));
  }
}
