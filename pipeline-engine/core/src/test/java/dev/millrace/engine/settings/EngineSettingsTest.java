package dev.millrace.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSettingsTest {

  @TempDir Path folder;

  @Test
  void aHomeThatSaysNothingLeavesItToThePipelines() {
    EngineSettings settings = HomeSettings.of(new Home(folder)).engine();

    assertThat(settings).isEqualTo(EngineSettings.DEFAULT);
    assertThat(settings.engineOf(pipeline(EngineKind.SPARK))).isEqualTo(EngineKind.SPARK);
    assertThat(settings.engineOf(pipeline(EngineKind.DUCKDB))).isEqualTo(EngineKind.DUCKDB);
  }

  @Test
  void theHomeWinsOverThePipelineAndTheCommandOverBoth() throws IOException {
    write("engine: spark\nspark: { connect: 'sc://cluster:15002' }\n");
    EngineSettings settings = HomeSettings.of(new Home(folder)).engine();

    assertThat(settings.engineOf(pipeline(EngineKind.DUCKDB))).isEqualTo(EngineKind.SPARK);
    assertThat(settings.or(Optional.of(EngineKind.DUCKDB)).engineOf(pipeline(EngineKind.SPARK)))
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
          lake: s3a://bucket/lake
          patience: 2m
        """);

    assertThat(HomeSettings.of(new Home(folder)).engine())
        .isEqualTo(
            new EngineSettings(
                Optional.of(EngineKind.DUCKDB),
                new SparkSettings(
                    "sc://cluster:443/;token=${TOKEN}",
                    Optional.of("s3a://bucket/lake"),
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
          lake: relative/folder
          patience: soon
          user: me
        """);

    assertThatThrownBy(() -> HomeSettings.of(new Home(folder)).engine())
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
    String rest =
        "name: mine\nversion: 1.0.0\nfeeds: { e: { kafka: { topic: e, key: id }, schema: {"
            + " id: string not null, t: timestamp not null }, roles: { entity: id, time: t } } }\n";
    Files.writeString(own.resolve("pipeline.yaml"), "engine: spark\n" + rest);
    assertThat(PipelineReader.read(own).engine()).isEqualTo(EngineKind.SPARK);

    Files.writeString(own.resolve("pipeline.yaml"), "engine: hadoop\n" + rest);
    assertThatThrownBy(() -> PipelineReader.read(own))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("engine");
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
        engine,
        p.retention());
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("settings.yaml"), text);
  }
}
