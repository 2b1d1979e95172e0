package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.transform.Sources.Source;
import java.util.List;
import java.util.Optional;

/// What a derived table needs to hold its sources' newest state.
sealed interface Judgement {

  /// Rows in changed files that are always compared, however small the source is.
  long FEW_ROWS = 1_000_000;

  /// Nothing.
  record UpToDate() implements Judgement {}

  /// What came and went in its source.
  record Extend(Source source, LakeChanges changes) implements Judgement {}

  /// To be computed whole.
  ///
  /// @param reason for people
  record Rebuild(String reason) implements Judgement {}

  static Judgement of(
      Pipeline pipeline, DerivedTable table, Sources sources, Optional<LakeSnapshot> standing) {
    if (standing.isEmpty()) {
      return new Rebuild("it is built for the first time");
    }
    LakeSnapshot target = standing.get();
    if (target.sourceVersions().isEmpty()) {
      return new Rebuild("nothing tells what it was built from");
    }
    if (!BuiltFrom.isDefinition(pipeline, table, target)) {
      return new Rebuild("its definition changed");
    }
    boolean changed = false;
    for (Source source : sources.tables()) {
      if (!BuiltFrom.isSource(source, target)) {
        return new Rebuild(source.name() + " is another table than it was built from");
      }
      Optional<LakeChanges> changes = changes(source, target);
      if (changes.isEmpty()) {
        return new Rebuild("the log of " + source.name() + " no longer tells what changed");
      }
      if (changes.get().isEmpty()) {
        continue;
      }
      changed = true;
      if (sources.tables().size() == 1 && !(table.reach() instanceof Reach.Whole)) {
        return extend(source, changes.get());
      }
    }
    return changed ? new Rebuild("its definition has neither lookback nor window") : new UpToDate();
  }

  private static Optional<LakeChanges> changes(Source source, LakeSnapshot target) {
    Long built = target.sourceVersions().get(source.name().toString());
    return built == null
        ? Optional.empty()
        : source.table().changes(built, source.snapshot().version());
  }

  private static Judgement extend(Source source, LakeChanges changes) {
    if (!ChangedRows.readable(changes)) {
      return new Rebuild("files that changed in " + source.name() + " are gone");
    }
    long added = rows(changes.added());
    long removed = rows(changes.removed());
    long half = source.snapshot().rows() / 2;
    if (Math.abs(added - removed) > half
        || (removed > 0 && added + removed > Math.max(half, FEW_ROWS))) {
      return new Rebuild("most of " + source.name() + " is new");
    }
    return new Extend(source, changes);
  }

  private static long rows(List<LakeFile> files) {
    return files.stream().mapToLong(LakeFile::rows).sum();
  }
}
