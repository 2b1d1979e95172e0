package dev.millrace.engine.care;

import dev.millrace.engine.care.CareOrder.Vacuum;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.StoredFile;
import dev.millrace.engine.model.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Deletes files of a table that no version of the last while refers to, and what killed writers
/// left behind.
///
/// The files are listed before the log is read, so one that is committed in between is found live.
/// A file that the log does not know may be about to be committed; it goes only when it is older
/// than the retention, and than {@link #IN_FLIGHT} in any case.
final class VacuumTable {

  /// Long enough for readers, for a look back, and for an incremental run to catch up.
  static final Duration LEAST_RETENTION = Duration.ofDays(7);

  /// A writer moves its files into the table just before it commits them.
  static final Duration IN_FLIGHT = Duration.ofHours(1);

  private static final int AT_ONCE = 1000;

  private final LakeTable table;
  private final Vacuum order;
  private final InstantSource clock;

  VacuumTable(LakeTable table, Vacuum order, InstantSource clock) {
    this.table = table;
    this.order = order;
    this.clock = clock;
    if (order.retention().isNegative()) {
      throw new MillraceException(
          ErrorCode.USAGE, "The retention is negative", "say for example --retention 7d");
    }
    if (order.retention().compareTo(LEAST_RETENTION) < 0 && !order.allowShort()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "A retention under 7 days can take files away that a running query still reads, that an"
              + " incremental run has yet to compare with, and that a restore would need",
          "leave it at 7d, or say --allow-short when nothing else uses the table");
    }
  }

  /// What a vacuum would do.
  ///
  /// @param deleted files no version within the retention needs
  /// @param kept files that are not live and stay
  /// @param keptInFlight of these, files the log does not know that may be about to be committed
  record Plan(List<StoredFile> deleted, List<StoredFile> kept, long keptInFlight, long live) {}

  Plan plan() {
    Instant now = clock.instant();
    Instant since = now.minus(order.retention());
    // In this order: what is committed after the listing is not in it, or is found live.
    List<StoredFile> files = new ArrayList<>(table.storage().dataFiles());
    Map<Path, Instant> removed =
        table.storage().removedSince(order.allowShort() ? Instant.EPOCH : since);
    Set<Path> live = new HashSet<>();
    table.snapshot().files().stream().map(LakeFile::path).forEach(live::add);
    files.addAll(table.storage().logFiles().stream().filter(f -> isTemporary(f.path())).toList());

    List<StoredFile> deleted = new ArrayList<>();
    List<StoredFile> kept = new ArrayList<>();
    long inFlight = 0;
    for (StoredFile file : files) {
      if (live.contains(file.path()) || isForeign(file.path())) {
        continue;
      }
      boolean known = removed.containsKey(file.path());
      Instant age = removed.getOrDefault(file.path(), file.modifiedAt());
      Duration least =
          known || order.retention().compareTo(IN_FLIGHT) > 0 ? order.retention() : IN_FLIGHT;
      if (age.isBefore(now.minus(least))) {
        deleted.add(file);
      } else {
        kept.add(file);
        inFlight += known ? 0 : 1;
      }
    }
    return new Plan(deleted, kept, inFlight, live.size());
  }

  CareFinding preview() {
    return finding(plan(), "files to delete", "bytes to free");
  }

  CareFinding run(Progress progress) {
    Plan plan = plan();
    List<StoredFile> files = plan.deleted();
    for (int at = 0; at < files.size(); at += AT_ONCE) {
      progress.report("vacuum " + table.name(), at, files.size());
      if (progress.cancelled()) {
        throw new MillraceException(
            ErrorCode.CANCELLED,
            "The vacuum of " + table.name() + " was cancelled after " + at + " files",
            "run it again for the rest; no version in use has lost a file");
      }
      table.storage().delete(files.subList(at, Math.min(files.size(), at + AT_ONCE)));
    }
    return finding(plan, "files deleted", "bytes freed");
  }

  private CareFinding finding(Plan plan, String files, String bytes) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("live files", plan.live());
    counts.put(files, (long) plan.deleted().size());
    counts.put(bytes, plan.deleted().stream().mapToLong(StoredFile::bytes).sum());
    counts.put("files kept", (long) plan.kept().size());
    counts.put("bytes kept", plan.kept().stream().mapToLong(StoredFile::bytes).sum());
    counts.put("kept as perhaps in flight", plan.keptInFlight());
    return new CareFinding(table.name(), table.snapshot().version(), counts);
  }

  private static boolean isTemporary(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(".tmp");
  }

  /// What other programs keep in a table's folder under hidden names.
  private static boolean isForeign(Path file) {
    String name = file.getFileName().toString();
    return (name.startsWith("_") || name.startsWith(".")) && !isTemporary(file);
  }
}
