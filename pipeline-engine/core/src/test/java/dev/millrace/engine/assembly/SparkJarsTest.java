package dev.millrace.engine.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.store.SharedFolder;
import dev.millrace.engine.settings.SparkSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkJarsTest {

  @Test
  void missingJarsAreAClearError(@TempDir Path folder) {
    assertThat(SparkJars.folder()).as("these tests run without Spark's client").isEmpty();
    assertThatThrownBy(
            () ->
                SqlEngines.openSpark(
                    SparkSettings.LOCAL, new SharedFolder(folder, Optional.empty())))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MACHINE);
              assertThat(e.remedy()).contains("./millrace").contains("--engine duckdb");
            });
  }
}
