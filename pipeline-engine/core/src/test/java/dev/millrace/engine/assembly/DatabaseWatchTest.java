package dev.millrace.engine.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.model.DatabaseKeeper;
import dev.millrace.engine.model.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DatabaseWatchTest {

  @Test
  void theEndOfTheServerAndItsReturnAreToldOnceEach() throws InterruptedException {
    Server server = new Server();
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (DatabaseWatch watch =
        new DatabaseWatch(
            server, Duration.ofMillis(1), fault -> told.add(fault.orElse("lives again")))) {
      watch.start();

      server.ended = true;
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("the server's process has ended");

      server.ended = false;
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("lives again");
      assertThat(told).isEmpty();
    }
  }

  private static final class Server implements DatabaseKeeper {
    private volatile boolean ended;

    @Override
    public Optional<String> databaseFault() {
      return ended ? Optional.of("the server's process has ended") : Optional.empty();
    }

    @Override
    public boolean restartsDatabase() {
      return true;
    }

    @Override
    public void restartDatabase(Progress progress) {
      ended = false;
    }
  }
}
