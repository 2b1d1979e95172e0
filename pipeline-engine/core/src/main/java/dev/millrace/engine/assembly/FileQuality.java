package dev.millrace.engine.assembly;

import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.ReadSuite;
import dev.millrace.engine.quality.Suite;
import dev.millrace.engine.quality.ValidateFile;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.quality.profile.Profile;
import dev.millrace.engine.quality.profile.ProfileTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.nio.file.Path;
import java.time.Instant;

/// Files that are no table's, judged and profiled; needs no services. Any thread may call.
public final class FileQuality {

  private static final long MEMORY = 2L << 30;

  private FileQuality() {}

  /// Judges a file by a suite.
  ///
  /// @param detail how much the results tell
  /// @param home where what does not fit into memory goes
  /// @throws dev.millrace.engine.error.MillraceException `FILE` when it cannot be read,
  ///   `DEFINITION` with every fault of the suite, `CANCELLED`
  public static ValidationResult judge(
      Path file, SuiteSource source, ResultDetail detail, Home home, Progress progress) {
    Suite suite = ReadSuite.of(source);
    try (SqlEngine engine = engine(home)) {
      return new ValidateFile().validate(file, suite, detail, engine, Instant.now(), progress);
    }
  }

  /// Profiles a file.
  ///
  /// @param home as above
  /// @throws dev.millrace.engine.error.MillraceException `FILE` when it cannot be read, `CANCELLED`
  public static Profile profile(Path file, Home home, Progress progress) {
    try (SqlEngine engine = engine(home)) {
      return new ProfileTable().profile(file, engine, progress);
    }
  }

  private static SqlEngine engine(Home home) {
    return DuckDbEngine.inOrder(home.scratch(), MEMORY, Runtime.getRuntime().availableProcessors());
  }
}
