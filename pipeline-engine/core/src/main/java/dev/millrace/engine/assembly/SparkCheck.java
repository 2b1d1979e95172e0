package dev.millrace.engine.assembly;

import dev.millrace.engine.lake.store.SharedFolder;
import dev.millrace.engine.settings.SparkSettings;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.nio.file.Path;
import java.util.Optional;

/// Whether Spark answers.
public final class SparkCheck {

  private SparkCheck() {}

  /// The version of the server, as it tells it.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `MACHINE` when the client is not here,
  ///   `SERVICE` when the server does not answer or refuses
  public static String version(SparkSettings settings) {
    SharedFolder none = new SharedFolder(Path.of("."), Optional.empty());
    try (SqlEngine engine = SqlEngines.openSpark(settings, none);
        SqlSession session = engine.session()) {
      return String.valueOf(session.rows("SELECT version() AS v").getFirst().get("v"));
    }
  }
}
