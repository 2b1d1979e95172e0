package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker killed with -9 at random moments while events flow loses and doubles nothing.
class KilledWorkerIT {

  private static final long EVENTS = Long.getLong("killed.events", 1_000_000);
  private static final int KILLS = 5;
  private static final long SEED = Long.getLong("killed.seed", System.nanoTime());

  @TempDir Path folder;

  @Test
  void everyEventOnceThoughTheWorkerIsKilledFiveTimes() throws Exception {
    Path home = folder.resolve("home");
    SplittableRandom random = new SplittableRandom(SEED);
    try (ServicesHandle _ = EmbeddedServices.startOrAttach(new Home(home), Progress.NONE);
        Program fleet =
            Program.start(
                home,
                "simulate",
                "building-sensors",
                "--events",
                Long.toString(EVENTS),
                "--rate",
                "100000",
                "--malformed",
                "0.01",
                "--json")) {
      for (int kill = 0; kill < KILLS; kill++) {
        try (Program worker = Program.start(home, "stream", "run", "building-sensors")) {
          long life = Duration.ofMillis(random.nextLong(1_500, 6_000)).toMillis();
          assertThat(worker.process().waitFor(life, TimeUnit.MILLISECONDS))
              .as("worker %d still runs after %d ms (seed %d)", kill, life, SEED)
              .isFalse();
          worker.kill();
        }
      }
      long produced = fleet.await().succeeded().json().get("sent").asLong();
      assertThat(produced).isEqualTo(EVENTS);
      Program.run(home, "stream", "run", "building-sensors", "--until-caught-up").succeeded();

      JsonNode row =
          Program.run(
                  home,
                  "table",
                  "sql",
                  """
                  select count(*) as n, count(distinct (kafka_partition, kafka_offset)) as d,
                    count(*) filter (where dead) as dead
                  from (select kafka_partition, kafka_offset, false as dead from bronze_sensor_events
                    union all
                    select kafka_partition, kafka_offset, true from dead_letters_sensor_events)
                  """,
                  "--json")
              .succeeded()
              .json()
              .get("rows")
              .get(0);
      assertThat(row.get("n").asLong()).as("rows, seed %d", SEED).isEqualTo(produced);
      assertThat(row.get("d").asLong()).as("distinct, seed %d", SEED).isEqualTo(produced);
      assertThat(row.get("dead").asLong()).isPositive();
    }
  }
}
