package dev.millrace.views.anomalies;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.css.PseudoClass;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/// A filter as a button that opens its choices, and tells them when there are few.
final class FilterMenu extends MenuButton {

  private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
  private static final int MOST_NAMED = 2;

  private final Filter filter;
  private final String name;
  private final Function<String, String> words;

  FilterMenu(String name, Filter filter, UnaryOperator<String> words) {
    this.name = name;
    this.filter = filter;
    this.words = words;
    getStyleClass().add("filter-menu");
    setMinWidth(USE_PREF_SIZE);
    filter.offered().addListener(_ -> fill());
    filter.chosen().addListener(_ -> fill());
    fill();
  }

  private void fill() {
    Set<String> chosen = filter.chosen().get();
    List<MenuItem> items = new ArrayList<>();
    MenuItem all = new MenuItem("All");
    all.setDisable(chosen.isEmpty());
    all.setOnAction(_ -> filter.clear());
    items.add(all);
    items.add(new SeparatorMenuItem());
    for (String each : filter.offered().get()) {
      CheckBox box = new CheckBox(words.apply(each));
      box.setSelected(chosen.contains(each));
      box.setMnemonicParsing(false);
      box.setOnAction(_ -> filter.toggle(each));
      CustomMenuItem item = new CustomMenuItem(box, false);
      item.setOnAction(_ -> box.fire());
      items.add(item);
    }
    getItems().setAll(items);
    setText(title(chosen));
    setAccessibleText("Filter by " + title(chosen));
    pseudoClassStateChanged(ON, !chosen.isEmpty());
  }

  private String title(Set<String> chosen) {
    if (chosen.isEmpty()) {
      return name + ": all";
    }
    return chosen.size() <= MOST_NAMED
        ? name + ": " + String.join(", ", filter.ordered().stream().map(words).toList())
        : name + ": " + chosen.size() + " chosen";
  }
}
