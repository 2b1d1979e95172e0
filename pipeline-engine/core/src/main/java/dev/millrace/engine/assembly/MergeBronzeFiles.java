package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.ingest.CommitListener;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Has the small files of a Bronze day merged once many have gathered, so that a day of small
/// commits stays quick to read.
///
/// Looks after every 16th commit, on the commit's thread; the work waits its turn in the engine
/// with what else changes tables. One merge of a feed at a time; one that fails is told by the
/// engine and tried again when the stream has gone on.
final class MergeBronzeFiles implements CommitListener {

  /// Small files of one day that are worth a merge.
  static final int MANY = 256;

  /// Size of a merged file; smaller than what a person's `optimize` makes, since the rest of the
  /// day is merged with what comes next.
  static final long TARGET_BYTES = 32L << 20;

  private static final long SMALL_BYTES = TARGET_BYTES / 2;
  private static final int LOOK_EVERY = 16;

  private final String pipeline;
  private final Function<Command, Work> engine;
  private final int many;
  private final int lookEvery;
  private final AtomicBoolean merging = new AtomicBoolean();
  private int commits;

  MergeBronzeFiles(String pipeline, Function<Command, Work> engine) {
    this(pipeline, engine, MANY, LOOK_EVERY);
  }

  /// @param many small files of a day that are merged
  /// @param lookEvery commits from one look to the next
  MergeBronzeFiles(String pipeline, Function<Command, Work> engine, int many, int lookEvery) {
    this.pipeline = pipeline;
    this.engine = engine;
    this.many = many;
    this.lookEvery = lookEvery;
  }

  @Override
  public void committed(LakeTable bronze, LakeSnapshot snapshot) {
    commits++;
    if (commits % lookEvery != 0 || snapshot.files().size() < many) {
      return;
    }
    Map<Optional<LocalDate>, Long> small =
        snapshot.files().stream()
            .filter(file -> file.bytes() < SMALL_BYTES)
            .collect(Collectors.groupingBy(LakeFile::partitionValue, Collectors.counting()));
    small.entrySet().stream()
        .filter(day -> day.getValue() >= many)
        .max(Map.Entry.comparingByValue())
        .ifPresent(day -> merge(bronze, day.getKey()));
  }

  private void merge(LakeTable bronze, Optional<LocalDate> day) {
    if (!merging.compareAndSet(false, true)) {
      return;
    }
    Optimize order = new Optimize(bronze.name(), TARGET_BYTES, List.of(), day, day);
    var _ =
        engine
            .apply(new Command.CareForTables(pipeline, order))
            .outcome()
            .whenComplete((_, _) -> merging.set(false));
  }
}
