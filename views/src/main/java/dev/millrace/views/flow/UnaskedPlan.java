package dev.millrace.views.flow;

import dev.millrace.engine.api.EngineSnapshot.PartitionStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.simulator.SimulatorStatus;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.flow.PlanPicture.Line;
import dev.millrace.views.flow.PlanPicture.Progress;
import dev.millrace.views.flow.PlanPicture.Stat;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Says what goes on in the parts where nothing is run by hand, and what their controls do. Any
/// thread may call.
final class UnaskedPlan {

  private UnaskedPlan() {}

  /// @param progress of work that is under way there
  static PlanPicture picture(
      Part part, Moment moment, PipelineStatus status, Optional<Progress> progress) {
    return switch (part) {
      case SIMULATOR ->
          moment
              .simulator()
              .map(fleet -> fleet(fleet, status, progress))
              .orElseGet(() -> outside(moment, status, progress));
      case DEAD_LETTERS -> deadLetters(moment, status, progress);
      case KAFKA, STREAM, BRONZE, SILVER, GOLD, WAREHOUSE, QUALITY ->
          kafka(moment, status, progress);
    };
  }

  private static PlanPicture fleet(
      SimulatorStatus fleet, PipelineStatus status, Optional<Progress> progress) {
    int broken = fleet.broken().size();
    return plan(
        "Send made-up events",
        fleet.running() ? "sent until you stop it" : "sent from when you start it",
        List.of(
            new Stat(Figures.rate(fleet.targetRate()), "asked for", Tone.MUTED),
            new Stat(Figures.count(fleet.sensors().size()), "sensors", Tone.MUTED),
            new Stat(Figures.count(broken), "broken", broken > 0 ? Tone.WARNING : Tone.MUTED)),
        List.of(
            line("mdi2f-format-list-bulleted-square", "Sent to", topic(status)),
            line("mdi2t-tune-variant", "A new rate", "holds from the next event"),
            line("mdi2l-lightning-bolt-outline", "A broken sensor", "until you mend it"),
            line("mdi2s-stop", "When it is stopped", "what was sent stays")),
        progress);
  }

  private static PlanPicture outside(
      Moment moment, PipelineStatus status, Optional<Progress> progress) {
    return plan(
        "Take events from outside",
        "nothing is steered here",
        List.of(),
        List.of(
            line("mdi2f-format-list-bulleted-square", "Sent to", topic(status)),
            line("mdi2l-lan-connect", "Broker", broker(moment)),
            line("mdi2c-console", "Made-up ones", "millrace simulate")),
        progress);
  }

  private static PlanPicture kafka(
      Moment moment, PipelineStatus status, Optional<Progress> progress) {
    List<PartitionStatus> partitions =
        moment.stream().map(StreamStatus::partitions).orElse(List.of());
    long lag = moment.stream().map(StreamStatus::lag).orElse(0L);
    return plan(
        "Keep events for the stream",
        "the broker takes what is sent, in order",
        List.of(
            new Stat(Figures.compact(lag), "to commit", lag > 0 ? Tone.ACCENT : Tone.MUTED),
            new Stat(Figures.count(partitions.size()), "partitions", Tone.MUTED)),
        List.of(
            line("mdi2f-format-list-bulleted-square", "Kept in", topic(status)),
            line("mdi2k-key-outline", "Partitioned by", feed(status, f -> f.kafka().key())),
            line("mdi2l-lan-connect", "Broker", broker(moment)),
            line("mdi2w-waves", "Read by", "the stream, each event once")),
        progress);
  }

  private static PlanPicture deadLetters(
      Moment moment, PipelineStatus status, Optional<Progress> progress) {
    long kept = FlowPlan.in(Part.DEAD_LETTERS, status).stream().mapToLong(TableStatus::rows).sum();
    long now = moment.stream().map(StreamStatus::deadLettersMet).orElse(0L);
    return plan(
        "Mend, send again, or set aside",
        "done in the dead letters' room, by you",
        List.of(
            new Stat(Figures.compact(kept), "ever kept", kept > 0 ? Tone.BAD : Tone.MUTED),
            new Stat(Figures.compact(now), "in this session", Tone.MUTED)),
        List.of(
            line("mdi2s-send-outline", "Replay", "sends again, mended or not"),
            line("mdi2a-archive-outline", "Discard", "sets aside, deletes nothing"),
            line("mdi2r-restore", "Restore", "makes new what was set aside"),
            line("mdi2d-download-outline", "Export", "one event a line, to a file")),
        progress);
  }

  private static PlanPicture plan(
      String title,
      String subject,
      List<Stat> stats,
      List<Line> lines,
      Optional<Progress> progress) {
    return new PlanPicture(
        title, subject, stats, lines, "", false, Optional.empty(), "", progress, Optional.empty());
  }

  private static String topic(PipelineStatus status) {
    return feed(status, f -> "topic " + f.kafka().topic());
  }

  private static String feed(PipelineStatus status, Function<Feed, String> words) {
    return status.definition().feeds().stream().findFirst().map(words).orElse("no feed");
  }

  private static String broker(Moment moment) {
    return moment.engine().services().stream()
        .filter(s -> s.name().equals(ServiceStatus.KAFKA))
        .findFirst()
        .map(ServiceStatus::detail)
        .orElse("not known");
  }

  private static Line line(String icon, String name, String value) {
    return new Line(icon, name, value, Tone.MUTED);
  }
}
