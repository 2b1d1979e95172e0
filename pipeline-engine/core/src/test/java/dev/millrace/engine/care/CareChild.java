package dev.millrace.engine.care;

import dev.millrace.engine.care.CareOrder.Erase;
import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.model.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A process of its own that cares for the tables of a folder, to be killed. Whenever it tells how
/// far it is or looks whether it should stop, it writes a line.
final class CareChild {

  static final Subject SUBJECT = new Subject(Set.of("sensor_id"), "sensor-3");
  static final Optimize OPTIMIZE =
      new Optimize(
          CareHome.BRONZE,
          Optimize.DEFAULT_TARGET_BYTES,
          List.of("sensor_id"),
          Optional.empty(),
          Optional.empty());

  private CareChild() {}

  /// @param args the folder, and `erase` or `optimize`
  public static void main(String[] args) {
    try (CareHome home = new CareHome(Path.of(args[0]))) {
      CareOrder order = args[1].equals("erase") ? new Erase(SUBJECT) : OPTIMIZE;
      home.care().carryOut(order, new Spoken());
    }
  }

  private static final class Spoken implements Progress {

    @Override
    public void report(String what, long done, long total) {
      say(what);
    }

    @Override
    public boolean cancelled() {
      say("goes on");
      return false;
    }

    private static synchronized void say(String line) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
