package dev.millrace.simulator.steer;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.simulator.Fault;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.simulator.SimulatorStatus;
import dev.millrace.simulator.ZoneEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/// The words a simulator is steered by. Any thread may call.
public final class Orders {

  /// What each order does, a line each.
  public static final List<String> HELP =
      List.of(
          "rate R              events per second over the fleet",
          "anomalies P         share of readings made anomalous, 0 to 1",
          "malformed P         share of events that no schema fits, 0 to 1",
          "late P              share of events older than the watermark, 0 to 1",
          "duplicates P        share of events sent once more, 0 to 1",
          "break SENSOR FAULT  " + faults() + ", until it is mended",
          "mend SENSOR|all     a broken sensor is sound again",
          "event NAME ZONE     a zone event of simulator.yaml begins",
          "calm ZONE|all       the zone's events end",
          "status              rates, shares, what is broken",
          "sensors             names of the sensors",
          "stop, start         the fleet falls silent, or sends again",
          "end                 'millrace simulate' ends, as with Ctrl+C");

  private static final List<String> VERBS =
      List.of(
          "rate",
          "anomalies",
          "malformed",
          "late",
          "duplicates",
          "break",
          "mend",
          "event",
          "calm",
          "status",
          "sensors",
          "stop",
          "start",
          "end",
          "help");

  private final SimulatorControl control;
  private final Runnable end;

  /// @param end ends whatever runs the fleet
  public Orders(SimulatorControl control, Runnable end) {
    this.control = control;
    this.end = end;
  }

  /// Carries one order out.
  ///
  /// @return what is so now, a line or several
  /// @throws MillraceException when it is no order, or the fleet refuses it
  public List<String> give(String order) {
    List<String> words = List.of(order.strip().split("\\s+", -1));
    String verb = words.getFirst().toLowerCase(Locale.ROOT);
    return switch (verb) {
      case "rate" -> number(words, control::rate);
      case "anomalies" -> number(words, control::anomalyRate);
      case "malformed" -> number(words, control::malformedRate);
      case "late" -> number(words, control::lateRate);
      case "duplicates" -> number(words, control::duplicateRate);
      case "break" -> {
        expect(words, 3, "break SENSOR FAULT");
        control.breakSensor(words.get(1), fault(words.get(2)));
        yield List.of(words.get(1) + " is broken: " + words.get(2).toLowerCase(Locale.ROOT));
      }
      case "mend" -> {
        expect(words, 2, "mend SENSOR, or mend all");
        yield mend(words.get(1));
      }
      case "event" -> {
        expect(words, 3, "event NAME ZONE");
        control.disturb(words.get(1), words.get(2));
        yield List.of(words.get(1) + " begins in " + words.get(2));
      }
      case "calm" -> {
        expect(words, 2, "calm ZONE, or calm all");
        yield calm(words.get(1));
      }
      case "status" -> status();
      case "sensors" -> control.status().sensors();
      case "stop" -> {
        control.stop();
        yield List.of("the fleet falls silent; 'start' lets it send again");
      }
      case "start" -> {
        control.start();
        yield List.of("the fleet sends");
      }
      case "end" -> {
        end.run();
        yield List.of("the simulator ends");
      }
      case "help" -> HELP;
      default ->
          throw new MillraceException(
              ErrorCode.USAGE,
              "'" + words.getFirst() + "' is no order",
              Nearest.remedy(verb, VERBS));
    };
  }

  private List<String> number(List<String> words, DoubleConsumer to) {
    String verb = words.getFirst().toLowerCase(Locale.ROOT);
    expect(words, 2, verb + " followed by a number");
    try {
      to.accept(Double.parseDouble(words.get(1)));
    } catch (NumberFormatException e) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "'" + words.get(1) + "' is no number",
          "write for example " + verb + (verb.equals("rate") ? " 500" : " 0.02"),
          e);
    }
    return List.of(verb + " is " + words.get(1));
  }

  private List<String> mend(String sensor) {
    if (!sensor.equals("all")) {
      control.mend(sensor);
      return List.of(sensor + " is sound");
    }
    List<SimulatorStatus.Broken> broken = control.status().broken();
    broken.forEach(each -> control.mend(each.sensor()));
    return List.of(broken.size() + " sensors mended");
  }

  private List<String> calm(String zone) {
    List<String> zones =
        zone.equals("all")
            ? control.status().disturbed().stream()
                .map(SimulatorStatus.Disturbed::zone)
                .distinct()
                .toList()
            : List.of(zone);
    zones.forEach(control::calm);
    return zones.isEmpty()
        ? List.of("nothing disturbs a zone")
        : zones.stream().map(each -> each + " is calm").toList();
  }

  private List<String> status() {
    SimulatorStatus status = control.status();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s; %,d events sent, %,.0f/s of %,.0f/s asked for"
            .formatted(
                status.running() ? "sending" : "silent",
                status.sent(),
                status.actualRate(),
                status.targetRate()));
    lines.add(
        "anomalies %s, malformed %s, late %s, duplicates %s"
            .formatted(
                status.shares().anomalies(),
                status.shares().malformed(),
                status.shares().late(),
                status.shares().duplicates()));
    lines.add("%d sensors, %d broken".formatted(status.sensors().size(), status.broken().size()));
    for (SimulatorStatus.Broken broken : status.broken()) {
      lines.add("  " + broken.sensor() + " " + broken.fault().name().toLowerCase(Locale.ROOT));
    }
    if (!status.zoneEvents().isEmpty()) {
      lines.add(
          "zone events: "
              + status.zoneEvents().stream()
                  .map(ZoneEvent::name)
                  .collect(Collectors.joining(", ")));
    }
    for (SimulatorStatus.Disturbed disturbed : status.disturbed()) {
      lines.add("  " + disturbed.event() + " in " + disturbed.zone());
    }
    if (!status.message().isEmpty()) {
      lines.add(status.message());
    }
    return lines;
  }

  private static Fault fault(String word) {
    List<String> known = Arrays.stream(Fault.values()).map(Orders::word).toList();
    String name = word.toLowerCase(Locale.ROOT);
    if (!known.contains(name)) {
      throw new MillraceException(
          ErrorCode.USAGE, "'" + word + "' is no fault", Nearest.remedy(name, known));
    }
    return Fault.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static void expect(List<String> words, int count, String form) {
    if (words.size() != count) {
      throw new MillraceException(
          ErrorCode.USAGE, "'" + String.join(" ", words) + "' is no whole order", "write " + form);
    }
  }

  private static String word(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT);
  }

  private static String faults() {
    return Arrays.stream(Fault.values()).map(Orders::word).collect(Collectors.joining(", "));
  }
}
