package dev.millrace.views.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypeAheadTest {

  private static final List<String> SENSORS =
      List.of("f1-z01-humidity", "f1-z01-temp", "temp-hall", "Temp-roof");

  @Test
  void whatBeginsWithTheLettersGoesBeforeWhatHoldsThem() {
    assertThat(TypeAhead.first(SENSORS, "temp")).contains("temp-hall");
    assertThat(TypeAhead.first(SENSORS, "z01-t")).contains("f1-z01-temp");
    assertThat(TypeAhead.first(SENSORS, "TEMP-R")).contains("Temp-roof");
    assertThat(TypeAhead.first(SENSORS, "xy")).isEmpty();
  }
}
