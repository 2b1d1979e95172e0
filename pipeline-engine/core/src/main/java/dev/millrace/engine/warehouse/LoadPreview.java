package dev.millrace.engine.warehouse;

import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.TableName;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a load would do, found without changing anything.
///
/// @param tables in the order of the definition, those without news included
public record LoadPreview(List<TablePreview> tables) {

  public LoadPreview {
    tables = List.copyOf(tables);
  }

  /// Whether a load would change anything.
  public boolean changes() {
    return tables.stream().anyMatch(TablePreview::changes);
  }

  /// One line for people.
  public String summary() {
    if (!changes()) {
      return "the warehouse holds the newest state already; a load would touch nothing";
    }
    return would("a load would");
  }

  private String would(String lead) {
    long inserted = 0;
    long updated = 0;
    long deleted = 0;
    long bytes = 0;
    for (TablePreview table : tables) {
      for (PartitionPreview partition : table.partitions()) {
        inserted += partition.inserted();
        updated += partition.updated();
        deleted += partition.deleted();
        bytes += partition.bytes();
      }
    }
    return "%s insert %s, update %,d and delete %,d, from %.1f MB of files"
        .formatted(lead, Count.of(inserted, "row"), updated, deleted, bytes / 1e6);
  }

  /// The same of a load that is held.
  public String summaryHeld() {
    return changes()
        ? would("once the load is let go, it would")
        : "the warehouse holds all that the tables have now; what they have then is loaded once the"
            + " load is let go";
  }

  /// One table.
  ///
  /// @param sourceVersion version of the lake table that would be loaded
  /// @param made whether the table would be made
  /// @param newColumns columns that would be added to it
  /// @param partitions in order, those that would stay as they are included; one without a date for
  ///   a table that is merged
  /// @param sample a few of the rows that would be written, texts by column; a null has no entry
  public record TablePreview(
      String target,
      TableName from,
      long sourceVersion,
      boolean made,
      List<String> newColumns,
      List<PartitionPreview> partitions,
      List<Map<String, String>> sample) {
    public TablePreview {
      newColumns = List.copyOf(newColumns);
      partitions = List.copyOf(partitions);
      sample = List.copyOf(sample);
    }

    public boolean changes() {
      return made
          || !newColumns.isEmpty()
          || partitions.stream().anyMatch(p -> p.action() != Action.LEAVE);
    }
  }

  /// One partition of a table.
  ///
  /// @param inserted rows that would be inserted
  /// @param updated rows that would be updated, by key
  /// @param deleted rows that would be deleted before that
  /// @param left rows that would stay as they are
  /// @param bytes size of the files that would be read
  public record PartitionPreview(
      Optional<LocalDate> partition,
      Action action,
      long inserted,
      long updated,
      long deleted,
      long left,
      long bytes) {}

  /// What would be done with a partition.
  public enum Action {
    /// The warehouse has none of its rows.
    INSERT,
    /// Its rows are deleted and inserted anew.
    REPLACE,
    /// The lake no longer has it.
    DELETE,
    /// Rows are inserted or updated by key.
    MERGE,
    /// The warehouse holds its newest state.
    LEAVE
  }
}
