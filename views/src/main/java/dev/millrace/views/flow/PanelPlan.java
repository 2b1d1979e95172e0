package dev.millrace.views.flow;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.LoadStatus;
import dev.millrace.engine.api.EngineSnapshot.PartitionStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.quality.QualityScore;
import dev.millrace.simulator.SimulatorStatus;
import dev.millrace.views.desk.Commands.Lead;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.flow.FlowPicture.Fact;
import dev.millrace.views.flow.PanelPicture.Act;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fills the panel of the chosen part. Any thread may call.
final class PanelPlan {

  private final Clock clock;

  PanelPlan(Clock clock) {
    this.clock = clock;
  }

  PanelPicture picture(Part part, Moment moment, PipelineStatus status) {
    return switch (part) {
      case SIMULATOR -> simulator(moment);
      case KAFKA -> kafka(moment);
      case STREAM -> stream(moment);
      case BRONZE, SILVER, GOLD, DEAD_LETTERS -> tables(part, moment, status);
      case WAREHOUSE -> warehouse(moment, status);
      case QUALITY -> quality(moment, status);
    };
  }

  private static PanelPicture simulator(Moment moment) {
    Optional<SimulatorStatus> fleet = moment.simulator();
    if (fleet.isEmpty()) {
      return new PanelPicture(
          Part.SIMULATOR,
          "Not steered here",
          Tone.MUTED,
          "events come from outside; “millrace simulate” sends made-up ones",
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty());
    }
    boolean runs = fleet.get().running();
    String message = fleet.get().message();
    return new PanelPicture(
        Part.SIMULATOR,
        runs ? "Running" : message.isEmpty() ? "Stopped" : "Failed",
        runs ? Tone.ACCENT : message.isEmpty() ? Tone.MUTED : Tone.BAD,
        message.isEmpty() ? Figures.count(fleet.get().sent()) + " events sent" : message,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static PanelPicture kafka(Moment moment) {
    var service =
        moment.engine().services().stream()
            .filter(s -> s.name().equals(ServiceStatus.KAFKA))
            .findFirst();
    boolean up = service.map(s -> s.up()).orElse(true);
    List<List<String>> rows = new ArrayList<>();
    for (PartitionStatus partition :
        moment.stream().map(StreamStatus::partitions).orElse(List.of())) {
      rows.add(
          List.of(
              "Partition " + partition.partition(),
              Figures.count(partition.committed()),
              Figures.count(partition.end()),
              Figures.count(partition.lag())));
    }
    return new PanelPicture(
        Part.KAFKA,
        up ? "Up" : "Down",
        up ? Tone.GOOD : Tone.BAD,
        service.map(s -> s.detail()).orElse(""),
        List.of(),
        List.of("Partition", "Committed to the lake", "End of the topic", "Lag"),
        rows,
        List.of(),
        Optional.empty());
  }

  private PanelPicture stream(Moment moment) {
    if (moment.stream().isEmpty()) {
      return new PanelPicture(
          Part.STREAM,
          "No feed",
          Tone.MUTED,
          "",
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty());
    }
    StreamStatus stream = moment.stream().get();
    boolean runs = stream.state() == StreamState.RUNNING;
    boolean stands = stream.state() == StreamState.STOPPED || stream.state() == StreamState.FAILED;
    Act act =
        stands
            ? new Act(
                "Start",
                "mdi2p-play",
                true,
                new Command.StartStream(moment.pipeline(), stream.feed()))
            : new Act(
                "Stop",
                "mdi2s-stop",
                runs,
                new Command.StopStream(moment.pipeline(), stream.feed()));
    return new PanelPicture(
        Part.STREAM,
        FlowPlan.words(stream.state()),
        FlowPlan.tone(stream.state()),
        stream.message().isEmpty() ? "feed " + stream.feed() : stream.message(),
        List.of(
            Fact.of("Events read", Figures.count(stream.events())),
            Fact.of("Bronze rows", Figures.count(stream.bronzeRows())),
            new Fact(
                "Dead letters",
                Figures.count(stream.deadLettersMet()),
                stream.deadLettersMet() > 0 ? Tone.BAD : Tone.MUTED),
            Fact.of("Late, kept", Figures.count(stream.late())),
            Fact.of("Open batch", Figures.count(stream.openBatch())),
            Fact.of("Lag", stream.flow().lag().map(Figures::age).orElse("not known")),
            Fact.of("Fields of no column", Figures.count(fieldsOfNoColumn(stream))),
            Fact.of("Commits", Figures.count(stream.commits())),
            Fact.of("Watermark", at(stream.watermark(), moment)),
            Fact.of("Last commit", at(stream.lastCommit(), moment))),
        List.of(),
        List.of(),
        List.of(act),
        Optional.empty());
  }

  private static long fieldsOfNoColumn(StreamStatus stream) {
    return stream.flow().otherFields()
        + stream.flow().unknownFields().values().stream().mapToLong(Long::longValue).sum();
  }

  private String at(Optional<Instant> time, Moment moment) {
    return time.map(t -> clock.second(t, moment.now())).orElse("none yet");
  }

  private PanelPicture tables(Part part, Moment moment, PipelineStatus status) {
    List<TableStatus> here = FlowPlan.in(part, status);
    List<List<String>> rows = new ArrayList<>();
    for (TableStatus table : here) {
      rows.add(
          List.of(
              table.table().toString(),
              Figures.count(table.rows()),
              Figures.bytes(table.bytes()),
              Figures.count(table.files()),
              Figures.count(table.version()),
              clock.second(table.committedAt(), moment.now())));
    }
    boolean any = here.stream().anyMatch(t -> t.rows() > 0);
    boolean works = FlowPlan.works(moment, part);
    boolean behind = FlowPlan.behind(part, moment, status);
    String note =
        part == Part.DEAD_LETTERS
            ? any
                ? "all ever kept, those replayed or discarded too"
                : "an event that cannot be read is kept here, and the stream goes on"
            : any ? "" : "built by the first run";
    return new PanelPicture(
        part,
        works
            ? "Building"
            : !any ? "Empty" : behind ? "Behind" : part == Part.DEAD_LETTERS ? "Kept" : "Fresh",
        works
            ? Tone.ACCENT
            : !any
                ? Tone.MUTED
                : behind ? Tone.WARNING : part == Part.DEAD_LETTERS ? Tone.BAD : Tone.GOOD,
        note,
        List.of(),
        List.of("Table", "Rows", "Size", "Files", "Version", "Last commit"),
        rows,
        acts(part, moment, status),
        Optional.of(
            part == Part.DEAD_LETTERS
                ? new Lead("Open dead letters", "letters", "")
                : new Lead(
                    "Open the lake", "lake", here.isEmpty() ? "" : rows.getFirst().getFirst())));
  }

  private static List<Act> acts(Part part, Moment moment, PipelineStatus status) {
    List<Act> acts = new ArrayList<>();
    boolean idle = !FlowPlan.works(moment, part);
    if (part == Part.SILVER || part == Part.GOLD) {
      List<TableStatus> here = FlowPlan.in(part, status);
      boolean single = part == Part.SILVER && here.size() == 1;
      acts.add(
          new Act(
              Turn.words("Run transform now", Turn.taken(moment)),
              "mdi2p-play",
              idle,
              new Command.Transform(
                  moment.pipeline(),
                  single ? Optional.of(here.getFirst().table()) : Optional.empty())));
    }
    if (part == Part.BRONZE || part == Part.SILVER) {
      status.definition().suites().keySet().stream()
          .filter(t -> t.layer().name().equals(part.name()))
          .findFirst()
          .ifPresent(
              t ->
                  acts.add(
                      new Act(
                          Turn.words("Check quality", Turn.taken(moment)),
                          "mdi2s-shield-check-outline",
                          moment.engine().up(ServiceStatus.DATABASE),
                          new Command.Check(moment.pipeline(), Optional.of(t)))));
    }
    return acts;
  }

  private PanelPicture warehouse(Moment moment, PipelineStatus status) {
    List<List<String>> rows = new ArrayList<>();
    for (var target : status.definition().warehouse()) {
      Optional<LoadStatus> load =
          status.loads().stream().filter(l -> l.target().equals(target.target())).findFirst();
      long lake =
          status.tables().stream()
              .filter(t -> t.table().equals(target.from()))
              .mapToLong(TableStatus::rows)
              .sum();
      rows.add(
          List.of(
              target.target(),
              target.from().toString(),
              Figures.count(lake),
              load.map(l -> Figures.count(l.rows())).orElse("0"),
              load.flatMap(LoadStatus::loadedAt)
                  .map(t -> clock.second(t, moment.now()))
                  .orElse("never")));
    }
    boolean works = FlowPlan.works(moment, Part.WAREHOUSE);
    boolean loaded = status.loads().stream().anyMatch(l -> l.loadedAt().isPresent());
    return new PanelPicture(
        Part.WAREHOUSE,
        works ? "Loading" : loaded ? "Loaded" : "Empty",
        works ? Tone.ACCENT : loaded ? Tone.GOOD : Tone.MUTED,
        "schema " + status.definition().warehouseSchema(),
        List.of(),
        List.of("Table", "From", "Rows in the lake", "Rows loaded", "Last load"),
        rows,
        List.of(),
        Optional.of(new Lead("Open the warehouse", "warehouse", "")));
  }

  private PanelPicture quality(Moment moment, PipelineStatus status) {
    List<List<String>> rows = new ArrayList<>();
    boolean fails = false;
    for (TableStatus table : status.tables()) {
      if (table.quality().isEmpty()) {
        continue;
      }
      QualityScore score = table.quality().get();
      fails |= score.passed() < score.total();
      rows.add(
          List.of(
              table.table().toString(),
              score.passed() + " of " + score.total(),
              Figures.percent(score.percent()),
              clock.second(score.validatedAt(), moment.now()),
              score.failing().isEmpty() ? "none" : String.join("; ", score.failingInWords())));
    }
    return new PanelPicture(
        Part.QUALITY,
        rows.isEmpty() ? "Not checked" : fails ? "Some fail" : "All pass",
        rows.isEmpty() ? Tone.MUTED : fails ? Tone.WARNING : Tone.GOOD,
        status.definition().suites().size() + " suites",
        List.of(),
        List.of("Table", "Pass", "Score", "Checked", "Not met"),
        rows,
        List.of(
            new Act(
                Turn.words("Check all", Turn.taken(moment)),
                "mdi2s-shield-check-outline",
                moment.engine().up(ServiceStatus.DATABASE) && !FlowPlan.works(moment, Part.QUALITY),
                new Command.Check(moment.pipeline(), Optional.empty()))),
        Optional.of(new Lead("Open quality", "quality", "")));
  }
}
