package dev.millrace.engine.settings;

import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.util.Optional;

/// What a home says of the engines that run SQL: the keys `engine` and `spark` of its settings.
///
/// @param engine what runs the transforms of every pipeline; empty leaves it to the pipelines
/// @param spark where Spark is found
public record EngineSettings(Optional<EngineKind> engine, SparkSettings spark) {

  /// What holds in a home that says nothing.
  public static final EngineSettings DEFAULT =
      new EngineSettings(Optional.empty(), SparkSettings.LOCAL);

  /// Reads the two keys; what is wrong in them becomes a fault.
  static EngineSettings read(YamlMap top) {
    Optional<EngineKind> engine =
        top.optional("engine").flatMap(v -> v.oneOf(EngineKind.WORDS)).map(EngineKind::of);
    Optional<SparkSettings> spark =
        top.optional("spark").flatMap(YamlValue::map).flatMap(SparkSettings::read);
    return new EngineSettings(engine, spark.orElse(SparkSettings.LOCAL));
  }

  /// The same, with what a command line said, if it did.
  public EngineSettings or(Optional<EngineKind> wanted) {
    return wanted.isPresent() ? new EngineSettings(wanted, spark) : this;
  }

  /// What runs the pipeline's transforms.
  public EngineKind engineOf(Pipeline pipeline) {
    return engine.orElse(pipeline.engine());
  }
}
