package dev.millrace.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.app.log.HomeLogs;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The process of one measure: prints its sample as JSON on stdout.
public final class BenchChild {

  private BenchChild() {}

  /// @param args measure, Kafka servers, home, number of events, bytes of an event
  public static void main(String[] args) throws IOException {
    Measure measure = Measure.valueOf(args[0]);
    Home home = new Home(Path.of(args[2]));
    long events = Long.parseLong(args[3]);
    System.setProperty(HomeLogs.FOLDER, home.logs().toString());
    BenchFleet fleet = new BenchFleet(home, Integer.parseInt(args[4]));
    Sample sample = run(measure, args[1], home, events, fleet);
    System.out.println(new ObjectMapper().writeValueAsString(sample));
    System.out.flush();
    // What a client of Kafka still has to say goodbye to is no part of the measure.
    Runtime.getRuntime().halt(0);
  }

  private static Sample run(
      Measure measure, String servers, Home home, long events, BenchFleet fleet)
      throws IOException {
    return switch (measure) {
      case CONSUME -> new ConsumeBench(servers, fleet.feed()).run(events);
      case DECODE -> new DecodeBench(fleet, Optional.empty()).run(events);
      case WRITE -> {
        Path folder = Files.createDirectories(home.scratch().resolve("bench"));
        yield new DecodeBench(fleet, Optional.of(folder)).run(events);
      }
      case WORKER -> new WorkerBench(servers, home, fleet).run(events);
    };
  }
}
