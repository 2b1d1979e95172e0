package dev.millrace.engine.assembly;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.quality.quarantine.Quarantine;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tables that were made of Bronze before events were discarded from it, and so may still have rows
/// of these. Stateless; any thread may ask.
record MadeBeforeDiscard(Pipeline pipeline, Lake lake) {

  /// Those of some tables, in their order.
  List<TableName> among(Collection<TableName> tables) {
    Set<TableName> bronze = pipeline.feeds().stream().map(Feed::bronze).collect(Collectors.toSet());
    return tables.stream()
        .filter(
            name -> lake.find(name).filter(table -> before(table.snapshot(), bronze)).isPresent())
        .toList();
  }

  /// Whether a state was made, by whatever steps, of Bronze before its last discard.
  private boolean before(LakeSnapshot state, Set<TableName> bronze) {
    for (Map.Entry<String, Long> source : state.sourceVersions().entrySet()) {
      Optional<TableName> name = TableName.parse(source.getKey());
      Optional<LakeTable> table = name.flatMap(lake::find);
      if (table.isEmpty()) {
        continue;
      }
      boolean discarded =
          bronze.contains(name.get())
              ? discardedSince(table.get(), source.getValue())
              : at(table.get(), source.getValue()).filter(s -> before(s, bronze)).isPresent();
      if (discarded) {
        return true;
      }
    }
    return false;
  }

  private static boolean discardedSince(LakeTable bronze, long version) {
    long since = bronze.snapshot().version() - version;
    return since > 0
        && bronze.history((int) Math.min(since, Integer.MAX_VALUE)).stream()
            .anyMatch(one -> one.version() > version && one.operation().equals(Quarantine.DISCARD));
  }

  /// The state at a version; empty when the log no longer tells it.
  private static Optional<LakeSnapshot> at(LakeTable table, long version) {
    LakeSnapshot now = table.snapshot();
    if (now.version() == version) {
      return Optional.of(now);
    }
    try {
      return Optional.of(table.snapshotAt(version));
    } catch (MillraceException e) {
      if (e.code() != ErrorCode.LAKE) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
