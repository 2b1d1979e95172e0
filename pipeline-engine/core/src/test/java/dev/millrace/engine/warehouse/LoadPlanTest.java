package dev.millrace.engine.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.WarehouseTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LoadPlanTest {

  private static final TableName GOLD = new TableName(Layer.GOLD, "daily");
  private static final WarehouseTable FACT =
      new WarehouseTable.ReplacePartitions("fact", GOLD, List.of("id"), "day");
  private static final WarehouseTable DIM = new WarehouseTable.Merge("dim", GOLD, List.of("id"));
  private static final Optional<LocalDate> MAY_1 = Optional.of(LocalDate.of(2026, 5, 1));
  private static final Optional<LocalDate> MAY_2 = Optional.of(LocalDate.of(2026, 5, 2));
  private static final Optional<LocalDate> MAY_3 = Optional.of(LocalDate.of(2026, 5, 3));

  @Test
  void theFirstLoadReadsEverything() {
    List<LakeFile> files = List.of(file("a", MAY_1), file("b", MAY_2));
    assertThat(LoadPlan.of(FACT, files, Map.of()))
        .isEqualTo(new LoadPlan.Replace(Set.of(MAY_1, MAY_2), files));
    assertThat(LoadPlan.of(DIM, files, Map.of())).isEqualTo(new LoadPlan.MergeRows(files));
  }

  @Test
  void theSameFilesAreNoNewsWhereverTheLakeLies() {
    List<LakeFile> files = List.of(file("moved/a", MAY_1), file("moved/b", MAY_2));
    Map<String, Optional<LocalDate>> loaded = Map.of("a", MAY_1, "b", MAY_2);
    assertThat(LoadPlan.of(FACT, files, loaded)).isEqualTo(new LoadPlan.Nothing());
    assertThat(LoadPlan.of(DIM, files, loaded)).isEqualTo(new LoadPlan.Nothing());
    assertThat(LoadPlan.of(FACT, List.of(), Map.of())).isEqualTo(new LoadPlan.Nothing());
  }

  @Test
  void onlyPartitionsWhoseFilesDifferAreReplaced() {
    LakeFile kept = file("a", MAY_1);
    LakeFile second = file("b", MAY_2);
    LakeFile added = file("c", MAY_2);
    assertThat(LoadPlan.of(FACT, List.of(kept, second, added), Map.of("a", MAY_1, "b", MAY_2)))
        .isEqualTo(new LoadPlan.Replace(Set.of(MAY_2), List.of(second, added)));
  }

  @Test
  void aVanishedPartitionIsOnlyDeleted() {
    assertThat(LoadPlan.of(FACT, List.of(file("a", MAY_1)), Map.of("a", MAY_1, "z", MAY_3)))
        .isEqualTo(new LoadPlan.Replace(Set.of(MAY_3), List.of()));
  }

  @Test
  void rowsWithoutADateAreAPartitionToo() {
    LakeFile undated = file("n", Optional.empty());
    assertThat(LoadPlan.of(FACT, List.of(file("a", MAY_1), undated), Map.of("a", MAY_1)))
        .isEqualTo(new LoadPlan.Replace(Set.of(Optional.empty()), List.of(undated)));
  }

  @Test
  void anyDifferenceMergesAll() {
    List<LakeFile> files = List.of(file("a", Optional.empty()), file("c", Optional.empty()));
    assertThat(LoadPlan.of(DIM, files, Map.of("a", Optional.empty(), "b", Optional.empty())))
        .isEqualTo(new LoadPlan.MergeRows(files));
  }

  private static LakeFile file(String name, Optional<LocalDate> partition) {
    return new LakeFile(Path.of("lake", name), 1, 100, partition, Map.of());
  }
}
