package dev.millrace.engine.care;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Layer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes whole partitions out of a table that are older than its retention; of dead letters, files
/// whose letters all are.
///
/// A date goes when all of it is older: with 730 days, the day 731 days ago. The files stay on the
/// disk until a vacuum.
final class ExpireTable {

  static final String OPERATION = "EXPIRE";

  private static final String SEEN_AT = "seen_at";
  private static final long MICROS_PER_MILLI = 1000;

  private final LakeTable table;
  private final Duration retention;
  private final InstantSource clock;

  ExpireTable(LakeTable table, Duration retention, InstantSource clock) {
    this.table = table;
    this.retention = retention;
    this.clock = clock;
  }

  /// Whether the table's files can be told apart by age.
  static boolean canExpire(LakeTable table) {
    return table.partition().isPresent() || table.name().layer() == Layer.DEAD_LETTERS;
  }

  CareFinding preview() {
    LakeSnapshot now = table.snapshot();
    return finding(now, old(now), "rows to take out", "files to take out", now.version());
  }

  CareFinding run() {
    LakeSnapshot now = table.snapshot();
    List<LakeFile> old = old(now);
    if (old.isEmpty()) {
      return finding(now, old, "rows taken out", "files taken out", now.version());
    }
    return new ExchangeFiles(table)
        .land(old, List.of(), _ -> new LakeCommit(OPERATION, List.of(), old, Map.of(), Map.of()))
        .map(after -> finding(now, old, "rows taken out", "files taken out", after.version()))
        // Someone laid the files out anew meanwhile.
        .orElseGet(this::run);
  }

  private List<LakeFile> old(LakeSnapshot snapshot) {
    return snapshot.files().stream().filter(this::isOld).toList();
  }

  private boolean isOld(LakeFile file) {
    Instant since = clock.instant().minus(retention);
    if (table.partition().isPresent()) {
      LocalDate first = since.atOffset(ZoneOffset.UTC).toLocalDate();
      return file.partitionValue().filter(date -> date.isBefore(first)).isPresent();
    }
    ColumnStatistics seen = file.statistics().get(SEEN_AT);
    return seen != null
        && seen.max().orElse(Long.MAX_VALUE) instanceof Long micros
        && Instant.EPOCH.plus(micros / MICROS_PER_MILLI, ChronoUnit.MILLIS).isBefore(since);
  }

  private CareFinding finding(
      LakeSnapshot now, List<LakeFile> old, String rows, String files, long version) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("rows before", now.rows());
    counts.put(rows, ExchangeFiles.rows(old));
    counts.put(files, (long) old.size());
    counts.put("retention days", retention.toDays());
    return new CareFinding(table.name(), version, counts);
  }
}
