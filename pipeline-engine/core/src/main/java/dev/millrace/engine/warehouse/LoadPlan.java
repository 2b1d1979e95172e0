package dev.millrace.engine.warehouse;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.pipeline.WarehouseTable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a load must do for one table, told from the files the lake has and the files loaded before.
public sealed interface LoadPlan {

  /// The files to read.
  List<LakeFile> read();

  /// The lake holds what was loaded before.
  record Nothing() implements LoadPlan {
    @Override
    public List<LakeFile> read() {
      return List.of();
    }
  }

  /// Delete these partitions, then insert these files' rows.
  ///
  /// @param partitions dates; empty for the rows without one
  record Replace(Set<Optional<LocalDate>> partitions, List<LakeFile> read) implements LoadPlan {
    public Replace {
      partitions = Set.copyOf(partitions);
      read = List.copyOf(read);
    }
  }

  /// Merge these files' rows by key.
  record MergeRows(List<LakeFile> read) implements LoadPlan {
    public MergeRows {
      read = List.copyOf(read);
    }
  }

  /// @param files live files of the lake table
  /// @param loaded names of the files loaded before, with their partition
  static LoadPlan of(
      WarehouseTable table, List<LakeFile> files, Map<String, Optional<LocalDate>> loaded) {
    return of(table, files, loaded, Set.of());
  }

  /// As above.
  ///
  /// @param anew partitions to load again in any case
  static LoadPlan of(
      WarehouseTable table,
      List<LakeFile> files,
      Map<String, Optional<LocalDate>> loaded,
      Set<Optional<LocalDate>> anew) {
    Set<String> live = new HashSet<>();
    files.forEach(file -> live.add(name(file)));
    if (anew.isEmpty() && live.equals(loaded.keySet())) {
      return new Nothing();
    }
    return switch (table) {
      case WarehouseTable.Merge _ -> new MergeRows(files);
      case WarehouseTable.ReplacePartitions _ -> replace(files, loaded, anew);
    };
  }

  /// Name of a file in the ledger: the last part of its path, which no other file of its table has,
  /// so that a lake may move.
  static String name(LakeFile file) {
    return String.valueOf(file.path().getFileName());
  }

  private static LoadPlan replace(
      List<LakeFile> files,
      Map<String, Optional<LocalDate>> loaded,
      Set<Optional<LocalDate>> anew) {
    Map<Optional<LocalDate>, Set<String>> before = new HashMap<>();
    loaded.forEach(
        (file, partition) -> before.computeIfAbsent(partition, _ -> new HashSet<>()).add(file));
    Map<Optional<LocalDate>, Set<String>> now = new HashMap<>();
    files.forEach(
        file -> now.computeIfAbsent(file.partitionValue(), _ -> new HashSet<>()).add(name(file)));
    Set<Optional<LocalDate>> touched = new HashSet<>(before.keySet());
    touched.addAll(now.keySet());
    touched.removeIf(
        partition ->
            before.getOrDefault(partition, Set.of()).equals(now.getOrDefault(partition, Set.of())));
    touched.addAll(anew);
    return new Replace(
        touched, files.stream().filter(f -> touched.contains(f.partitionValue())).toList());
  }
}
