package dev.millrace.engine.assembly;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.yaml.Faults;
import dev.millrace.engine.pipeline.yaml.YamlDocument;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.transform.SparkSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a home says of the engines that run SQL: the keys `engine` and `spark` of its settings.
///
/// @param engine what runs the transforms of every pipeline; empty leaves it to the pipelines
/// @param spark where Spark is found
public record SqlEngineSettings(Optional<EngineKind> engine, SparkSetting spark) {

  /// The file in the home.
  public static final String FILE = "settings.yaml";

  /// What holds in a home that says nothing.
  public static final SqlEngineSettings DEFAULT =
      new SqlEngineSettings(Optional.empty(), SparkSetting.LOCAL);

  /// Reads the home's settings.
  ///
  /// @throws ProblemsException when the file has faults
  /// @throws MillraceException `FILE` when it cannot be read
  public static SqlEngineSettings of(Home home) {
    Path file = home.root().resolve(FILE);
    if (!Files.exists(file)) {
      return DEFAULT;
    }
    Faults faults = new Faults();
    Optional<YamlMap> root = YamlDocument.read(file.toString(), bytes(file), faults);
    SqlEngineSettings settings = root.map(SqlEngineSettings::of).orElse(DEFAULT);
    faults.refuse("The settings of this home");
    return settings;
  }

  private static SqlEngineSettings of(YamlMap root) {
    root.only("engine", "spark");
    Optional<EngineKind> engine =
        root.optional("engine").flatMap(v -> v.oneOf(EngineKind.WORDS)).map(EngineKind::of);
    Optional<SparkSetting> spark =
        root.optional("spark").flatMap(v -> v.map()).flatMap(SparkSetting::of);
    return new SqlEngineSettings(engine, spark.orElse(SparkSetting.LOCAL));
  }

  /// The same, with what a command line said, if it did.
  SqlEngineSettings or(Optional<EngineKind> wanted) {
    return wanted.isPresent() ? new SqlEngineSettings(wanted, spark) : this;
  }

  /// What runs the pipeline's transforms.
  public EngineKind engineOf(Pipeline pipeline) {
    return engine.orElse(pipeline.engine());
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE, file + " cannot be read: " + e.getMessage(), "mend its rights", e);
    }
  }
}
