package dev.millrace.engine.metric;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gauges that are set all at once, as of one look at the engine: series without a value this time
/// go.
///
/// For one thread at a time; scrapes read beside it.
public final class Gauges {

  private record Series(MeterName meter, List<String> labels) {}

  /// One series that is shown, and its value.
  private static final class Shown {

    private volatile double value;

    double value() {
      return value;
    }
  }

  private record Registered(Shown shown, Gauge gauge) {}

  private final MeterRegistry registry;
  private final Map<Series, Registered> registered = new HashMap<>();

  Gauges(MeterRegistry registry) {
    this.registry = registry;
  }

  /// The values of one look.
  public static final class Values {

    private final Map<Series, Double> all = new LinkedHashMap<>();

    /// @param labels values of the meter's labels, in their order
    public void set(MeterName meter, double value, String... labels) {
      all.put(new Series(meter, List.of(labels)), value);
    }
  }

  /// Shows these values from now on.
  public void show(Values values) {
    values.all.forEach(
        (series, value) ->
            registered.computeIfAbsent(series, this::register).shown().value = value);
    registered
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !values.all.containsKey(entry.getKey());
              if (gone) {
                registry.remove(entry.getValue().gauge());
              }
              return gone;
            });
  }

  private Registered register(Series series) {
    MeterName meter = series.meter();
    Shown shown = new Shown();
    Gauge.Builder<Shown> builder =
        Gauge.builder(meter.id(), shown, Shown::value)
            .description(meter.description())
            .tags(tags(meter, series.labels().toArray(String[]::new)));
    if (!meter.unit().isEmpty()) {
      builder.baseUnit(meter.unit());
    }
    return new Registered(shown, builder.register(registry));
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
