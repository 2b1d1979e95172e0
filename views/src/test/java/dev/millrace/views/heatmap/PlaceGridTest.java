package dev.millrace.views.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceGridTest {

  @Test
  void floorsAreRowsWithTheHighestOnTopAndZonesAreColumns() {
    PlaceGrid grid =
        PlaceGrid.of(
            List.of("floor-2/zone-1", "floor-10/zone-1", "floor-2/zone-2", "floor-10/zone-2"));
    assertThat(grid.rows()).containsExactly("Floor 10", "Floor 2");
    assertThat(grid.columns()).containsExactly("Zone 1", "Zone 2");
    assertThat(grid.places()).containsEntry("floor-2/zone-2", new PlaceGrid.At(1, 1));
  }

  @Test
  void placesWithoutLevelsStandInAGridAndNameThemselves() {
    PlaceGrid grid = PlaceGrid.of(List.of("lobby", "roof", "office-1", "office-2", "office-10"));
    assertThat(grid.named()).isFalse();
    assertThat(grid.places().values()).doesNotHaveDuplicates().hasSize(5);
    assertThat(grid.columnCount() * grid.rowCount()).isBetween(5, 8);
  }

  @Test
  void roomsThatShareNoColumnAreNotSpreadOverAnEmptySheet() {
    PlaceGrid grid = PlaceGrid.of(List.of("a/1", "b/2", "c/3", "d/4", "e/5"));
    assertThat(grid.named()).isFalse();
  }

  @Test
  void anEmptyPlaceHasItsCellToo() {
    assertThat(PlaceGrid.of(List.of("")).places()).containsKey("");
  }
}
