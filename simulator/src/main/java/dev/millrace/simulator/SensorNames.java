package dev.millrace.simulator;

import java.util.ArrayList;
import java.util.List;

/// Which sensors a fleet has: their names and places, kind after kind.
final class SensorNames {

  private SensorNames() {}

  static List<String> all(String template, List<Signal> signals, List<String> places) {
    int width = String.valueOf(signals.stream().mapToInt(Signal::sensors).max().orElse(1)).length();
    List<String> names = new ArrayList<>();
    for (Signal signal : signals) {
      for (int i = 0; i < signal.sensors(); i++) {
        String number = String.valueOf(i + 1);
        names.add(
            template
                .replace("{kind}", signal.kind())
                .replace("{number}", "0".repeat(width - number.length()) + number)
                .replace("{place}", place(signal, i, places)));
      }
    }
    return names;
  }

  /// Place of the kind's i-th sensor: the kind is spread evenly over all places.
  static String place(Signal signal, int i, List<String> places) {
    if (places.isEmpty()) {
      return "";
    }
    int index =
        signal.sensors() >= places.size()
            ? i % places.size()
            : (int) ((long) i * places.size() / signal.sensors());
    return places.get(index);
  }
}
