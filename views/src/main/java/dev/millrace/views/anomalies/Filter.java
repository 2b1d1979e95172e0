package dev.millrace.views.anomalies;

import dev.millrace.views.Preferences;
import dev.millrace.views.text.Names;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A choice of several out of what occurs, which is remembered; none chosen is all. FX thread only.
public final class Filter {

  private final Preferences preferences;
  private final String key;
  private final Comparator<String> order;
  private final ReadOnlyObjectWrapper<List<String>> offered =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Set<String>> chosen = new ReadOnlyObjectWrapper<>(Set.of());

  /// One whose choices stand as a person counts.
  ///
  /// @param key under which it is remembered
  Filter(Preferences preferences, String key) {
    this(preferences, key, Names.NATURAL);
  }

  /// @param key under which it is remembered
  /// @param order in which the choices stand
  Filter(Preferences preferences, String key, Comparator<String> order) {
    this.preferences = preferences;
    this.key = key;
    this.order = order;
    preferences
        .value(key)
        .ifPresent(
            names ->
                chosen.set(
                    Arrays.stream(names.split("\t"))
                        .filter(n -> !n.isBlank())
                        .collect(Collectors.toUnmodifiableSet())));
  }

  /// What can be chosen; what is chosen stays among it.
  void offer(Set<String> next) {
    Set<String> all = new TreeSet<>(order);
    all.addAll(next);
    all.addAll(chosen.get());
    List<String> list = List.copyOf(all);
    if (!list.equals(offered.get())) {
      offered.set(list);
    }
  }

  public void toggle(String name) {
    Set<String> next = new LinkedHashSet<>(chosen.get());
    if (!next.remove(name)) {
      next.add(name);
    }
    set(next);
  }

  public void set(Set<String> next) {
    chosen.set(Set.copyOf(next));
    preferences.keep(key, String.join("\t", next));
  }

  public void clear() {
    set(Set.of());
  }

  public boolean isOn() {
    return !chosen.get().isEmpty();
  }

  /// What is chosen, in the order of what is offered.
  List<String> ordered() {
    return chosen.get().stream().sorted(order).toList();
  }

  public ReadOnlyObjectProperty<List<String>> offered() {
    return offered.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Set<String>> chosen() {
    return chosen.getReadOnlyProperty();
  }
}
