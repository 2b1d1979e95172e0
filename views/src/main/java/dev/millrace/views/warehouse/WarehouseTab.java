package dev.millrace.views.warehouse;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What of the warehouse is on show.
public enum WarehouseTab {
  PREVIEW("Next load"),
  COMPARE("Compare"),
  LEDGER("Ledger"),
  SQL("SQL");

  private final String words;

  WarehouseTab(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  static Optional<WarehouseTab> named(String name) {
    return Arrays.stream(values())
        .filter(tab -> tab.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }
}
