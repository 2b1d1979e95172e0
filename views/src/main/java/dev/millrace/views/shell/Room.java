package dev.millrace.views.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A room of the console, in the order of the rail.
public enum Room {
  OVERVIEW("Overview", "mdi2v-view-dashboard-outline"),
  PIPELINE("Pipeline", "mdi2p-pipe");

  private final String title;
  private final String icon;

  Room(String title, String icon) {
    this.title = title;
    this.icon = icon;
  }

  public String title() {
    return title;
  }

  /// Ikonli literal.
  public String icon() {
    return icon;
  }

  /// Name in commands and file names, for example `overview`.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Room> named(String id) {
    return Arrays.stream(values()).filter(r -> r.id().equals(id.toLowerCase(Locale.ROOT))).findFirst();
  }
}
