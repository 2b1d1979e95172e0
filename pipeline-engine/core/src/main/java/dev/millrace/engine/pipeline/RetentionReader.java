package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Reads how long the tables of a definition are kept.
final class RetentionReader {

  private static final String FOREVER = "forever";
  private static final Duration LEAST = Duration.ofDays(1);
  private static final Duration MOST = Duration.ofDays(36_500);

  private RetentionReader() {}

  /// @param bronze Bronze tables that are named
  /// @param derived derived tables in the order they are built
  static Retention retention(YamlMap map, Set<TableName> bronze, List<DerivedTable> derived) {
    Set<String> known = new TreeSet<>();
    Arrays.stream(Layer.values()).map(Layer::sqlName).forEach(known::add);
    bronze.forEach(name -> known.add(name.toString()));
    bronze.forEach(name -> known.add(new TableName(Layer.DEAD_LETTERS, name.name()).toString()));
    derived.forEach(table -> known.add(table.name().toString()));
    Map<String, Optional<Duration>> settings = new LinkedHashMap<>();
    Map<String, YamlValue> values = new LinkedHashMap<>();
    for (YamlMap.Entry entry : map.entries()) {
      if (known.contains(entry.key())) {
        duration(entry.value())
            .ifPresent(
                kept -> {
                  settings.put(entry.key(), kept);
                  values.put(entry.key(), entry.value());
                });
      } else {
        entry
            .value()
            .fault("is of no layer or table of this pipeline", Nearest.remedy(entry.key(), known));
      }
    }
    Retention retention = new Retention(settings);
    refuseLongerThanSources(retention, derived, values);
    return retention;
  }

  /// A rebuild makes of a table what its sources still hold, so a longer retention is no promise.
  private static void refuseLongerThanSources(
      Retention retention, List<DerivedTable> derived, Map<String, YamlValue> values) {
    for (DerivedTable table : derived) {
      Optional<Optional<Duration>> said = retention.said(table.name());
      if (said.isEmpty()) {
        continue;
      }
      for (TableName source : table.from()) {
        Optional<Duration> kept = Pipeline.retentionOf(source, retention, derived);
        if (kept.isPresent()
            && said.get().filter(own -> own.compareTo(kept.get()) <= 0).isEmpty()) {
          Stream.of(table.name().toString(), table.name().layer().sqlName())
              .flatMap(key -> Optional.ofNullable(values.get(key)).stream())
              .findFirst()
              .ifPresent(
                  value ->
                      value.fault(
                          "keeps %s longer than its source %s, which is kept %d days"
                              .formatted(table.name(), source, kept.get().toDays()),
                          "give the source as long: a rebuild makes of a table what its sources"
                              + " still hold"));
        }
      }
    }
  }

  // Empty is a fault; present and empty in itself is for ever.
  @SuppressWarnings("OptionalMapToOptional")
  private static Optional<Optional<Duration>> duration(YamlValue value) {
    if (value.text().filter(FOREVER::equals).isPresent()) {
      return Optional.of(Optional.empty());
    }
    return value.duration(LEAST, MOST).map(Optional::of);
  }
}
