package dev.millrace.views.sample;

import dev.millrace.engine.api.EngineSnapshot;
import dev.millrace.engine.api.EngineSnapshot.PartitionStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.model.FeedFlow;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Pending;
import dev.millrace.views.desk.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A moment of the made-up building in which something is otherwise.
public record Altered(Moment moment) {

  public Altered later(Duration by) {
    return new Altered(
        new Moment(moment.now().plus(by), moment.engine(), moment.pipeline(), moment.simulator()));
  }

  public Altered tables(List<TableStatus> tables) {
    return status(
        s ->
            new PipelineStatus(
                s.definition(), s.demo(), s.streams(), tables, s.loads(), s.runs(), s.live()));
  }

  /// The next version of each table of a layer.
  public Altered newVersion(Layer layer) {
    return tables(
        moment.status().orElseThrow().tables().stream()
            .map(
                t ->
                    t.table().layer() != layer
                        ? t
                        : new TableStatus(
                            t.table(),
                            t.version() + 1,
                            t.rows(),
                            t.bytes(),
                            t.files(),
                            t.committedAt(),
                            t.quality()))
            .toList());
  }

  public Altered runs(List<FlowRun> runs) {
    return status(
        s ->
            new PipelineStatus(
                s.definition(), s.demo(), s.streams(), s.tables(), s.loads(), runs, s.live()));
  }

  /// @param course events per second, oldest first
  public Altered rate(double[] course) {
    return status(
        s ->
            new PipelineStatus(
                s.definition(),
                s.demo(),
                s.streams(),
                s.tables(),
                s.loads(),
                s.runs(),
                new LiveSnapshot(
                    s.live().newest(), List.of(), List.of(), List.of(), List.of(), course, 0)));
  }

  /// @param open events of the open batch
  /// @param lag events of the one partition that are not committed
  /// @param letters dead letters met; those that are not `committed` are in the open batch
  public Altered stream(double eventsPerSecond, long open, long lag, long letters, long committed) {
    return status(
        s ->
            new PipelineStatus(
                s.definition(),
                s.demo(),
                List.of(
                    stream(s.streams().getFirst(), eventsPerSecond, open, lag, letters, committed)),
                s.tables(),
                s.loads(),
                s.runs(),
                s.live()));
  }

  private static StreamStatus stream(
      StreamStatus of, double eventsPerSecond, long open, long lag, long letters, long committed) {
    return new StreamStatus(
        of.feed(),
        of.state(),
        of.events(),
        of.bronzeRows(),
        committed,
        of.late(),
        eventsPerSecond,
        open,
        of.commits(),
        of.watermark(),
        of.lastCommit(),
        List.of(new PartitionStatus(0, of.events() - lag, of.events())),
        "",
        of.lateness(),
        new FeedFlow(
            Optional.empty(),
            Map.of(),
            Map.of(),
            0,
            new Pending(0, open, letters - committed, Optional.empty())),
        List.of());
  }

  private Altered status(UnaryOperator<PipelineStatus> change) {
    EngineSnapshot engine = moment.engine();
    return new Altered(
        new Moment(
            moment.now(),
            new EngineSnapshot(
                engine.at(),
                engine.services(),
                engine.pipelines().stream().map(change).toList(),
                engine.work(),
                engine.events()),
            moment.pipeline(),
            moment.simulator()));
  }
}
