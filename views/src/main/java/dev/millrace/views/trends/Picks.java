package dev.millrace.views.trends;

import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.views.text.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// Those who can be chosen for the trends, and which of them match the search. FX thread only.
final class Picks {

  private final StringProperty search = new SimpleStringProperty("");
  private final ObservableList<Pick> all = FXCollections.observableArrayList();
  private final FilteredList<Pick> matching = new FilteredList<>(all);
  private Map<String, String> stuck = Map.of();
  private Consumer<Pick> onAim = _ -> {};

  Picks() {
    search.addListener((_, _, words) -> matching.setPredicate(pick -> pick.matches(words)));
  }

  /// Lists these, chosen ones first.
  ///
  /// @param chosen number of the colour, by entity
  void fill(Collection<Latest> known, Map<String, Integer> chosen) {
    List<Pick> next = new ArrayList<>(known.size());
    for (Latest latest : known) {
      next.add(
          new Pick(
              latest.entity(),
              latest.kind(),
              latest.place(),
              latest.unit(),
              stuck.getOrDefault(latest.entity(), ""),
              chosen.getOrDefault(latest.entity(), -1)));
    }
    next.sort(
        Comparator.comparing((Pick p) -> !p.chosen()).thenComparing(Pick::entity, Names.NATURAL));
    all.setAll(next);
  }

  /// Shows others as chosen; all stay in their place.
  void choose(Map<String, Integer> chosen) {
    renew(pick -> pick.with(pick.stuck(), chosen.getOrDefault(pick.entity(), -1)));
  }

  /// @param next that one is stuck, in words, by entity
  void stuck(Map<String, String> next) {
    if (!next.equals(stuck)) {
      stuck = next;
      renew(pick -> pick.with(next.getOrDefault(pick.entity(), ""), pick.colour()));
    }
  }

  private void renew(UnaryOperator<Pick> by) {
    for (int i = 0; i < all.size(); i++) {
      Pick next = by.apply(all.get(i));
      if (!next.equals(all.get(i))) {
        all.set(i, next);
      }
    }
  }

  /// Leads to one that was chosen elsewhere; a search that hides it ends.
  void aim(String entity) {
    all.stream()
        .filter(pick -> pick.entity().equals(entity))
        .findFirst()
        .ifPresent(
            pick -> {
              if (!pick.matches(search.get())) {
                search.set("");
              }
              onAim.accept(pick);
            });
  }

  /// Told of one that shall be seen.
  void onAim(Consumer<Pick> told) {
    onAim = told;
  }

  ObservableList<Pick> matching() {
    return matching;
  }

  StringProperty search() {
    return search;
  }
}
