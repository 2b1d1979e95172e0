package dev.millrace.app.console;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.simulator.Fault;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.simulator.SimulatorStatus.Broken;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sensors that were broken on purpose, in a file of the home, so that the next start of the
/// console does not mend them. Any thread may call.
///
/// What cannot be kept or read is forgotten with a line in the log: the fleet is a toy.
final class BrokenSensors {

  private static final Logger LOG = LoggerFactory.getLogger(BrokenSensors.class);

  private final Path file;

  BrokenSensors(Path file) {
    this.file = file;
  }

  /// Breaks those that were kept; one that the fleet does not have any more is left out.
  ///
  /// @return who is broken now
  synchronized List<Broken> restore(SimulatorControl fleet) {
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        kept.load(in);
      } catch (IOException | IllegalArgumentException e) {
        LOG.warn("{} cannot be read; all sensors are sound", file, e);
      }
    }
    for (String sensor : kept.stringPropertyNames()) {
      try {
        fleet.breakSensor(sensor, Fault.valueOf(kept.getProperty(sensor, "")));
      } catch (MillraceException | IllegalArgumentException e) {
        LOG.warn("{} is not broken again", sensor, e);
      }
    }
    return fleet.status().broken();
  }

  synchronized void keep(List<Broken> broken) {
    Properties kept = new Properties();
    broken.forEach(each -> kept.setProperty(each.sensor(), each.fault().name()));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (Writer out = Files.newBufferedWriter(file)) {
        kept.store(out, "Sensors that were broken in the console");
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be written; the next start mends all sensors", file, e);
    }
  }
}
