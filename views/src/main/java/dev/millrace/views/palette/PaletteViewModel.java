package dev.millrace.views.palette;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The entries that fit what a person has typed, best first. FX thread only.
public final class PaletteViewModel {

  /// Entries shown at most.
  static final int MOST = 60;

  /// An entry taken lately stands before others that fit as well.
  private static final int LATELY = 4;

  private final Supplier<List<Entry>> source;
  private final StringProperty words = new SimpleStringProperty("");
  private final ObservableList<Entry> shown = FXCollections.observableArrayList();
  private final Map<String, Integer> taken = new HashMap<>();
  private List<Entry> all = List.of();
  private int takes;

  /// @param source all there is now, in the order shown while nothing is typed
  public PaletteViewModel(Supplier<List<Entry>> source) {
    this.source = source;
    words.addListener((_, _, _) -> fit());
  }

  /// Begins anew, with what there is now.
  public void open() {
    all = source.get();
    if (words.get().isEmpty()) {
      fit();
    } else {
      words.set("");
    }
  }

  private record Fit(Entry entry, int weight, int place) {}

  private void fit() {
    List<Fit> fits = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Entry entry = all.get(i);
      int place = i;
      int bonus = taken.containsKey(key(entry)) ? LATELY : 0;
      Fuzzy.weight(words.get(), entry.title())
          .or(() -> Fuzzy.weight(words.get(), entry.kind() + " " + entry.title()))
          .or(
              () ->
                  Fuzzy.weight(words.get(), entry.title() + " " + entry.detail())
                      .map(weight -> weight / 2))
          .ifPresent(weight -> fits.add(new Fit(entry, weight + bonus, place)));
    }
    if (!words.get().isBlank()) {
      fits.sort(Comparator.comparingInt(Fit::weight).reversed().thenComparingInt(Fit::place));
    }
    shown.setAll(fits.stream().limit(MOST).map(Fit::entry).toList());
  }

  /// Does what the entry says.
  public void take(Entry entry) {
    taken.put(key(entry), takes++);
    entry.act().run();
  }

  private static String key(Entry entry) {
    return entry.kind() + " " + entry.title();
  }

  public StringProperty words() {
    return words;
  }

  public ObservableList<Entry> shown() {
    return shown;
  }
}
