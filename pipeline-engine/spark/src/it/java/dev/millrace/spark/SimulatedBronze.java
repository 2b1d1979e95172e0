package dev.millrace.spark;

import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.simulator.BatchTimes;
import dev.millrace.simulator.FleetSettings;
import dev.millrace.simulator.Simulators;
import dev.millrace.simulator.TruthLog;
import dev.millrace.simulator.sink.EventSink;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Bronze tables of a pipeline, filled by its simulated fleet without a broker: anomalies, late and
/// doubled events are among them.
final class SimulatedBronze {

  private static final long SEED = 7;
  private static final Instant FROM = Instant.parse("2026-03-01T20:00:00Z");

  private final Pipeline pipeline;
  private final FleetSettings fleet;
  private final Feed feed;
  private long offset;

  SimulatedBronze(Pipelines catalogue, String name) {
    pipeline = catalogue.find(name);
    fleet =
        Simulators.settings(pipeline, catalogue.listed(name).folder())
            .withLate(0.02)
            .withDuplicates(0.02);
    feed = pipeline.feed(fleet.feed()).orElseThrow();
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /// Appends so many events in one commit, over eight hours that cross midnight; each round begins
  /// where the one before is half through, so that its events lie among standing ones too.
  void append(Lake lake, int round, int events) {
    for (Feed each : pipeline.feeds()) {
      lake.open(each.bronze(), each.bronzeSchema(), Optional.of(Feed.EVENT_DATE.name()));
    }
    EventBatch batch = new EventBatch(feed);
    EventDecoder decoder = new EventDecoder(feed);
    Instant from = FROM.plus(4L * round, ChronoUnit.HOURS);
    Simulators.batch(
        pipeline,
        fleet,
        SEED + round,
        events,
        new BatchTimes.From(from, events / (8.0 * 3600)),
        new EventSink() {
          @Override
          public void send(byte[] key, byte[] value) {
            if (decoder.decode(value, 0, value.length, batch) instanceof Verdict.Event) {
              batch.accept(ChronoUnit.MICROS.between(Instant.EPOCH, from) + offset, 0, offset);
              offset++;
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        },
        TruthLog.none(),
        Progress.NONE);
    LakeTable bronze = lake.find(feed.bronze()).orElseThrow();
    LakeCommit commit =
        new LakeCommit("STREAMING UPDATE", write(bronze, batch), List.of(), Map.of(), Map.of());
    if (!(bronze.commit(bronze.snapshot(), commit) instanceof Committed)) {
      throw new IllegalStateException("Bronze was changed by another");
    }
  }

  private static List<LakeFile> write(LakeTable bronze, EventBatch batch) {
    Map<LocalDate, List<Integer>> days = new TreeMap<>();
    IntStream.range(0, batch.rows())
        .forEach(
            row ->
                days.computeIfAbsent(
                        LocalDate.ofEpochDay(batch.dates().values()[row]), _ -> new ArrayList<>())
                    .add(row));
    List<LakeFile> files = new ArrayList<>();
    days.forEach(
        (day, rows) -> {
          int[] index = rows.stream().mapToInt(Integer::intValue).toArray();
          files.add(
              new ParquetFiles()
                  .write(
                      bronze.dataFolder(Optional.of(day)),
                      batch.columns(),
                      RowSelection.of(index, 0, index.length),
                      Optional.of(day)));
        });
    return files;
  }
}
