package dev.millrace.app.bench;

import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.nio.file.Path;

/// The process of a load beside the console: sends until its standard input ends.
public final class LiveLoadChild {

  private LiveLoadChild() {}

  /// @param args Kafka servers, home, rate
  public static void main(String[] args) throws IOException {
    Home home = new Home(Path.of(args[1]));
    System.setProperty("millrace.logs", home.logs().toString());
    BenchFleet fleet = new BenchFleet(home);
    try (LiveLoad load =
        new LiveLoad(args[0], fleet.pipeline(), fleet.feed(), Long.parseLong(args[2]))) {
      var _ = load.start();
      while (System.in.read() >= 0) {
        // What comes is of no interest, only that it ends: also when the parent is gone.
      }
    }
  }
}
