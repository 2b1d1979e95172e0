package dev.millrace.engine.care;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.care.CareOrder.Erase;
import dev.millrace.engine.care.CareOrder.Prove;
import dev.millrace.engine.care.CareOrder.Vacuum;
import dev.millrace.engine.lake.store.s3.LocalS3;
import dev.millrace.engine.lake.store.s3.RemoteRig;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.PipelineReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables in a bucket are optimized, vacuumed and erased from like those in a folder, and another
/// machine sees it.
class CareOnS3Test {

  private static final LocalDate DAY = LocalDate.parse("2026-03-01");

  private final Pipeline pipeline = PipelineReader.read(PipelineFolder.shipped("building-sensors"));

  @TempDir Path folder;

  @Test
  void optimizeVacuumAndEraseInABucket() throws Exception {
    try (LocalS3 s3 = LocalS3.start(Files.createDirectories(folder.resolve("server")))) {
      try (RemoteRig rig = new RemoteRig(s3.access("care"), folder.resolve("here"));
          CareHome home = home(rig, "home")) {
        for (int i = 0; i < 4; i++) {
          home.append(DAY, i * 100L, i * 100L + 100, 40);
        }
        home.build();

        home.carryOut(CareChild.OPTIMIZE);
        assertThat(home.bronze().snapshot().files()).hasSize(1);
        assertThat(home.offsets(home.bronze().snapshot())).hasSize(400).doesNotHaveDuplicates();

        home.clock.pass(Duration.ofDays(8));
        Vacuum vacuum = new Vacuum(CareHome.BRONZE, Duration.ofDays(7), false);
        assertThat(home.preview(vacuum).findings().getFirst().count("files to delete"))
            .isEqualTo(4);
        assertThat(home.carryOut(vacuum).findings().getFirst().count("files deleted")).isEqualTo(4);
        assertThat(home.offsets(home.bronze().snapshot())).hasSize(400);

        assertThat(home.carryOut(new Prove(CareChild.SUBJECT)).complete()).isFalse();
        CareReport done = home.carryOut(new Erase(CareChild.SUBJECT));
        assertThat(done.complete()).as("%s", done).isTrue();
      }

      try (RemoteRig rig = new RemoteRig(s3.access("care"), folder.resolve("there"));
          CareHome other = home(rig, "other")) {
        assertThat(other.count(CareHome.BRONZE, "TRUE")).isEqualTo(390);
        assertThat(other.count(CareHome.BRONZE, "sensor_id = 'sensor-3'")).isZero();
        CareReport proof = other.carryOut(new Prove(CareChild.SUBJECT));
        assertThat(proof.complete()).as("%s", proof).isTrue();
      }
    }
  }

  private CareHome home(RemoteRig rig, String name) throws Exception {
    return new CareHome(
        Files.createDirectories(folder.resolve(name)),
        pipeline,
        clock -> rig.lake("care", clock),
        rig.files());
  }
}
