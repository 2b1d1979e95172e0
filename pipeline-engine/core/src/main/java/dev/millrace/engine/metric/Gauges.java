package dev.millrace.engine.metric;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Gauges that are set all at once, as of one look at the engine: series without a value this time
/// go.
///
/// For one thread at a time.
public final class Gauges {

  private final MeterRegistry registry;
  private final Map<MeterName, MultiGauge> gauges = new EnumMap<>(MeterName.class);

  Gauges(MeterRegistry registry) {
    this.registry = registry;
  }

  /// The values of one look.
  public static final class Values {

    private final Map<MeterName, List<MultiGauge.Row<Number>>> rows =
        new EnumMap<>(MeterName.class);

    /// @param labels values of the meter's labels, in their order
    public void set(MeterName meter, double value, String... labels) {
      rows.computeIfAbsent(meter, _ -> new ArrayList<>())
          .add(MultiGauge.Row.of(tags(meter, labels), value));
    }
  }

  /// Shows these values from now on.
  public void show(Values values) {
    for (MeterName meter : values.rows.keySet()) {
      gauges.computeIfAbsent(meter, this::made);
    }
    gauges.forEach(
        (meter, gauge) -> gauge.register(values.rows.getOrDefault(meter, List.of()), true));
  }

  private MultiGauge made(MeterName meter) {
    MultiGauge.Builder builder = MultiGauge.builder(meter.id()).description(meter.description());
    return (meter.unit().isEmpty() ? builder : builder.baseUnit(meter.unit())).register(registry);
  }

  static Tags tags(MeterName meter, String... values) {
    List<String> labels = meter.labels();
    if (labels.size() != values.length) {
      throw new IllegalArgumentException(meter + " has the labels " + labels);
    }
    Tags tags = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      tags = tags.and(labels.get(i), values[i]);
    }
    return tags;
  }
}
