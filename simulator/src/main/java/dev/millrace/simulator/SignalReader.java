package dev.millrace.simulator;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the `signals` and `faults` of a fleet.
///
/// @param feed the one they are sent to
record SignalReader(Feed feed) {

  List<Signal> signals(YamlMap map) {
    List<Signal> signals = new ArrayList<>();
    for (YamlMap.Entry entry : map.entries()) {
      entry.value().map().ifPresent(body -> signals.add(signal(entry, body)));
    }
    return signals;
  }

  private Signal signal(YamlMap.Entry entry, YamlMap body) {
    body.only(
        "sensors",
        "unit",
        "base",
        "spread",
        "daily",
        "peak",
        "zone",
        "drift",
        "noise",
        "spike",
        "decimals");
    int sensors = body.required("sensors", "10").flatMap(v -> v.whole(1, 1_000_000)).orElse(1);
    boolean hasValue = feed.roles().value().isPresent();
    double base =
        (hasValue ? body.required("base", "21.5") : body.optional("base"))
            .flatMap(SignalReader::size)
            .orElse(0.0);
    Optional<YamlValue> unitValue = body.optional("unit");
    if (unitValue.isPresent() && feed.roles().unit().isEmpty()) {
      unitValue.get().fault("stands for a feed without the role unit", "leave it out");
    }
    double noise = deviation(body, "noise");
    double[] spike =
        body.optional("spike")
            .flatMap(v -> ColumnSourceReader.ends(v, "[5, 20]"))
            .orElse(new double[] {10 * noise + 1, 20 * noise + 2});
    boolean whole =
        feed.roles()
            .value()
            .flatMap(feed.schema()::column)
            .map(Column::type)
            .filter(t -> t != ColumnType.DOUBLE)
            .isPresent();
    int decimals =
        body.optional("decimals").flatMap(v -> v.whole(0, whole ? 0 : 9)).orElse(whole ? 0 : 2);
    return new Signal(
        entry.key(),
        sensors,
        unitValue.flatMap(YamlValue::text),
        base,
        deviation(body, "spread"),
        body.optional("daily").flatMap(SignalReader::size).orElse(0.0),
        body.optional("peak").flatMap(SignalReader::hour).orElse(LocalTime.of(15, 0)),
        body.optional("zone").flatMap(SignalReader::size).orElse(0.0),
        deviation(body, "drift"),
        noise,
        spike[0],
        spike[1],
        decimals);
  }

  private static double deviation(YamlMap body, String key) {
    return body.optional(key).flatMap(v -> v.number(0, 1e9, "a number from 0 on")).orElse(0.0);
  }

  private static Optional<Double> size(YamlValue value) {
    return value.number(-1e9, 1e9, "a number");
  }

  private static Optional<LocalTime> hour(YamlValue value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalTime.parse(text.get()));
    } catch (DateTimeException _) {
      value.fault("is no time of day: '" + text.get() + "'", "write for example \"15:00\"");
      return Optional.empty();
    }
  }

  List<FaultMix> faults(YamlMap map) {
    List<FaultMix> faults = new ArrayList<>();
    for (YamlMap.Entry entry : map.entries()) {
      if (FleetReader.faultNames().contains(entry.key())) {
        Fault fault = Fault.valueOf(entry.key().toUpperCase(Locale.ROOT));
        entry.value().map().ifPresent(body -> faults.add(fault(fault, entry, body)));
      } else {
        entry.value().fault("is no fault", Nearest.remedy(entry.key(), FleetReader.faultNames()));
      }
    }
    return faults;
  }

  private FaultMix fault(Fault fault, YamlMap.Entry entry, YamlMap body) {
    body.only("part", "readings");
    if (feed.roles().value().isEmpty() && fault != Fault.DROPOUT && fault != Fault.OFFLINE) {
      entry.value().fault("needs a feed with the role value", "leave it out");
    }
    double part =
        body.required("part", "0.5")
            .flatMap(v -> v.number(1e-9, 1e9, "a number above 0"))
            .orElse(1.0);
    if (fault == Fault.SPIKE) {
      body.optional("readings")
          .ifPresent(v -> v.fault("stand for a spike, which is one reading", "leave them out"));
      return new FaultMix(fault, part, 1, 1);
    }
    double[] readings =
        body.optional("readings")
            .flatMap(v -> ColumnSourceReader.ends(v, "[5, 20]"))
            .orElse(new double[] {5, 20});
    if (readings[0] < 1
        || readings[1] > 1_000_000
        || readings[0] % 1 != 0
        || readings[1] % 1 != 0) {
      body.optional("readings")
          .ifPresent(v -> v.fault("are no counts of readings", "write whole numbers from 1 on"));
      return new FaultMix(fault, part, 1, 1);
    }
    return new FaultMix(fault, part, (int) readings[0], (int) readings[1]);
  }
}
