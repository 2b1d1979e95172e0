package dev.millrace.engine.warehouse.jdbc;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.warehouse.LoadPlan;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.LoadPreview.Action;
import dev.millrace.engine.warehouse.LoadPreview.PartitionPreview;
import dev.millrace.engine.warehouse.LoadPreview.TablePreview;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Tells what a load would do, by the plan the load itself would go by. For one run.
final class PreviewLoad {

  private static final int SAMPLE = 5;

  private final BothSides sides;
  private final Ledger ledger;
  private final WarehouseSide warehouse;

  PreviewLoad(BothSides sides) {
    this.sides = sides;
    this.ledger = sides.ledger();
    this.warehouse = sides.warehouse();
  }

  LoadPreview run() throws SQLException {
    boolean loaded = ledger.exists();
    List<TablePreview> tables = new ArrayList<>();
    for (WarehouseTable table : sides.pipeline().warehouse()) {
      sides.next("Looking at " + table.target(), tables.size());
      tables.add(preview(table, loaded));
    }
    return new LoadPreview(tables);
  }

  private TablePreview preview(WarehouseTable table, boolean loaded) throws SQLException {
    LakeTable source = Sources.find(sides.lake(), table);
    LakeSnapshot snapshot = source.snapshot();
    Schema schema = source.schema();
    TargetTable target = sides.target(table, source);
    Map<String, String> standing = target.standing();
    boolean made = standing.isEmpty();
    if (!made) {
      target.check(standing);
    }
    LoadPlan plan =
        LoadPlan.of(
            table, snapshot.files(), made || !loaded ? Map.of() : ledger.files(table.target()));
    Fingerprint there = new Fingerprint(sides.dialect().words(), table, schema);
    Map<Optional<LocalDate>, Long> counts =
        made ? Map.of() : warehouse.counts(there, target.sqlName());
    List<String> added = made ? List.of() : SqlNames.names(target.lacking(standing));
    List<PartitionPreview> partitions =
        switch (plan) {
          case LoadPlan.Nothing _ -> partitions(counts, new LoadPlan.Replace(Set.of(), List.of()));
          case LoadPlan.Replace replace -> partitions(counts, replace);
          case LoadPlan.MergeRows merge ->
              List.of(merged(table, schema, target, made || !added.isEmpty(), merge, counts));
        };
    return new TablePreview(
        table.target(),
        table.from(),
        snapshot.version(),
        made,
        added,
        partitions,
        sample(table, schema, plan.read()));
  }

  private static List<PartitionPreview> partitions(
      Map<Optional<LocalDate>, Long> counts, LoadPlan.Replace plan) {
    Set<Optional<LocalDate>> all = new TreeSet<>(BothSides.BY_DATE);
    all.addAll(counts.keySet());
    all.addAll(plan.partitions());
    List<PartitionPreview> previews = new ArrayList<>();
    for (Optional<LocalDate> date : all) {
      long standing = counts.getOrDefault(date, 0L);
      if (!plan.partitions().contains(date)) {
        previews.add(new PartitionPreview(date, Action.LEAVE, 0, 0, 0, standing, 0));
        continue;
      }
      List<LakeFile> files =
          plan.read().stream().filter(f -> f.partitionValue().equals(date)).toList();
      long rows = files.stream().mapToLong(LakeFile::rows).sum();
      Action action = rows == 0 ? Action.DELETE : standing == 0 ? Action.INSERT : Action.REPLACE;
      previews.add(new PartitionPreview(date, action, rows, 0, standing, 0, bytes(files)));
    }
    return previews;
  }

  /// Which keys are new and which rows differ is known by comparing digests; without the lake's
  /// columns over there every row that stands counts as updated.
  private PartitionPreview merged(
      WarehouseTable table,
      Schema schema,
      TargetTable target,
      boolean otherShape,
      LoadPlan.MergeRows plan,
      Map<Optional<LocalDate>, Long> counts)
      throws SQLException {
    long rows = plan.read().stream().mapToLong(LakeFile::rows).sum();
    long standing = counts.values().stream().mapToLong(Long::longValue).sum();
    if (standing == 0 || otherShape) {
      long updated = Math.min(rows, standing);
      return new PartitionPreview(
          Optional.empty(),
          Action.MERGE,
          rows - updated,
          updated,
          0,
          standing - updated,
          bytes(plan.read()));
    }
    RowDigests digests = new RowDigests(table.key(), schema, 0);
    try (LakeSide here =
        new LakeSide(sides.engine(), table.target(), schema, plan.read(), sides.progress())) {
      here.forEachRow(
          new Fingerprint(LakeSide.WORDS, table, schema).rows(LakeSide.ROWS, Optional.empty()),
          row -> digests.lake(RowDigests.digest(row.getFirst()), Reconcile.key(row)));
    }
    warehouse.rows(
        new Fingerprint(sides.dialect().words(), table, schema),
        target.sqlName(),
        Optional.empty(),
        (digest, key) -> digests.warehouse(digest, key, false));
    digests.finish();
    return new PartitionPreview(
        Optional.empty(),
        Action.MERGE,
        digests.missing(),
        digests.changed(),
        0,
        digests.matched() + digests.extra(),
        bytes(plan.read()));
  }

  private List<Map<String, String>> sample(
      WarehouseTable table, Schema schema, List<LakeFile> files) {
    List<Map<String, String>> sample = new ArrayList<>();
    if (files.isEmpty()) {
      return sample;
    }
    // One file tells enough, and the others need not be brought here for it.
    try (LakeSide here =
        new LakeSide(
            sides.engine(), table.target(), schema, files.subList(0, 1), sides.progress())) {
      here.forEachRow(
          "SELECT * FROM %s ORDER BY %s LIMIT %d"
              .formatted(LakeSide.ROWS, quoted(table.key()), SAMPLE),
          row -> {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < schema.size(); i++) {
              Column column = schema.columns().get(i);
              Object value = row.get(i);
              if (value != null) {
                values.put(
                    column.name(),
                    value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString());
              }
            }
            sample.add(values);
          });
    }
    return sample;
  }

  private static long bytes(List<LakeFile> files) {
    return files.stream().mapToLong(LakeFile::bytes).sum();
  }
}
