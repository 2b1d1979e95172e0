package dev.millrace.views.flow;

import dev.millrace.engine.api.EngineSnapshot.PartitionStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.simulator.SimulatorStatus;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.flow.FlowPicture.Arrow;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Draws up the diagram's arrows: what flows between the parts, how fast, and what is behind. FX
/// thread only.
final class ArrowPlan {

  /// How long after an event was set aside its arrow stays red.
  private static final Duration OF_LATE = Duration.ofMinutes(1);

  private final Map<Part, Growth> growth;
  private final Recent letters = new Recent(OF_LATE);

  /// @param growth by part, of tables that a run builds
  ArrowPlan(Map<Part, Growth> growth) {
    this.growth = growth;
  }

  List<Arrow> arrows(Moment moment, PipelineStatus status) {
    List<Arrow> arrows = new ArrayList<>();
    double produced =
        moment
            .simulator()
            .filter(_ -> moment.engine().up(ServiceStatus.KAFKA))
            .filter(SimulatorStatus::running)
            .map(SimulatorStatus::actualRate)
            .orElse(0.0);
    Optional<StreamStatus> stream = moment.stream();
    boolean runs = stream.map(s -> s.state() == StreamState.RUNNING).orElse(false);
    double read = runs ? stream.map(StreamStatus::eventsPerSecond).orElse(0.0) : 0;
    List<PartitionStatus> partitions = stream.map(StreamStatus::partitions).orElse(List.of());
    int lanes = Math.clamp(partitions.size(), 1, 3);
    long usual = FlowPlan.usualLag(moment) / Math.max(1, partitions.size());
    for (int lane = 0; lane < lanes; lane++) {
      boolean behind = lane < partitions.size() && partitions.get(lane).lag() > usual;
      arrows.add(lane(Part.SIMULATOR, Part.KAFKA, produced, lanes, lane, behind));
      arrows.add(lane(Part.KAFKA, Part.STREAM, read, lanes, lane, behind));
    }
    arrows.add(
        new Arrow(
            Part.STREAM,
            Part.BRONZE,
            read,
            read > 0 ? Figures.rate(read) : "",
            "",
            read > 0 ? Tone.ACCENT : Tone.MUTED,
            read > 0,
            Optional.empty()));
    arrows.add(batch(Part.BRONZE, Part.SILVER, moment, status));
    arrows.add(batch(Part.SILVER, Part.GOLD, moment, status));
    arrows.add(load(moment, status));
    arrows.add(aside(stream, read, moment.now()));
    return arrows;
  }

  /// Red while events are set aside; those of before are told by its words and by the card.
  private Arrow aside(Optional<StreamStatus> stream, double read, Instant now) {
    long dead = stream.map(StreamStatus::deadLettersMet).orElse(0L);
    long events = stream.map(StreamStatus::events).orElse(0L);
    letters.take(dead, now);
    boolean comes = letters.at(now) && read > 0;
    return new Arrow(
        Part.STREAM,
        Part.DEAD_LETTERS,
        comes ? read * dead / Math.max(1, events) : 0,
        dead > 0 ? share(dead, events) : "",
        "",
        comes ? Tone.BAD : Tone.MUTED,
        comes,
        Optional.empty());
  }

  private static String share(long part, long whole) {
    double percent = part * 100.0 / Math.max(1, whole);
    return (percent < 0.01 ? "< 0.01" : Figures.reading(percent)) + " % of events";
  }

  private static Arrow lane(Part from, Part to, double rate, int lanes, int lane, boolean behind) {
    return new Arrow(
        from,
        to,
        rate / lanes,
        lane == 0 && rate > 0 ? Figures.rate(rate) : "",
        "",
        rate <= 0 ? Tone.MUTED : behind ? Tone.WARNING : Tone.ACCENT,
        rate > 0,
        Optional.of(lane));
  }

  private Arrow batch(Part from, Part to, Moment moment, PipelineStatus status) {
    List<TableStatus> built = FlowPlan.in(to, status);
    Optional<StepRun> step = lastStep(status, "transform " + to.name().toLowerCase(Locale.ROOT));
    boolean works = FlowPlan.works(moment, to);
    Growth grown = growth.get(to);
    Optional<Long> written = writtenLast(to, status);
    long rows = written.orElseGet(() -> grown == null ? 0 : grown.lastAdded());
    String more = written.isPresent() ? "" : "+";
    boolean any = built.stream().anyMatch(t -> t.rows() > 0);
    return new Arrow(
        from,
        to,
        any ? step.map(ArrowPlan::rate).orElse(rows / 2.0) : 0,
        works ? "builds" : any && rows > 0 ? more + Figures.brief(rows) : "",
        any && !works ? Figures.age(moment.since(FlowPlan.newest(built))) : "",
        works
            ? Tone.ACCENT
            : !any ? Tone.MUTED : FlowPlan.behind(to, moment, status) ? Tone.WARNING : Tone.GOOD,
        works,
        Optional.empty());
  }

  /// Rows that the newest run wrote into the part's tables, those anew that stood there before
  /// among them; empty where they were built apart from it.
  private static Optional<Long> writtenLast(Part part, PipelineStatus status) {
    String prefix = "transform " + part.name().toLowerCase(Locale.ROOT);
    Instant newest = FlowPlan.newest(FlowPlan.in(part, status));
    for (FlowRun run : status.runs()) {
      List<StepRun> steps =
          run.steps().stream()
              .filter(s -> s.step().startsWith(prefix) && s.state() == RunState.SUCCEEDED)
              .toList();
      if (!steps.isEmpty()) {
        boolean wroteLast =
            steps.stream()
                .flatMap(s -> s.finishedAt().stream())
                .anyMatch(end -> !end.isBefore(newest));
        return wroteLast
            ? Optional.of(steps.stream().mapToLong(StepRun::rows).sum())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Arrow load(Moment moment, PipelineStatus status) {
    Optional<StepRun> step = lastStep(status, "load");
    Optional<Instant> loaded =
        status.loads().stream().flatMap(l -> l.loadedAt().stream()).max(Instant::compareTo);
    boolean works = FlowPlan.works(moment, Part.WAREHOUSE);
    long rows = step.map(StepRun::rows).orElse(0L);
    return new Arrow(
        Part.GOLD,
        Part.WAREHOUSE,
        loaded.isPresent() ? step.map(ArrowPlan::rate).orElse(10.0) : 0,
        works ? "loads" : rows > 0 ? Figures.brief(rows) : "",
        works ? "" : loaded.map(at -> Figures.age(moment.since(at))).orElse(""),
        works ? Tone.ACCENT : loaded.isPresent() ? Tone.GOOD : Tone.MUTED,
        works,
        Optional.empty());
  }

  private static double rate(StepRun step) {
    long millis =
        step.startedAt()
            .flatMap(from -> step.finishedAt().map(to -> Duration.between(from, to).toMillis()))
            .orElse(1_000L);
    return step.rows() * 1000.0 / Math.max(100, millis);
  }

  private static Optional<StepRun> lastStep(PipelineStatus status, String prefix) {
    for (FlowRun run : status.runs()) {
      for (StepRun step : run.steps()) {
        if (step.step().startsWith(prefix) && step.state() == RunState.SUCCEEDED) {
          return Optional.of(step);
        }
      }
    }
    return Optional.empty();
  }
}
