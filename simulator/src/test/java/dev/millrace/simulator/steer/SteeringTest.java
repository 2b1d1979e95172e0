package dev.millrace.simulator.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.simulator.Fault;
import dev.millrace.simulator.Fixtures;
import dev.millrace.simulator.LiveRun;
import dev.millrace.simulator.LiveSimulator;
import dev.millrace.simulator.Shares;
import dev.millrace.simulator.SimulatorStatus;
import dev.millrace.simulator.Simulators;
import dev.millrace.simulator.TruthLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Orders to a real simulator, by word and through its port.
@Timeout(30)
class SteeringTest {

  @TempDir Path home;
  private LiveSimulator simulator;
  private boolean ended;

  @BeforeEach
  void open() {
    PipelineFolder folder = Fixtures.buildingSensors(home);
    Pipeline pipeline = Fixtures.pipeline(folder);
    simulator =
        Simulators.live(
            pipeline,
            Simulators.settings(pipeline, folder),
            1,
            LiveRun.FOREVER,
            new Fixtures.Kept(),
            TruthLog.none());
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void everyOrderIsCarriedOut() {
    Orders orders = new Orders(simulator, () -> ended = true);

    assertThat(orders.give("rate 512.5")).containsExactly("rate is 512.5");
    orders.give("anomalies 0.1");
    orders.give(" malformed  0.2 ");
    orders.give("late 0.25");
    orders.give("DUPLICATES 0.125");
    assertThat(orders.give("break humidity-03 Offline"))
        .containsExactly("humidity-03 is broken: offline");
    orders.give("break humidity-04 stuck");
    orders.give("event air-conditioning-failure floor-1/zone-2");

    SimulatorStatus status = simulator.status();
    assertThat(status.targetRate()).isEqualTo(512.5);
    assertThat(status.shares()).isEqualTo(new Shares(0.1, 0.2, 0.25, 0.125));
    assertThat(status.broken())
        .containsExactly(
            new SimulatorStatus.Broken("humidity-03", Fault.OFFLINE),
            new SimulatorStatus.Broken("humidity-04", Fault.STUCK));
    assertThat(String.join("\n", orders.give("status")))
        .contains("silent", "513/s asked for", "humidity-03 offline", "air-conditioning-failure");
    orders.give("mend humidity-03");
    assertThat(orders.give("mend all")).containsExactly("1 sensors mended");
    assertThat(simulator.status().broken()).isEmpty();
    assertThat(orders.give("calm floor-1/zone-2")).containsExactly("floor-1/zone-2 is calm");
    assertThat(orders.give("calm all")).containsExactly("nothing disturbs a zone");
    assertThat(orders.give("sensors")).hasSize(50).contains("pressure-07");
    orders.give("start");
    assertThat(simulator.status().running()).isTrue();
    orders.give("stop");
    assertThat(simulator.status().running()).isFalse();
    orders.give("start");
    assertThat(simulator.status().running()).isTrue();
    assertThat(ended).isFalse();
    orders.give("end");
    assertThat(ended).isTrue();
    assertThat(orders.give("help")).isEqualTo(Orders.HELP);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rte 5 | 'rte' is no order | rate
          rate | no whole order | rate followed by a number
          rate many | 'many' is no number | rate 500
          rate -5 | a rate lies above 0 | another number
          anomalies 2 | share of anomalies | another number
          break humidity-03 | no whole order | break SENSOR FAULT
          break humidity-99 stuck | no sensor 'humidity-99' | humidity-
          break humidity-03 stuk | 'stuk' is no fault | stuck
          mend nobody | no sensor 'nobody' | 50 sensors
          event heat floor-1/zone-1 | no zone event 'heat' | air-conditioning-failure
          calm cellar | no zone 'cellar' | floor-1/zone-2
          """)
  void whatCannotBeIsRefusedWithItsRemedy(String order, String what, String remedy) {
    assertThatThrownBy(() -> new Orders(simulator, () -> {}).give(order))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.what()).contains(what);
              assertThat(e.remedy()).contains(remedy);
            });
  }

  @Test
  void ordersComeThroughThePortAndStaleOnesAreCleanedUp() throws IOException {
    Path folder = home.resolve("simulator/p");
    assertThat(Steering.give(folder, "rate 5")).isEmpty();
    Path file;
    try (SteeringPort _ = SteeringPort.open(folder, simulator, () -> {})) {
      file = folder.resolve("steer-" + ProcessHandle.current().pid());
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
      // A process that was killed left its file; nothing listens at port 1.
      Files.writeString(folder.resolve("steer-1"), "1 0123\n");

      assertThat(Steering.give(folder, "rate 77"))
          .containsExactly(
              new Steering.Answer(
                  ProcessHandle.current().pid(), List.of("rate is 77"), Optional.empty()));
      assertThat(simulator.status().targetRate()).isEqualTo(77);
      assertThat(folder.resolve("steer-1")).doesNotExist();

      assertThat(Steering.give(folder, "rate 0").getFirst().refusal())
          .hasValueSatisfying(e -> assertThat(e.what()).contains("a rate lies above 0"));

      String written = Files.readString(file);
      Files.writeString(file, written.split(" ", -1)[0] + " 00112233445566778899aabbccddeeff\n");
      assertThat(Steering.give(folder, "rate 5").getFirst().refusal())
          .hasValueSatisfying(e -> assertThat(e.what()).contains("secret"));
      assertThat(simulator.status().targetRate()).isEqualTo(77);
    }
    assertThat(file).doesNotExist();
    assertThatThrownBy(() -> Steering.give(folder, "rate 5\nrate 6"))
        .isInstanceOf(MillraceException.class);
  }
}
