package dev.millrace.engine.assembly;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.LoadHold;
import dev.millrace.engine.quality.ReadResult;
import dev.millrace.engine.quality.ReadSuite;
import dev.millrace.engine.quality.SuitesInForce;
import dev.millrace.engine.quality.ValidationRecord;
import dev.millrace.engine.quality.ValidationStore;
import dev.millrace.engine.quality.quarantine.KeptFilter;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.engine.quality.quarantine.Quarantine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Tells what holds a load: a table that it is made of fails an expectation that does, has rows in
/// quarantine that do, or was made before rows were discarded. Stateless; any thread may ask.
record HoldsLoad(
    Pipeline pipeline,
    SuitesInForce suites,
    ValidationStore validations,
    Quarantine quarantine,
    Lake lake) {

  /// Empty when nothing holds it.
  Optional<LoadHold> now() {
    Set<TableName> sources = sources();
    List<String> reasons = new ArrayList<>();
    Set<TableName> failing = new TreeSet<>();
    Set<TableName> judgedByAnother = new TreeSet<>();
    for (Map.Entry<TableName, SuiteSource> suite : new TreeMap<>(suites.all()).entrySet()) {
      TableName table = suite.getKey();
      Optional<ValidationRecord> last = validations.latest(pipeline.name(), table);
      if (!sources.contains(table) || last.isEmpty()) {
        continue;
      }
      String by = last.get().suite();
      boolean another = ReadSuite.name(suite.getValue()).filter(by::equals).isEmpty();
      if (another) {
        judgedByAnother.add(table);
      }
      if (last.get().holdsLoad()) {
        failing.add(table);
        reasons.add(
            "%s failed %s%s"
                .formatted(
                    table,
                    String.join(", ", holding(last.get())),
                    another ? " by the suite " + by + ", which is no longer in force" : ""));
      }
    }
    Map<TableName, Long> held = new TreeMap<>(quarantine.holdingLoad());
    held.keySet().retainAll(sources);
    held.forEach(
        (table, rows) ->
            reasons.add(
                "%s of %s in quarantine %s the load"
                    .formatted(Count.of(rows, "row"), table, rows == 1 ? "holds" : "hold")));
    failing.addAll(held.keySet());
    List<TableName> old = madeBeforeDiscard(sources);
    if (!old.isEmpty()) {
      reasons.add(
          "%s %s made before rows were discarded, and may still have them"
              .formatted(
                  String.join(", ", old.stream().map(TableName::toString).toList()),
                  Count.was(old.size())));
    }
    if (reasons.isEmpty()) {
      return Optional.empty();
    }
    if (held.isEmpty() && old.containsAll(failing)) {
      return Optional.of(LoadHold.untilMade(pipeline.name(), reasons));
    }
    return Optional.of(
        judgedByAnother.containsAll(failing)
            ? LoadHold.untilJudged(pipeline.name(), reasons)
            : LoadHold.of(pipeline.name(), reasons, !held.isEmpty()));
  }

  private List<TableName> madeBeforeDiscard(Set<TableName> sources) {
    return quarantine.counts(KeptFilter.ALL.in(KeptState.DISCARDED)).isEmpty()
        ? List.of()
        : new MadeBeforeDiscard(pipeline, lake).among(sources);
  }

  /// Expectations that were not met and hold a load, for people: a mere warning holds nothing.
  private static List<String> holding(ValidationRecord record) {
    return ReadResult.of(record.json()).results().stream()
        .filter(result -> !result.success())
        .filter(result -> result.config().consequence().compareTo(Consequence.STOP_LOAD) >= 0)
        .map(result -> "'" + Asked.sentence(result.config()) + "'")
        .toList();
  }

  /// Tables that the warehouse's tables are made of.
  private Set<TableName> sources() {
    Set<TableName> sources = new TreeSet<>();
    List<TableName> open = new ArrayList<>();
    pipeline.warehouse().forEach(table -> open.add(table.from()));
    while (!open.isEmpty()) {
      TableName next = open.removeLast();
      if (sources.add(next)) {
        pipeline.table(next).map(DerivedTable::from).ifPresent(open::addAll);
      }
    }
    return sources;
  }
}
