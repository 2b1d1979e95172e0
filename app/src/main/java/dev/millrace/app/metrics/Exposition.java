package dev.millrace.app.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/// Prometheus texts of several processes made one: each family's head once, its samples together,
/// each with the label `process`. For one thread.
final class Exposition {

  private final Map<String, StringBuilder> families = new LinkedHashMap<>();

  /// @param process value of the label, without quotes
  void add(String text, String process) {
    StringBuilder family = new StringBuilder();
    boolean known = false;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("# HELP ")) {
        String name = line.split(" ", 4)[2];
        known = families.containsKey(name);
        family = families.computeIfAbsent(name, _ -> new StringBuilder());
        if (!known) {
          family.append(line).append('\n');
        }
      } else if (line.startsWith("#")) {
        if (!known) {
          family.append(line).append('\n');
        }
      } else if (!line.isBlank()) {
        family.append(labelled(line, process)).append('\n');
      }
    }
  }

  private static String labelled(String sample, String process) {
    String label = "process=\"" + process + "\"";
    int brace = sample.indexOf('{');
    int blank = sample.indexOf(' ');
    if (brace >= 0 && brace < blank) {
      return sample.substring(0, brace + 1) + label + "," + sample.substring(brace + 1);
    }
    return sample.substring(0, blank) + "{" + label + "}" + sample.substring(blank);
  }

  String text() {
    return String.join("", families.values());
  }
}
