package dev.millrace.spark;

import dev.millrace.engine.assembly.SqlEngineSettings;
import dev.millrace.engine.assembly.SqlEngines;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.transform.SparkSetting;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlEngineContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Spark behind a real Spark Connect server does what every SQL engine must.
final class SparkEngineIT extends SqlEngineContract {

  @RegisterExtension static final ConnectProcess.Shared SERVER = new ConnectProcess.Shared();

  @Override
  protected SqlEngine engine(Path scratch) {
    return spark(SERVER.address(), scratch.resolveSibling("home [1] {a}"));
  }

  static SqlEngine spark(String address, Path home) {
    SparkSetting setting = new SparkSetting(address, Optional.empty(), Duration.ofSeconds(2));
    return SqlEngines.openSpark(
        new Home(home), new SqlEngineSettings(Optional.empty(), setting));
  }
}
