package dev.millrace.engine.care;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.StoredFile;
import dev.millrace.engine.lake.TableStorage.LogErasure;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.BuildOutcome;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Erases a sensor, device or person from every table of a pipeline, its past included.
/// 1. Its rows leave the newest version of each table.
/// 2. Derived tables are built anew, so that sums and means no longer hold them.
/// 3. Files of earlier versions that hold the value are deleted, and bounds in the log that are it.
/// 4. Copies outside of the lake are erased.
///
/// Each step finds by looking what is left of it, so a run that breaks off is completed by the
/// next; readers see each table before or after its commit. Earlier versions whose files went can
/// no longer be read.
final class EraseSubject {

  static final String OPERATION = "ERASE";

  private final Pipeline pipeline;
  private final Lake lake;
  private final SqlEngine sql;
  private final InstantSource clock;
  private final List<OutsideCopy> copies;
  private final Subject subject;
  private final FindTraces find;

  EraseSubject(
      Pipeline pipeline,
      Lake lake,
      SqlEngine sql,
      InstantSource clock,
      List<OutsideCopy> copies,
      Subject subject) {
    this.pipeline = pipeline;
    this.lake = lake;
    this.sql = sql;
    this.clock = clock;
    this.copies = List.copyOf(copies);
    this.subject = subject;
    this.find = new FindTraces(sql, subject);
  }

  CareReport preview(Progress progress) {
    List<LakeTable> tables = tables();
    Map<TableName, RemoveRows.Removed> removed = new HashMap<>();
    long rows = 0;
    for (LakeTable table : tables) {
      progress.report("count rows of " + table.name(), removed.size(), tables.size());
      RemoveRows.Removed would = new RemoveRows(table, sql, subject).preview(progress);
      removed.put(table.name(), would);
      rows += would.rows();
    }
    String soFar = rows == 0 ? "no row is of it so far; " : Count.of(rows, "row") + " so far; ";
    List<CareFinding> findings = new ArrayList<>();
    boolean nothing = true;
    for (LakeTable table : tables) {
      RemoveRows.Removed would = Objects.requireNonNull(removed.get(table.name()));
      FindTraces.Found found = find.in(table, saying(soFar, progress));
      Map<String, Long> counts = new LinkedHashMap<>();
      counts.put("rows to remove", would.rows());
      counts.put("files to rewrite", (long) would.files());
      counts.put("texts to blank", would.blanked());
      counts.put("old files to delete", (long) found.dead().size());
      counts.put("log files to clean", (long) found.log().size());
      findings.add(new CareFinding(table.name(), table.snapshot().version(), counts));
      nothing &= counts.values().stream().allMatch(count -> count == 0);
    }
    if (nothing) {
      return new CareReport(
          "No row, old file or log names this value of "
              + String.join(", ", new TreeSet<>(subject.columns())),
          false,
          true,
          List.of(),
          remaining().stream().toList());
    }
    return new CareReport(
        Count.of(rows, "row") + " of " + Count.of(touching(findings), "table") + " would be erased",
        false,
        true,
        findings,
        Stream.concat(
                Stream.of(
                    "Derived tables are built anew; earlier versions whose files are deleted can no"
                        + " longer be read."),
                remaining().stream())
            .toList());
  }

  /// What was found before goes ahead of what is done.
  private static Progress saying(String found, Progress progress) {
    return new Progress() {
      @Override
      public void report(String what, long done, long total) {
        progress.report(found + what, done, total);
      }

      @Override
      public boolean cancelled() {
        return progress.cancelled();
      }
    };
  }

  CareReport run(Progress progress) {
    Map<TableName, RemoveRows.Removed> removed = new TreeMap<>();
    for (LakeTable table : tables()) {
      removed.put(table.name(), new RemoveRows(table, sql, subject).run(progress));
    }
    List<String> notes = new ArrayList<>();
    Map<TableName, Long> built = build(progress, notes);
    List<CareFinding> findings = new ArrayList<>();
    int left = 0;
    long rows = 0;
    for (LakeTable table : tables()) {
      Past past = erasePast(table, progress);
      RemoveRows.Removed gone = removed.getOrDefault(table.name(), new RemoveRows.Removed(0, 0, 0));
      Map<String, Long> counts = new LinkedHashMap<>();
      counts.put("rows removed", gone.rows());
      counts.put("files rewritten", (long) gone.files());
      counts.put("texts blanked", gone.blanked());
      counts.put("rows built anew", built.getOrDefault(table.name(), 0L));
      counts.put("old files deleted", (long) past.files());
      counts.put("log entries cleaned", (long) past.log().entries());
      counts.put("left", (long) past.left());
      findings.add(new CareFinding(table.name(), table.snapshot().version(), counts));
      left += past.left();
      rows += gone.rows();
    }
    boolean complete = notes.isEmpty() && left == 0;
    if (left > 0) {
      notes.add(
          "%d files were left: they hold the value and are younger than %d minutes, so a writer may be about to commit them, or they came in meanwhile. Run it again later."
              .formatted(left, VacuumTable.IN_FLIGHT.toMinutes()));
    }
    copies.forEach(copy -> notes.add(copy.erase(subject, progress)));
    remaining().ifPresent(notes::add);
    return new CareReport(
        "%s of %s %s erased"
            .formatted(
                Count.of(rows, "row"), Count.of(touching(findings), "table"), Count.was(rows)),
        true,
        complete,
        findings,
        notes);
  }

  /// Builds the derived tables that stand; one that cannot be built is told and not in the way.
  private Map<TableName, Long> build(Progress progress, List<String> faults) {
    Map<TableName, Long> rows = new HashMap<>();
    for (DerivedTable table : pipeline.tables()) {
      if (lake.find(table.name()).isEmpty()) {
        continue;
      }
      try {
        BuildOutcome outcome =
            new BuildTable().build(pipeline, table, lake, sql, clock.instant(), progress);
        if (outcome instanceof BuildOutcome.Built done) {
          rows.put(table.name(), done.rowsWritten());
        }
      } catch (MillraceException e) {
        if (progress.cancelled()) {
          throw e;
        }
        faults.add(
            "%s could not be built anew, so sums in it may still count the erased rows: %s; %s. Then run it again."
                .formatted(table.name(), e.what(), e.remedy()));
      }
    }
    return rows;
  }

  /// @param left files that hold the value and had to stay
  private record Past(int files, LogErasure log, int left) {}

  private Past erasePast(LakeTable table, Progress progress) {
    FindTraces.Found found = find.in(table, progress);
    if (found.nothing()) {
      return new Past(0, new LogErasure(0, 0), 0);
    }
    Set<Path> known = table.storage().removedSince(Instant.EPOCH).keySet();
    Instant young = clock.instant().minus(VacuumTable.IN_FLIGHT);
    // Asked again: one of them may have been committed since.
    Set<Path> live =
        table.snapshot().files().stream().map(LakeFile::path).collect(Collectors.toSet());
    List<StoredFile> deleted = new ArrayList<>();
    int left = found.live().size();
    for (StoredFile file : found.dead()) {
      if (!live.contains(file.path())
          && (known.contains(file.path()) || file.modifiedAt().isBefore(young))) {
        deleted.add(file);
      } else {
        left++;
      }
    }
    table.storage().delete(deleted);
    Traces traces = new Traces(subject);
    LogErasure log =
        found.log().isEmpty()
            ? new LogErasure(0, 0)
            : table.storage().eraseFromLog(text -> traces.inBound(text));
    return new Past(deleted.size(), log, left);
  }

  private List<LakeTable> tables() {
    return lake.tables().stream().flatMap(name -> lake.find(name).stream()).toList();
  }

  private static long touching(List<CareFinding> findings) {
    return findings.stream()
        .filter(f -> f.count("rows to remove") + f.count("rows removed") > 0)
        .count();
  }

  /// What is not touched when nothing but the lake is reached.
  private Optional<String> remaining() {
    if (!copies.isEmpty()) {
      return Optional.empty();
    }
    String topics =
        pipeline.feeds().stream()
            .map(feed -> feed.kafka().topic())
            .collect(Collectors.joining(", "));
    return Optional.of(
        "Kafka's topic %s keeps its events until its own retention ends; the tables do not read them again."
                .formatted(topics)
            + (pipeline.warehouse().isEmpty()
                ? ""
                : " The warehouse and the reports of validations are reached only with the services."));
  }
}
