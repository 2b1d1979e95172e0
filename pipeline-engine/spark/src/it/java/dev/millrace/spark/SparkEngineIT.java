package dev.millrace.spark;

import dev.millrace.engine.assembly.SqlEngines;
import dev.millrace.engine.lake.ClusterFiles;
import dev.millrace.engine.lake.store.SharedFolder;
import dev.millrace.engine.settings.SparkSettings;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlEngineContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Spark behind a real Spark Connect server does what every SQL engine must.
final class SparkEngineIT extends SqlEngineContract {

  @RegisterExtension static final ConnectProcess.Shared SERVER = new ConnectProcess.Shared();

  /// The contract's table lies beside its scratch, in a folder whose name Hadoop would misread.
  @Override
  protected SqlEngine engine(Path scratch) {
    return spark(SERVER.address(), Objects.requireNonNull(scratch.toAbsolutePath().getParent()));
  }

  /// @param lake the folder both sides see
  static SqlEngine spark(String address, Path lake) {
    return spark(address, new SharedFolder(lake, Optional.empty()));
  }

  static SqlEngine spark(String address, ClusterFiles files) {
    return SqlEngines.openSpark(
        new SparkSettings(address, Optional.empty(), Duration.ofSeconds(2)), files);
  }
}
