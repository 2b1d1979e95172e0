package dev.millrace.app.bench;

import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.DataFiles;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TopicPartition;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.simulator.sink.EventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Bronze commits of a few events each, one after the other into one table, and whether the last is
/// as quick as the first; in this JVM.
public final class CommitsBench {

  /// Commits before which the medians are taken.
  private static final List<Integer> MARKS = List.of(100, 1_000, 3_000, 10_000, 30_000, 100_000);

  private static final int WINDOW = 50;
  private static final int EVENTS_EACH = 20;
  private static final int PARTITIONS = 3;
  private static final int PLAIN_BYTES = 4_096;

  private CommitsBench() {}

  /// The 50 commits up to one of them; times in milliseconds.
  ///
  /// @param commit median of entry and checkpoint, the data files forced to the disk
  /// @param mean with the checkpoints, which come with every tenth
  /// @param slowest of them, a checkpoint in it
  /// @param file median of writing the data file before
  /// @param plain median of the same steps on the disk alone: a file of 4 KB written, forced,
  ///   linked to its name, its folder forced
  /// @param opening of the table by a process that has not seen it
  /// @param entries files in the log's folder
  public record Row(
      int commits,
      double commit,
      double mean,
      double slowest,
      double file,
      double plain,
      double opening,
      long entries) {}

  /// @param commits how many are made
  public static List<Row> run(Home home, int commits, Progress progress) {
    BenchFleet fleet = new BenchFleet(home);
    Path root = home.lake(BenchFleet.PIPELINE);
    LakeTable table =
        new DeltaLake(root, "Bench", InstantSource.system())
            .open(
                fleet.feed().bronze(),
                fleet.feed().bronzeSchema(),
                Optional.of(Feed.EVENT_DATE.name()));
    Writer writer = new Writer(fleet.feed(), table);
    List<Row> rows = new ArrayList<>();
    double[] commit = new double[commits];
    double[] file = new double[commits];
    LakeSnapshot base = table.snapshot();
    for (int i = 0; i < commits; i++) {
      writer.take(fleet);
      long start = System.nanoTime();
      List<LakeFile> files = writer.files();
      long written = System.nanoTime();
      base = writer.commit(base, files);
      commit[i] = (System.nanoTime() - written) / 1e6;
      file[i] = (written - start) / 1e6;
      int made = i + 1;
      if (MARKS.contains(made) || (made == commits && made >= WINDOW)) {
        double[] window = Arrays.copyOfRange(commit, made - WINDOW, made);
        rows.add(
            new Row(
                made,
                median(window),
                Arrays.stream(window).average().orElse(0),
                Arrays.stream(window).max().orElse(0),
                median(Arrays.copyOfRange(file, made - WINDOW, made)),
                plain(home.root()),
                opening(root, fleet.feed(), base),
                entries(table)));
      }
      if (made % 100 == 0) {
        progress.report("commits", made, commits);
      }
    }
    return rows;
  }

  private static double opening(Path root, Feed feed, LakeSnapshot expected) {
    long start = System.nanoTime();
    LakeSnapshot seen =
        new DeltaLake(root, "Bench", InstantSource.system())
            .find(feed.bronze())
            .orElseThrow()
            .snapshot();
    double took = (System.nanoTime() - start) / 1e6;
    if (seen.version() != expected.version() || seen.rows() != expected.rows()) {
      throw new IllegalStateException("The table opens as another than was committed");
    }
    return took;
  }

  private static long entries(LakeTable table) {
    Path log = table.dataFolder(Optional.of(LocalDate.EPOCH)).resolveSibling("_delta_log");
    try (var all = Files.list(log)) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double plain(Path folder) {
    double[] took = new double[WINDOW];
    try {
      Path home = Files.createDirectories(folder.resolve("plain-" + UUID.randomUUID()));
      for (int i = 0; i < WINDOW; i++) {
        long start = System.nanoTime();
        Path temporary = home.resolve("." + i + ".tmp");
        Files.write(temporary, new byte[PLAIN_BYTES]);
        force(temporary, StandardOpenOption.WRITE);
        Files.createLink(home.resolve(i + ".json"), temporary);
        force(home, StandardOpenOption.READ);
        Files.delete(temporary);
        took[i] = (System.nanoTime() - start) / 1e6;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return median(took);
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /// Events of the fleet as data files, and their commits.
  private static final class Writer implements EventSink {

    private final Feed feed;
    private final LakeTable table;
    private final DataFiles files = new ParquetFiles();
    private final EventDecoder decoder;
    private final EventBatch batch;
    private long offset;

    Writer(Feed feed, LakeTable table) {
      this.feed = feed;
      this.table = table;
      decoder = new EventDecoder(feed);
      batch = new EventBatch(feed);
    }

    void take(BenchFleet fleet) {
      batch.clear();
      fleet.send(EVENTS_EACH, this, Progress.NONE);
    }

    List<LakeFile> files() {
      Optional<LocalDate> day = Optional.of(LocalDate.ofEpochDay(batch.dates().at(0)));
      RowSelection all = RowSelection.run(0, batch.rows());
      return List.of(files.write(table.dataFolder(day), batch.columns(), all, day));
    }

    LakeSnapshot commit(LakeSnapshot base, List<LakeFile> added) {
      Map<TopicPartition, Long> next = new HashMap<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        next.put(new TopicPartition(feed.kafka().topic(), partition), offset);
      }
      LakeCommit commit = new LakeCommit("STREAMING UPDATE", added, List.of(), next, Map.of());
      return switch (table.commit(base, commit)) {
        case CommitOutcome.Committed committed -> committed.snapshot();
        case CommitOutcome.Conflict conflict ->
            throw new IllegalStateException(
                "Somebody else writes to the bench's table: " + conflict);
      };
    }

    @Override
    public void send(byte[] key, byte[] value) {
      var _ = decoder.decode(value, 0, value.length, batch);
      batch.accept(0, (int) (offset % PARTITIONS), offset / PARTITIONS);
      offset++;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
