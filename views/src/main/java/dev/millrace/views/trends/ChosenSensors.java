package dev.millrace.views.trends;

import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.views.Preferences;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.text.Names;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The sensors whose lines are drawn, each with the number of its colour, which is remembered. FX
/// thread only.
final class ChosenSensors {

  static final int MOST = ThemedCanvas.SERIES;

  private static final int BY_DEFAULT = 3;
  private static final String KEY = "trends.chosen";

  private final Preferences preferences;
  private final Map<String, Integer> colours = new LinkedHashMap<>();
  private List<String> before = List.of();

  ChosenSensors(Preferences preferences) {
    this.preferences = preferences;
    preferences
        .value(KEY)
        .ifPresent(
            names ->
                Arrays.stream(names.split("\t"))
                    .filter(n -> !n.isBlank())
                    .limit(MOST)
                    .forEach(this::add));
  }

  /// Chooses those of one kind with most anomalies that are kept, when a person never chose.
  ///
  /// @return whether it did
  boolean chooseByDefault(LiveSnapshot live) {
    if (!colours.isEmpty() || live.latest().isEmpty() || preferences.value(KEY).isPresent()) {
      return false;
    }
    String kind =
        live.latest().stream().anyMatch(l -> l.kind().equals("temperature"))
            ? "temperature"
            : live.latest().getFirst().kind();
    Map<String, Long> anomalies =
        live.anomalies().stream()
            .collect(Collectors.groupingBy(Anomaly::entity, Collectors.counting()));
    live.latest().stream()
        .filter(l -> l.kind().equals(kind))
        .map(Latest::entity)
        .sorted(
            Comparator.comparingLong((String e) -> -anomalies.getOrDefault(e, 0L))
                .thenComparing(Names.NATURAL))
        .limit(BY_DEFAULT)
        .forEach(this::add);
    return true;
  }

  private void add(String entity) {
    for (int colour = 0; colour < MOST; colour++) {
      if (!colours.containsValue(colour)) {
        colours.put(entity, colour);
        return;
      }
    }
  }

  /// Adds or removes one; when there are eight, the one chosen first gives way.
  void toggle(String entity) {
    before = List.of();
    if (colours.remove(entity) == null) {
      if (colours.size() >= MOST) {
        colours.remove(colours.keySet().iterator().next());
      }
      add(entity);
    }
    keep();
  }

  /// Chooses these and no others; {@link #undo} takes it back.
  void set(List<String> entities) {
    before = names();
    colours.clear();
    entities.stream().limit(MOST).forEach(this::add);
    keep();
  }

  /// Chooses again what was chosen before the last {@link #set}.
  void undo() {
    set(before);
  }

  /// Whether there is something to choose again.
  boolean undoable() {
    return !before.isEmpty() && !before.equals(names());
  }

  private void keep() {
    preferences.keep(KEY, String.join("\t", colours.keySet()));
  }

  /// In the order in which they were chosen.
  List<String> names() {
    return List.copyOf(colours.keySet());
  }

  /// Numbers of the colours by name, read only.
  Map<String, Integer> colours() {
    return Collections.unmodifiableMap(colours);
  }
}
