package dev.millrace.engine.warehouse.jdbc;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.warehouse.LoadPlan;
import dev.millrace.engine.warehouse.Reconciliation;
import dev.millrace.engine.warehouse.Reconciliation.Figures;
import dev.millrace.engine.warehouse.Reconciliation.PartitionCheck;
import dev.millrace.engine.warehouse.Reconciliation.TableCheck;
import dev.millrace.engine.warehouse.Reconciliation.Verdict;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Compares what was loaded with the lake, in one state of each. For one run.
///
/// Partitions are compared by count and checksum. Of those that differ, and of tables that are
/// merged, the rows are compared one by one: their digests and keys travel, not their values.
final class Reconcile {

  /// Differing rows told of one partition.
  private static final int LISTED = 20;

  /// Partitions with more rows are not compared row by row.
  private static final long ROWS_AT_MOST = 5_000_000;

  private final BothSides sides;
  private final Ledger ledger;
  private final WarehouseSide warehouse;

  Reconcile(BothSides sides) {
    this.sides = sides;
    this.ledger = sides.ledger();
    this.warehouse = sides.warehouse();
  }

  Reconciliation run() throws SQLException {
    boolean loaded = ledger.exists();
    List<TableCheck> checks = new ArrayList<>();
    for (WarehouseTable table : sides.pipeline().warehouse()) {
      sides.next("Comparing " + table.target(), checks.size());
      checks.add(check(table, loaded));
    }
    return new Reconciliation(checks);
  }

  private TableCheck check(WarehouseTable table, boolean loaded) throws SQLException {
    LakeTable source = Sources.find(sides.lake(), table);
    LakeSnapshot snapshot = source.snapshot();
    TargetTable target = sides.target(table, source);
    Map<String, String> standing = target.standing();
    if (!loaded || standing.isEmpty() || !target.lacking(standing).isEmpty()) {
      return new TableCheck(
          table.target(), table.from(), snapshot.version(), behind(table, snapshot.files()));
    }
    target.check(standing);
    Map<String, Optional<LocalDate>> held = ledger.files(table.target());
    Set<Optional<LocalDate>> stale =
        switch (LoadPlan.of(table, snapshot.files(), held)) {
          case LoadPlan.Nothing _ -> Set.of();
          case LoadPlan.Replace replace -> replace.partitions();
          case LoadPlan.MergeRows _ -> Set.of(Optional.empty());
        };
    try (LakeSide here =
        new LakeSide(
            sides.engine(), table.target(), source.schema(), snapshot.files(), sides.progress())) {
      return new TableCheck(
          table.target(),
          table.from(),
          snapshot.version(),
          compare(table, source, target.sqlName(), here, stale));
    }
  }

  /// What there is to load of a table that was never loaded.
  private static List<PartitionCheck> behind(WarehouseTable table, List<LakeFile> files) {
    Map<Optional<LocalDate>, Long> rows = new HashMap<>();
    boolean parted = Sources.partition(table).isPresent();
    for (LakeFile file : files) {
      rows.merge(parted ? file.partitionValue() : Optional.empty(), file.rows(), Long::sum);
    }
    return rows.keySet().stream()
        .sorted(BothSides.BY_DATE)
        .map(
            date ->
                new PartitionCheck(
                    date,
                    Verdict.BEHIND,
                    new Figures(rows.getOrDefault(date, 0L), "", Map.of()),
                    Figures.NONE,
                    0,
                    0,
                    List.of()))
        .toList();
  }

  private List<PartitionCheck> compare(
      WarehouseTable table,
      LakeTable source,
      String target,
      LakeSide here,
      Set<Optional<LocalDate>> stale)
      throws SQLException {
    Fingerprint there = new Fingerprint(sides.dialect().words(), table, source.schema());
    Fingerprint own = new Fingerprint(LakeSide.WORDS, table, source.schema());
    Map<Optional<LocalDate>, Figures> mine = figures(here, own);
    Map<Optional<LocalDate>, Figures> theirs = warehouse.figures(there, target);
    Set<Optional<LocalDate>> all = new TreeSet<>(BothSides.BY_DATE);
    all.addAll(mine.keySet());
    all.addAll(theirs.keySet());
    List<PartitionCheck> checks = new ArrayList<>();
    for (Optional<LocalDate> date : all) {
      Figures lakeHas = mine.getOrDefault(date, Figures.NONE);
      Figures warehouseHas = theirs.getOrDefault(date, Figures.NONE);
      if (stale.contains(date) || lakeHas.matches(warehouseHas)) {
        Verdict verdict = stale.contains(date) ? Verdict.BEHIND : Verdict.EQUAL;
        checks.add(new PartitionCheck(date, verdict, lakeHas, warehouseHas, 0, 0, List.of()));
      } else if (Math.max(lakeHas.rows(), warehouseHas.rows()) > ROWS_AT_MOST) {
        long rows = Math.max(1, Math.abs(lakeHas.rows() - warehouseHas.rows()));
        checks.add(
            new PartitionCheck(date, Verdict.DIFFERS, lakeHas, warehouseHas, rows, 0, List.of()));
      } else {
        RowDigests rows = rows(table, source, here, own, there, target, date);
        boolean merged = Sources.partition(table).isEmpty();
        long differing = rows.missing() + rows.changed() + (merged ? 0 : rows.extra());
        checks.add(
            new PartitionCheck(
                date,
                differing == 0 ? Verdict.EQUAL : Verdict.DIFFERS,
                lakeHas,
                warehouseHas,
                differing,
                merged ? rows.extra() : 0,
                rows.differences()));
      }
    }
    return checks;
  }

  private RowDigests rows(
      WarehouseTable table,
      LakeTable source,
      LakeSide here,
      Fingerprint own,
      Fingerprint there,
      String target,
      Optional<LocalDate> date)
      throws SQLException {
    Optional<String> partition = Sources.partition(table);
    Optional<String> where =
        partition.map(
            name ->
                date.map(d -> quoted(name) + " = DATE '" + d + "'")
                    .orElse(quoted(name) + " IS NULL"));
    RowDigests rows = new RowDigests(table.key(), source.schema(), LISTED);
    here.forEachRow(
        own.rows(LakeSide.ROWS, where),
        row -> rows.lake(RowDigests.digest(row.getFirst()), key(row)));
    warehouse.rows(
        there, target, where, (digest, key) -> rows.warehouse(digest, key, partition.isPresent()));
    rows.finish();
    return rows;
  }

  static List<String> key(List<Object> row) {
    return row.subList(1, row.size()).stream().map(Object::toString).toList();
  }

  private static Map<Optional<LocalDate>, Figures> figures(LakeSide here, Fingerprint own) {
    Map<Optional<LocalDate>, Figures> figures = new HashMap<>();
    List<String> summed = own.summed();
    here.forEachRow(
        own.byPartition(LakeSide.ROWS),
        row -> {
          Map<String, Double> sums = new LinkedHashMap<>();
          for (int i = 0; i < summed.size(); i++) {
            if (row.get(3 + i) instanceof Double sum) {
              sums.put(summed.get(i), sum);
            }
          }
          Optional<LocalDate> date =
              row.getFirst() instanceof String text ? WarehouseSide.date(text) : Optional.empty();
          figures.put(
              date,
              new Figures(((Number) row.get(1)).longValue(), String.valueOf(row.get(2)), sums));
        });
    return figures;
  }
}
