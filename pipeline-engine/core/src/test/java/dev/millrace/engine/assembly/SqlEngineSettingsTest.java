package dev.millrace.engine.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.engine.transform.SparkSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlEngineSettingsTest {

  @TempDir Path folder;

  @Test
  void aHomeThatSaysNothingLeavesItToThePipelines() {
    SqlEngineSettings settings = SqlEngineSettings.of(new Home(folder));

    assertThat(settings).isEqualTo(SqlEngineSettings.DEFAULT);
    assertThat(settings.engineOf(pipeline(EngineKind.SPARK))).isEqualTo(EngineKind.SPARK);
    assertThat(settings.engineOf(pipeline(EngineKind.DUCKDB))).isEqualTo(EngineKind.DUCKDB);
  }

  @Test
  void theHomeWinsOverThePipelineAndTheCommandOverBoth() throws IOException {
    write("engine: spark\nspark: { connect: 'sc://cluster:15002' }\n");
    SqlEngineSettings settings = SqlEngineSettings.of(new Home(folder));

    assertThat(settings.engineOf(pipeline(EngineKind.DUCKDB))).isEqualTo(EngineKind.SPARK);
    assertThat(
            settings.or(Optional.of(EngineKind.DUCKDB)).engineOf(pipeline(EngineKind.SPARK)))
        .isEqualTo(EngineKind.DUCKDB);
    assertThat(settings.or(Optional.empty())).isEqualTo(settings);
  }

  @Test
  void everyKeyIsRead() throws IOException {
    write(
        """
        engine: duckdb
        spark:
          connect: sc://cluster:443/;token=${TOKEN}
          home: s3a://bucket/home
          patience: 2m
        """);

    assertThat(SqlEngineSettings.of(new Home(folder)))
        .isEqualTo(
            new SqlEngineSettings(
                Optional.of(EngineKind.DUCKDB),
                new SparkSetting(
                    "sc://cluster:443/;token=${TOKEN}",
                    Optional.of("s3a://bucket/home"),
                    Duration.ofMinutes(2))));
  }

  @Test
  void allFaultsAreToldWithTheirLines() throws IOException {
    write(
        """
        engine: flink
        sparc: {}
        spark:
          connect: localhost:15002
          home: relative/folder
          patience: soon
          user: me
        """);

    assertThatThrownBy(() -> SqlEngineSettings.of(new Home(folder)))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(p -> p.line())
                    .containsExactly(1, 2, 4, 5, 6, 7));
  }

  @Test
  void aPipelineSaysItsEngine() throws IOException {
    Path own = Files.createDirectories(folder.resolve("mine"));
    String rest = "name: mine\nversion: 1.0.0\nfeeds: { e: { kafka: { topic: e, key: id }, schema: {"
            + " id: string not null, t: timestamp not null }, roles: { entity: id, time: t } } }\n";
    Files.writeString(own.resolve("pipeline.yaml"), "engine: spark\n" + rest);
    assertThat(PipelineReader.read(own).engine()).isEqualTo(EngineKind.SPARK);

    Files.writeString(own.resolve("pipeline.yaml"), "engine: hadoop\n" + rest);
    assertThatThrownBy(() -> PipelineReader.read(own))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("engine");
  }

  @Test
  void missingJarsAreAClearError() {
    assertThat(System.getProperty(SparkJars.PROPERTY)).isNull();
    assertThatThrownBy(
            () -> SqlEngines.openSpark(new Home(folder), SqlEngineSettings.DEFAULT))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MACHINE);
              assertThat(e.remedy()).contains("./millrace").contains("--engine duckdb");
            });
  }

  private static Pipeline pipeline(EngineKind engine) {
    Pipeline p = PipelineReader.read(PipelineFolder.shipped("building-sensors"));
    return new Pipeline(
        p.name(),
        p.version(),
        p.title(),
        p.source(),
        p.feeds(),
        p.ranges(),
        p.tables(),
        p.suites(),
        p.warehouse(),
        p.flows(),
        engine);
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve(SqlEngineSettings.FILE), text);
  }
}
