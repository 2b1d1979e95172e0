package dev.millrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.store.SharedFolder;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.transform.BuildOutcome;
import dev.millrace.engine.transform.BuildOutcome.Built;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person reads when Spark is not there, goes away, or does not see the files; and that the
/// tables stand as they were.
final class SparkFaultsIT {

  @RegisterExtension static final ConnectProcess.Shared SERVER = new ConnectProcess.Shared();

  private static final Schema ONE = Schema.of(Column.optional("n", ColumnType.INT));
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir Path folder;

  @Test
  void nobodyAnswers() throws IOException {
    int free;
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = door.getLocalPort();
    }

    try (SqlEngine engine = SparkEngineIT.spark("sc://127.0.0.1:" + free, folder)) {
      assertThatThrownBy(engine::session)
          .isInstanceOfSatisfying(
              MillraceException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SERVICE);
                assertThat(e.what())
                    .startsWith("No Spark Connect server answers at 127.0.0.1:" + free);
                assertThat(e.remedy()).contains("spark.connect");
              });
    }
  }

  @Test
  void aTokenThatIsNotSetIsAskedFor() {
    try (SqlEngine engine =
        SparkEngineIT.spark(SERVER.address() + "/;token=${MILLRACE_NO_SUCH_TOKEN}", folder)) {
      assertThatThrownBy(engine::session)
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("MILLRACE_NO_SUCH_TOKEN");
    }
  }

  /// At the views, in the midst of the statement, and later, as it comes.
  @ParameterizedTest
  @ValueSource(longs = {6_000, 20_000})
  void aLostConnectionLeavesTheTableAsItStood(long bytes) throws IOException {
    SimulatedBronze bronze =
        new SimulatedBronze(new Pipelines(new Home(folder)), "building-sensors");
    DeltaLake lake =
        new DeltaLake(folder.resolve("lake"), "Millrace/test", InstantSource.fixed(NOW));
    DerivedTable silver = bronze.pipeline().tables().getFirst();
    bronze.append(lake, 0, 500);
    try (SqlEngine engine = SparkEngineIT.spark(SERVER.address(), folder.resolve("lake"))) {
      assertThat(build(bronze, silver, lake, engine)).isInstanceOf(Built.class);
    }
    LakeTable table = lake.find(silver.name()).orElseThrow();
    LakeSnapshot stood = table.snapshot();
    bronze.append(lake, 1, 500);

    try (CutWire wire = new CutWire(SERVER.port(), bytes);
        SqlEngine engine = SparkEngineIT.spark(wire.address(), folder.resolve("lake"))) {
      assertThatThrownBy(() -> build(bronze, silver, lake, engine))
          .isInstanceOfSatisfying(
              MillraceException.class,
              e -> {
                assertThat(e.code()).as(e.what()).isEqualTo(ErrorCode.SERVICE);
                assertThat(e.what()).contains("was lost");
                assertThat(e.remedy()).contains("the tables stand as they were");
              });
      assertThat(wire.isCut()).isTrue();
    }

    assertThat(table.snapshot()).isEqualTo(stood);
    assertThat(filesUnder(folder.resolve("lake").resolve("silver")))
        .containsExactlyInAnyOrderElementsOf(stood.files().stream().map(LakeFile::path).toList());
    assertThat(filesUnder(folder.resolve("lake").resolve("_cluster"))).isEmpty();
    try (SqlEngine engine = SparkEngineIT.spark(SERVER.address(), folder.resolve("lake"))) {
      assertThat(build(bronze, silver, lake, engine).rowsNow()).isGreaterThan(stood.rows());
    }
  }

  @Test
  void filesThatOnlyWeSeeAreNamedSo() {
    try (SqlEngine engine = elsewhere("file:" + folder.resolve("nowhere"));
        SqlSession session = engine.session()) {
      LakeFile file = new LakeFile(folder.resolve("a.parquet"), 1, 1, Optional.empty(), Map.of());

      assertThatThrownBy(() -> session.view("t", ONE, List.of(file)))
          .isInstanceOfSatisfying(
              MillraceException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.LAKE);
                assertThat(e.remedy()).contains("spark.lake");
              });
    }
  }

  @Test
  void rowsThatSparkWroteWhereWeDoNotSeeThemAreNotLostInSilence() throws IOException {
    Path other = Files.createDirectories(folder.resolve("cluster only"));
    Path target = Files.createDirectories(folder.resolve("table"));
    try (SqlEngine engine = elsewhere("file:" + other.toString().replace(" ", "%20"));
        SqlSession session = engine.session()) {
      assertThatThrownBy(
              () ->
                  session.write(
                      "SELECT 1 AS n UNION ALL SELECT 2", ONE, Optional.empty(), _ -> target))
          .isInstanceOfSatisfying(
              MillraceException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.LAKE);
                assertThat(e.what()).startsWith("Spark wrote 2 rows to").contains("here are 0");
                assertThat(e.remedy()).contains("spark.lake");
              });
    }
    assertThat(target).isEmptyDirectory();
  }

  /// And a name that Hadoop would take for a pattern is none.
  @Test
  void aFolderThatIsMountedElsewhereIsOne() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home [1] {a}"));
    Path mounted = Files.createSymbolicLink(folder.resolve("mounted [1] {a}"), home);
    Path target = Files.createDirectories(home.resolve("table"));
    SharedFolder files = new SharedFolder(home, Optional.of("file:" + mounted));
    try (SqlEngine engine = SparkEngineIT.spark(SERVER.address(), files);
        SqlSession session = engine.session()) {
      List<LakeFile> written =
          session.write("SELECT 1 AS n UNION ALL SELECT 2", ONE, Optional.empty(), _ -> target);
      session.view("t", ONE, written);

      assertThat(session.rows("SELECT sum(n) AS n FROM t"))
          .singleElement()
          .satisfies(row -> assertThat(row).containsEntry("n", 3L));
    }
  }

  private SqlEngine elsewhere(String lake) {
    return SparkEngineIT.spark(SERVER.address(), new SharedFolder(folder, Optional.of(lake)));
  }

  private static BuildOutcome build(
      SimulatedBronze bronze, DerivedTable table, DeltaLake lake, SqlEngine engine) {
    return new BuildTable().build(bronze.pipeline(), table, lake, engine, NOW, Progress.NONE);
  }

  private static List<Path> filesUnder(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .filter(p -> !p.toString().contains("_delta_log"))
          .toList();
    }
  }
}
