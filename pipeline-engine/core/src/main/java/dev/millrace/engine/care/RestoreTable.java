package dev.millrace.engine.care;

import dev.millrace.engine.care.CareOrder.Offsets;
import dev.millrace.engine.care.CareOrder.Restore;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TopicPartition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes an earlier version of a table its newest, by a commit that brings its files and columns
/// back.
///
/// What the version says it was built from comes back with it, so that the next build sees what is
/// missing. The Kafka offsets stay by default: the events that came in after the version stay out
/// until someone asks for them; see `docs/decisions/0014-the-care-of-tables.md`.
final class RestoreTable {

  private final LakeTable table;
  private final Restore order;

  RestoreTable(LakeTable table, Restore order) {
    this.table = table;
    this.order = order;
  }

  /// A restore worked out against a version.
  private record Plan(
      LakeSnapshot now,
      LakeSnapshot then,
      Optional<Schema> schema,
      List<LakeFile> back,
      List<LakeFile> out,
      Map<TopicPartition, Long> offsets,
      Map<String, Long> sources) {}

  CareReport preview() {
    Plan plan = plan(table.snapshot());
    return report(plan, plan.now().version(), false);
  }

  CareReport run() {
    Plan[] carriedOut = new Plan[1];
    Optional<LakeSnapshot> landed =
        new ExchangeFiles(table)
            .land(
                List.of(),
                List.of(),
                base -> {
                  Plan plan = plan(base);
                  carriedOut[0] = plan;
                  LakeCommit commit =
                      new LakeCommit(
                          "RESTORE", plan.back(), plan.out(), plan.offsets(), plan.sources());
                  return plan.schema().map(commit::reshaping).orElse(commit);
                });
    return report(carriedOut[0], landed.orElseThrow().version(), true);
  }

  private Plan plan(LakeSnapshot now) {
    if (order.version() == now.version()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          table.name() + " is at version " + order.version() + " already",
          "'millrace table history " + table.name() + "' lists the others");
    }
    LakeSnapshot then = table.snapshotAt(order.version());
    List<LakeFile> gone = table.storage().missing(then.files());
    if (!gone.isEmpty()) {
      throw new MillraceException(
          ErrorCode.LAKE,
          "Version %d of %s cannot come back: %d of its %d files were deleted by a vacuum or an erasure"
              .formatted(order.version(), table.name(), gone.size(), then.files().size()),
          "choose a younger version from 'millrace table history " + table.name() + "'");
    }
    Set<Path> live = paths(now);
    Set<Path> wanted = paths(then);
    List<LakeFile> back = then.files().stream().filter(f -> !live.contains(f.path())).toList();
    List<LakeFile> out = now.files().stream().filter(f -> !wanted.contains(f.path())).toList();
    Schema schema = table.schemaAt(order.version());
    return new Plan(
        now,
        then,
        schema.equals(table.schema()) ? Optional.empty() : Optional.of(schema),
        back,
        out,
        order.offsets() == Offsets.REREAD ? offsets(now, then) : Map.of(),
        sources(now, then));
  }

  /// The version's offsets; a partition the version did not know goes back to its start.
  private Map<TopicPartition, Long> offsets(LakeSnapshot now, LakeSnapshot then) {
    for (LakeVersion between : table.history(Math.toIntExact(now.version() - order.version()))) {
      if (between.operation().equals(EraseSubject.OPERATION)) {
        throw new MillraceException(
            ErrorCode.USAGE,
            "Reading the events after version %d again could bring back what version %d erased"
                .formatted(order.version(), between.version()),
            "restore without --reread, or restore a version after the erasure");
      }
    }
    Map<TopicPartition, Long> offsets = new HashMap<>();
    now.nextOffsets().keySet().forEach(at -> offsets.put(at, then.nextOffset(at).orElse(0)));
    return offsets;
  }

  /// What the version was built from; 0, which nothing was built from, where it said nothing.
  private static Map<String, Long> sources(LakeSnapshot now, LakeSnapshot then) {
    Map<String, Long> sources = new HashMap<>();
    now.sourceVersions().keySet().forEach(name -> sources.put(name, 0L));
    sources.putAll(then.sourceVersions());
    return sources;
  }

  private static Set<Path> paths(LakeSnapshot snapshot) {
    Set<Path> paths = new HashSet<>();
    snapshot.files().forEach(file -> paths.add(file.path()));
    return paths;
  }

  private CareReport report(Plan plan, long version, boolean done) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("rows before", plan.now().rows());
    counts.put("rows after", plan.then().rows());
    counts.put("files back", (long) plan.back().size());
    counts.put("files out", (long) plan.out().size());
    List<String> notes = new ArrayList<>();
    plan.schema().ifPresent(_ -> notes.add("The columns of that version come back with it."));
    long behind =
        plan.now().nextOffsets().entrySet().stream()
            .mapToLong(e -> e.getValue() - plan.then().nextOffset(e.getKey()).orElse(0))
            .sum();
    if (behind > 0) {
      notes.add(
          switch (order.offsets()) {
            case KEEP ->
                "%,d offsets of Kafka came in after that version: their events stay out of the table, and the stream goes on behind them; --reread takes them in again."
                    .formatted(behind);
            case REREAD ->
                "The stream reads %,d offsets of Kafka again, as far as the topic still holds them."
                    .formatted(behind);
          });
    }
    if (!plan.then().sourceVersions().isEmpty()) {
      notes.add(
          "The next run of its transform makes the table what its sources say now; undo the cause"
              + " first.");
    }
    return new CareReport(
        "%s %s version %d: %s instead of %,d"
            .formatted(
                table.name(),
                done ? "is again" : "would be again",
                plan.then().version(),
                Count.of(plan.then().rows(), "row"),
                plan.now().rows()),
        done,
        true,
        List.of(new CareFinding(table.name(), version, counts)),
        notes);
  }
}
