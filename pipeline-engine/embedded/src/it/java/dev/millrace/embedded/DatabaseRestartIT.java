package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.assembly.EngineParts;
import dev.millrace.engine.assembly.LocalEngine;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The home's PostgreSQL is killed while an engine works on it, as by the system's killer of
/// processes that take too much memory.
final class DatabaseRestartIT {

  private static final String PIPELINE = "building-sensors";

  @TempDir Path folder;

  @Test
  void aKilledServerIsToldAtOnceAndStartedAgainOnItsDataAndPort() throws Exception {
    Home home = new Home(folder.resolve("a home"));
    Pipeline pipeline = new Pipelines(home).find(PIPELINE);
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE);
        ServicesHandle attached = EmbeddedServices.startOrAttach(home, Progress.NONE);
        LocalEngine engine =
            new LocalEngine(
                EngineParts.open(home, services.endpoints(), InstantSource.system())
                    .keptBy(services),
                List.of(pipeline),
                InstantSource.system())) {
      ServicesProbe.makeTopicAndTable(services.endpoints());
      ServicesProbe.write(services.endpoints(), "before");
      engine.host(PIPELINE).markDemo();
      assertThat(database(engine).up()).isTrue();
      assertThat(attached.databaseFault()).isEmpty();

      kill(home);
      assertThat(services.databaseFault()).isPresent();
      assertThat(attached.databaseFault()).isPresent();
      assertThat(attached.restartsDatabase()).isFalse();
      assertThatExceptionOfType(MillraceException.class)
          .isThrownBy(() -> attached.restartDatabase(Progress.NONE))
          .withMessageContaining(Long.toString(ProcessHandle.current().pid()));
      ServiceStatus ended = database(engine);
      assertThat(ended.up()).isFalse();
      assertThat(ended.detail()).contains("has ended");
      assertThat(ended.restartable()).isTrue();

      Outcome outcome =
          engine.submit(new Command.RestartDatabase(PIPELINE)).outcome().get(60, TimeUnit.SECONDS);
      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      assertThat(services.databaseFault()).isEmpty();
      assertThat(attached.databaseFault()).isEmpty();
      // The engine's own connections are made anew, to the port they know.
      assertThat(database(engine))
          .isEqualTo(new ServiceStatus("PostgreSQL", true, services.endpoints().jdbcUrl(), false));
      assertThat(engine.snapshot().pipeline(PIPELINE).orElseThrow().demo()).isTrue();
      ServicesProbe.write(services.endpoints(), "after");
      assertThat(ServicesProbe.inTable(services.endpoints())).containsExactly("before", "after");
    }
    assertThat(PostmasterFile.read(data(home))).as("stopped in order").isEmpty();
  }

  private static ServiceStatus database(LocalEngine engine) {
    return engine.refreshed().services().stream()
        .filter(service -> service.name().equals("PostgreSQL"))
        .findFirst()
        .orElseThrow();
  }

  private static void kill(Home home) throws Exception {
    ProcessHandle server =
        ProcessHandle.of(PostmasterFile.read(data(home)).orElseThrow().pid()).orElseThrow();
    assertThat(server.destroyForcibly()).isTrue();
    ProcessHandle _ = server.onExit().get(10, TimeUnit.SECONDS);
  }

  private static Path data(Home home) {
    return home.services().resolve("postgres").resolve("data");
  }
}
