package dev.millrace.embedded;

import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.ServiceEndpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Services that another process, or another part of this one, runs.
///
/// When their owner ends, another process may run them again; where they answer under the same
/// ports, whoever is attached goes on with them.
///
/// @param folder the services' folder in the home
/// @param found what the owner had written when this attached
record AttachedServices(ServiceEndpoints endpoints, Path folder, EndpointsFile found)
    implements ServicesHandle {

  @Override
  public boolean owner() {
    return false;
  }

  @Override
  public Optional<String> fault() {
    return alive(found) || takenOver()
        ? Optional.empty()
        : Optional.of("process " + found.pid() + ", which ran the services, has ended");
  }

  @Override
  public Optional<String> databaseFault() {
    Path data = folder.resolve("postgres").resolve("data");
    try {
      boolean runs =
          PostmasterFile.read(data).filter(file -> Processes.runs(file.pid())).isPresent();
      return runs ? Optional.empty() : Optional.of("the server's process has ended");
    } catch (IOException _) {
      // Not to be read just now: whoever asks the database itself will see.
      return Optional.empty();
    }
  }

  @Override
  public boolean restartsDatabase() {
    return false;
  }

  @Override
  public void restartDatabase(Progress progress) {
    throw ServiceErrors.notOurs(found.pid());
  }

  private boolean takenOver() {
    try {
      return EndpointsFile.current(folder)
          .filter(now -> now.kafkaPort() == found.kafkaPort())
          .filter(now -> now.postgresPort() == found.postgresPort())
          .filter(AttachedServices::alive)
          .isPresent();
    } catch (IOException _) {
      // Half written, or gone again: not taken over yet.
      return false;
    }
  }

  private static boolean alive(EndpointsFile endpoints) {
    return ProcessHandle.of(endpoints.pid()).map(ProcessHandle::isAlive).orElse(false);
  }

  @Override
  public void close() {}
}
