package dev.millrace.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);

  @Test
  void gaugesShowTheLastLookAndNothingElse() {
    Gauges gauges = meters.gauges();
    Gauges.Values first = new Gauges.Values();
    first.set(MeterName.TABLE_ROWS, 3, "p", "bronze.a");
    first.set(MeterName.TABLE_ROWS, 4, "p", "bronze.b");
    gauges.show(first);
    assertThat(rows("bronze.a")).isEqualTo(3);
    assertThat(rows("bronze.b")).isEqualTo(4);

    Gauges.Values second = new Gauges.Values();
    second.set(MeterName.TABLE_ROWS, 5, "p", "bronze.b");
    gauges.show(second);
    assertThat(rows("bronze.b")).isEqualTo(5);
    assertThat(registry.find(MeterName.TABLE_ROWS.id()).gauges()).hasSize(1);
  }

  private double rows(String table) {
    return registry.get(MeterName.TABLE_ROWS.id()).tags("table", table).gauge().value();
  }

  @Test
  void everyMeterHasItsOwnNameAndIsDescribed() {
    assertThat(Arrays.stream(MeterName.values()).map(MeterName::prometheus))
        .doesNotHaveDuplicates();
    assertThat(MeterName.values())
        .allSatisfy(
            meter -> {
              assertThat(meter.id()).startsWith("millrace.");
              assertThat(meter.description()).isNotBlank().doesNotEndWith(".");
            });
    meters.eventsDecoded("p", "f").increment();
    var _ = meters.commit("p", "f");
    var _ = meters.batch("p", "f");
    for (MeterName meter :
        List.of(MeterName.STREAM_EVENTS, MeterName.STREAM_COMMIT, MeterName.STREAM_BATCH)) {
      assertThat(registry.get(meter.id()).meter().getId().getDescription())
          .isEqualTo(meter.description());
    }
  }

  @Test
  void labelsMustBeThoseOfTheMeter() {
    assertThatThrownBy(() -> Gauges.tags(MeterName.TABLE_ROWS, "p"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[pipeline, table]");
  }
}
