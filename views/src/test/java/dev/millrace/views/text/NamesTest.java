package dev.millrace.views.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void numbersInNamesCompareAsNumbers() {
    assertThat(
            List.of("floor-10", "floor-9", "floor-1", "attic", "floor-09/a").stream()
                .sorted(Names.NATURAL))
        .containsExactly("attic", "floor-1", "floor-9", "floor-09/a", "floor-10");
  }

  @Test
  void placesAreToldLevelByLevel() {
    assertThat(Names.place("floor-3/zone-b")).isEqualTo("Floor 3 · Zone B");
    assertThat(Names.place("")).isEqualTo("No place");
    assertThat(Names.place("/")).isEqualTo("No place");
  }

  @Test
  void axisNamesAreBrief() {
    assertThat(Names.brief("zone-12")).isEqualTo("Z12");
    assertThat(Names.brief("lobby")).isEqualTo("Lobby");
  }
}
