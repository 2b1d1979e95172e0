package dev.millrace.app.cli;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.quality.LoadHold;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.LoadPreview.Action;
import dev.millrace.engine.warehouse.LoadPreview.PartitionPreview;
import dev.millrace.engine.warehouse.LoadPreview.TablePreview;
import dev.millrace.engine.warehouse.Reconciliation;
import dev.millrace.engine.warehouse.Reconciliation.Figures;
import dev.millrace.engine.warehouse.Reconciliation.PartitionCheck;
import dev.millrace.engine.warehouse.Reconciliation.RowDifference;
import dev.millrace.engine.warehouse.Reconciliation.TableCheck;
import dev.millrace.engine.warehouse.Reconciliation.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Previews and reconciliations as lines and as JSON.
final class WarehouseText {

  private WarehouseText() {}

  /// @param hold told last, so that it is not scrolled away
  static List<String> lines(LoadPreview preview, Optional<LoadHold> hold) {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<String> more = new ArrayList<>();
    for (TablePreview table : preview.tables()) {
      for (PartitionPreview partition : table.partitions()) {
        if (partition.action() != Action.LEAVE) {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("table", table.target());
          row.putAll(object(partition));
          rows.add(row);
        }
      }
      long left = table.partitions().stream().filter(p -> p.action() == Action.LEAVE).count();
      if (left > 0) {
        more.add(
            table.target()
                + ": "
                + Count.of(left, "partition")
                + (left == 1 ? " stays as it is" : " stay as they are"));
      }
      if (table.made()) {
        more.add(table.target() + " would be made");
      }
      if (!table.newColumns().isEmpty()) {
        more.add(table.target() + " would get columns " + String.join(", ", table.newColumns()));
      }
      if (!table.sample().isEmpty()) {
        more.add("Rows of " + table.target() + ", for example:");
        table.sample().forEach(row -> more.add("  " + row));
      }
    }
    List<String> lines = new ArrayList<>(rows.isEmpty() ? List.of() : Output.align(rows));
    lines.addAll(more);
    lines.add(hold.isPresent() ? preview.summaryHeld() : preview.summary());
    hold.ifPresent(
        h -> {
          lines.add(h.what() + ". A load is refused as long, and the warehouse keeps what it has");
          lines.add("To do: " + h.remedy());
        });
    return lines;
  }

  static Map<String, Object> object(TablePreview table) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("table", table.target());
    object.put("from", table.from().toString());
    object.put("source_version", table.sourceVersion());
    object.put("made", table.made());
    object.put("new_columns", table.newColumns());
    object.put("partitions", table.partitions().stream().map(WarehouseText::object).toList());
    object.put("sample", table.sample());
    return object;
  }

  private static Map<String, Object> object(PartitionPreview partition) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("partition", text(partition.partition()));
    object.put("action", partition.action().name().toLowerCase(Locale.ROOT));
    object.put("insert", partition.inserted());
    object.put("update", partition.updated());
    object.put("delete", partition.deleted());
    object.put("leave", partition.left());
    object.put("bytes", partition.bytes());
    return object;
  }

  static List<String> lines(Reconciliation reconciliation) {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (TableCheck table : reconciliation.tables()) {
      long equal = 0;
      long kept = 0;
      for (PartitionCheck partition : table.partitions()) {
        kept += partition.kept();
        if (partition.verdict() == Verdict.EQUAL) {
          equal++;
          continue;
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("table", table.target());
        row.put("partition", text(partition.partition()));
        row.put("verdict", partition.verdict().name().toLowerCase(Locale.ROOT));
        row.put("lake_rows", partition.lake().rows());
        row.put("warehouse_rows", partition.warehouse().rows());
        row.put("differing", partition.differing());
        rows.add(row);
        for (RowDifference difference : partition.rows()) {
          differences.add(
              "  %s %s: %s"
                  .formatted(
                      table.target(),
                      difference.kind().name().toLowerCase(Locale.ROOT),
                      difference.key()));
        }
        sums(partition)
            .forEach(
                (column, sums) ->
                    differences.add("  %s sum of %s: %s".formatted(table.target(), column, sums)));
      }
      differences.add(
          "%s: %s%s"
              .formatted(
                  table.target(),
                  equal(equal, table.partitions().size()),
                  kept == 0 ? "" : ", and %,d of its rows the lake has not".formatted(kept)));
    }
    List<String> lines = new ArrayList<>(rows.isEmpty() ? List.of() : Output.align(rows));
    lines.addAll(differences);
    lines.add(reconciliation.summary());
    return lines;
  }

  private static String equal(long equal, int all) {
    return all == 1
        ? equal == 1 ? "the one partition is equal" : "the one partition is not equal"
        : "%,d of %s %s equal".formatted(equal, Count.of(all, "partition"), Count.is(equal));
  }

  /// Sums that differ by more than rounding.
  private static Map<String, String> sums(PartitionCheck partition) {
    Map<String, String> differing = new TreeMap<>();
    if (partition.verdict() == Verdict.DIFFERS) {
      partition
          .lake()
          .sums()
          .forEach(
              (column, here) -> {
                double there = partition.warehouse().sums().getOrDefault(column, 0.0);
                if (Math.abs(here - there) > 1e-9 * Math.max(Math.abs(here), Math.abs(there))) {
                  differing.put(column, "%s in the lake, %s there".formatted(here, there));
                }
              });
    }
    return differing;
  }

  static Map<String, Object> object(TableCheck table) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("table", table.target());
    object.put("from", table.from().toString());
    object.put("source_version", table.sourceVersion());
    object.put("partitions", table.partitions().stream().map(WarehouseText::object).toList());
    return object;
  }

  private static Map<String, Object> object(PartitionCheck partition) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("partition", text(partition.partition()));
    object.put("verdict", partition.verdict().name().toLowerCase(Locale.ROOT));
    object.put("lake", object(partition.lake()));
    object.put("warehouse", object(partition.warehouse()));
    object.put("differing", partition.differing());
    object.put("kept", partition.kept());
    object.put(
        "rows",
        partition.rows().stream()
            .map(r -> Map.of("kind", r.kind().name().toLowerCase(Locale.ROOT), "key", r.key()))
            .toList());
    return object;
  }

  private static Map<String, Object> object(Figures figures) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("rows", figures.rows());
    object.put("checksum", figures.checksum());
    object.put("sums", new TreeMap<>(figures.sums()));
    return object;
  }

  private static String text(Optional<LocalDate> partition) {
    return partition.map(LocalDate::toString).orElse("-");
  }

  /// Rows of a query, by column.
  static List<Map<String, Object>> rows(Answer.Rows found) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (List<Object> values : found.rows()) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int i = 0; i < values.size(); i++) {
        row.put(found.columns().get(i).name(), values.get(i));
      }
      rows.add(TableCommand.printable(row));
    }
    return rows;
  }
}
