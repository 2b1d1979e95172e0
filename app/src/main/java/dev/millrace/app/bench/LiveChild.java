package dev.millrace.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.app.log.HomeLogs;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.nio.file.Path;

/// The process of one measure of the live bench: prints its sample as JSON on stdout, and what each
/// minute came to on stderr.
public final class LiveChild {

  private LiveChild() {}

  /// @param args measure, Kafka servers, home, rate, seconds to warm up, seconds to measure
  public static void main(String[] args) throws IOException {
    LiveMeasure measure = LiveMeasure.valueOf(args[0]);
    Home home = new Home(Path.of(args[2]));
    System.setProperty(HomeLogs.FOLDER, home.logs().toString());
    LiveClock clock =
        new LiveClock(
            measure, Long.parseLong(args[3]), Long.parseLong(args[4]), Long.parseLong(args[5]));
    BenchFleet fleet = new BenchFleet(home);
    LiveSample sample =
        switch (measure) {
          case STREAM -> new LiveStream(args[1], home, fleet, clock).run();
          case CONSUME -> LiveConsume.run(args[1], fleet.feed(), clock);
        };
    System.out.println(new ObjectMapper().writeValueAsString(sample));
    System.out.flush();
    // What a client of Kafka still has to say goodbye to is no part of the measure.
    Runtime.getRuntime().halt(0);
  }
}
