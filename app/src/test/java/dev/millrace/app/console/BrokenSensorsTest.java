package dev.millrace.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.simulator.Fault;
import dev.millrace.simulator.LiveRun;
import dev.millrace.simulator.LiveSimulator;
import dev.millrace.simulator.SimulatorStatus.Broken;
import dev.millrace.simulator.Simulators;
import dev.millrace.simulator.TruthLog;
import dev.millrace.simulator.sink.FileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of real fleets, one after another as the console's starts make them.
class BrokenSensorsTest {

  @TempDir Path home;

  @Test
  void aRestartMendsNoSensor() {
    Path file = home.resolve("simulator/broken.properties");
    List<String> log = new ArrayList<>();
    try (LiveSimulator fleet = fleet("first")) {
      BrokenSensors broken = new BrokenSensors(file);
      assertThat(broken.restore(fleet)).isEmpty();
      ToldSimulator told =
          new ToldSimulator(fleet, (_, words) -> log.add(words), Runnable::run, broken);
      told.breakSensor("temperature-07", Fault.STUCK);
      told.breakSensor("humidity-03", Fault.OFFLINE);
      told.breakSensor("pressure-01", Fault.DRIFT);
      told.mend("pressure-01");
    }
    try (LiveSimulator fleet = fleet("second")) {
      assertThat(new BrokenSensors(file).restore(fleet))
          .containsExactlyInAnyOrder(
              new Broken("temperature-07", Fault.STUCK), new Broken("humidity-03", Fault.OFFLINE));
      assertThat(fleet.status().broken()).hasSize(2);
    }
  }

  @Test
  void whatTheFleetDoesNotHaveAndWhatCannotBeReadIsLeftOut() throws IOException {
    Path file = home.resolve("broken.properties");
    Files.writeString(file, "nobody=STUCK\ntemperature-07=WORN\nhumidity-03=SPIKE\n");
    try (LiveSimulator fleet = fleet("third")) {
      assertThat(new BrokenSensors(file).restore(fleet))
          .containsExactly(new Broken("humidity-03", Fault.SPIKE));
    }
    Files.writeString(file, "\\uXXXX");
    try (LiveSimulator fleet = fleet("fourth")) {
      assertThat(new BrokenSensors(file).restore(fleet)).isEmpty();
    }
  }

  private LiveSimulator fleet(String sink) {
    Pipelines catalogue = new Pipelines(new Home(home));
    Pipeline pipeline = catalogue.find(ConsoleStart.PIPELINE);
    return Simulators.live(
        pipeline,
        Simulators.settings(pipeline, catalogue.listed(pipeline.name()).folder()),
        1,
        LiveRun.FOREVER,
        FileSink.open(home.resolve(sink + ".ndjson")),
        TruthLog.none());
  }
}
